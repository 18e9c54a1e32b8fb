namespace Zoo.Tests.Oracle;

/// <summary>Reductions by their definition: every element is folded into the one it broadcasts from.</summary>
static class Reduction
{
    public static double[] Reduce(Value x, Value result, double start, Func<double, double, double> fold)
    {
        var data = new double[result.Count];
        Array.Fill(data, start);
        for (var i = 0; i < x.Data.Length; i++)
        {
            var place = result.Place(x.Coordinates(i));
            data[place] = fold(data[place], x.Data[i]);
        }
        return data;
    }
}
