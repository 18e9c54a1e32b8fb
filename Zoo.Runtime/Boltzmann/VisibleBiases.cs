namespace Zoo.Runtime;

/// <summary>First visible biases from data (Hinton 2012, section 8): a machine without weights then has the data's means.</summary>
public static class VisibleBiases
{
    /// <summary>Sets them, and a centred machine's visible offsets to the means.</summary>
    /// <param name="engine">The model.</param>
    /// <param name="size">Visible units.</param>
    /// <param name="variance">As of <see cref="BoltzmannWeights"/>.</param>
    /// <param name="examples">The data.</param>
    public static void Set(ModelEngine engine, int size, float variance, ReadOnlySpan<float> examples)
    {
        Arguments.SomeRows(examples, size, nameof(examples));
        engine.CheckData(examples, size, variance == 0 ? DataRange.Unit : DataRange.Finite, nameof(examples));
        var parameters = engine.State.Parameters;
        parameters["visible_bias"].CopyFrom(Array.ConvertAll(Of(examples, size, isGaussian: variance != 0), b => (float)b));
        foreach (var parameter in parameters)
            if (parameter.Name == "visible_offset")
                parameter.CopyFrom(Array.ConvertAll(Of(examples, size, isGaussian: true), m => (float)m));
    }

    /// <summary>Means, or log-odds of bits.</summary>
    internal static double[] Of(ReadOnlySpan<float> examples, int size, bool isGaussian) =>
        isGaussian ? DataMeans.Of(examples, size, size) : DataMeans.LogOdds(examples, size, size);
}
