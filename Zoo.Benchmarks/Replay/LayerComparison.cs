namespace Zoo.Benchmarks.Replay;

/// <summary>Our half of a comparison of layers.</summary>
/// <param name="network">Its name in the names of parameters.</param>
/// <param name="size">Numbers that it makes of an image.</param>
/// <param name="run">Runs it after training.</param>
sealed class LayerComparison(string network, int size, Func<ReplayedLayers, LayerComparison.Run> run)
{
    public delegate void Run(ReadOnlySpan<float> x, Span<float> value);

    /// <summary>In the order of their losses.</summary>
    public static IReadOnlyList<LayerComparison> All { get; } =
    [
        new("conv", 3 * 3 * 2, model => model.RunConv),
        new("dilated", 2 * 4 * 3, model => model.RunDilated),
        new("up", 2 * 10 * 8, model => model.RunUp),
        new("up_dilated", 15 * 12, model => model.RunUpDilated),
        new("average", 4 * 2 * 2, model => model.RunAverage),
        new("largest", 4 * 2 * 2, model => model.RunLargest),
        new("larger", 4 * 10 * 8, model => model.RunLarger),
        new("channelwise", 4 * 5 * 4, model => model.RunChannelwise),
        new("featurewise", 4 * 5 * 4, model => model.RunFeaturewise),
        new("instance", 4 * 5 * 4, model => model.RunInstance),
        new("grouped", 4 * 5 * 4, model => model.RunGrouped),
        new("layered", 4 * 5 * 4, model => model.RunLayered),
        new("pieces", 3, model => model.RunPieces),
        new("turned", 4 * 4 * 5, model => model.RunTurned),
    ];

    public string Network => network;

    /// <summary>What the model has for each of TorchSharp's values, after a step that moves nothing.</summary>
    /// <param name="model">New, with its first values (<see cref="LayerValues.Begin"/>).</param>
    /// <param name="theirs">What is asked for.</param>
    public static IReadOnlyList<float[]> Own(ReplayedLayers model, IReadOnlyList<LayerValues> theirs)
    {
        var losses = new float[All.Count];
        IGenerativeModel steps = model;
        steps.Step(LayerValues.Examples, default, default, losses);
        return [.. theirs.Select(values => Own(model, losses, values))];
    }

    static float[] Own(ReplayedLayers model, float[] losses, LayerValues theirs)
    {
        var layer = All.First(l => l.Network == theirs.Network);
        switch (theirs.What)
        {
            case "loss":
                return [losses[All.ToList().IndexOf(layer)]];
            case "value":
                return layer.Made(model);
            default:
                var parameter = model.Parameters[theirs.What];
                var values = new float[parameter.Length];
                if (parameter.IsTrained) parameter.CopyGradientTo(values);
                else parameter.CopyTo(values);
                return values;
        }
    }

    float[] Made(ReplayedLayers model)
    {
        var made = new float[ReplayedLayers.Batch * size];
        run(model)(LayerValues.Examples, made);
        return made;
    }
}
