namespace Zoo.Tests.Oracle;

/// <summary>Movement ops by their definitions. Axis a of the IR is axis a + 1 here, behind the rows.</summary>
static class Movement
{
    public static double[] Broadcast(Value x, Value result) => Gather(result, c => x.Data[x.Place(c)]);

    public static double[] Slice(Value x, Value result, int axis, int start) => Gather(result, c =>
    {
        c[axis + 1] += start;
        return x.Data[x.Place(c)];
    });

    public static double[] Concat(Value[] parts, Value result, int axis) => Gather(result, c =>
    {
        var part = 0;
        while (c[axis + 1] >= parts[part].Sizes[axis + 1]) c[axis + 1] -= parts[part++].Sizes[axis + 1];
        return parts[part].Data[parts[part].Place(c)];
    });

    static double[] Gather(Value result, Func<int[], double> element) =>
        [.. Enumerable.Range(0, result.Count).Select(i => element(result.Coordinates(i)))];
}
