namespace Zoo.Samples.Data;

/// <summary>Examples that a model is measured on and not trained on, with what it is given beside them.</summary>
/// <param name="Name">Of the data.</param>
/// <param name="View">What an example is.</param>
/// <param name="Examples">[count × size].</param>
/// <param name="Count">How many.</param>
internal sealed record TestPart(string Name, ExampleView View, float[] Examples, int Count)
{
    /// <summary>Numbers of an example.</summary>
    public int Size => Examples.Length / Count;

    /// <summary>[count], or empty where examples have none.</summary>
    public int[] Labels { get; init; } = [];

    /// <summary>[count × condition], or empty where examples have none.</summary>
    public float[] Conditions { get; init; } = [];

    /// <summary>Images with their labels.</summary>
    public static TestPart Of(DataSource data)
    {
        var examples = new float[data.Test.Count * data.Test.ExampleSize];
        data.Test.CopyExamples(0, data.Test.Count, examples);
        return new(data.Name, new("images", data.Test.Shape), examples, data.Test.Count)
        {
            Labels = [.. Enumerable.Range(0, data.Test.Count).Select(data.Test.Label)],
        };
    }

    /// <summary>Images without a quarter, which is their condition.</summary>
    public static TestPart WithoutQuadrant(DataSource data, ImageQuadrant quadrant)
    {
        var whole = Of(data);
        float[] given = new float[whole.Count * quadrant.Size], rest = new float[whole.Count * quadrant.RestSize];
        quadrant.Split(whole.Examples, given, rest);
        return whole with { View = whole.View with { Quadrant = quadrant }, Examples = rest, Conditions = given };
    }

    /// <summary>Examples that are floats already.</summary>
    public static TestPart Of(ExampleSet data) => new(data.Name, ExampleView.Of(data), data.Test, data.Test.Length / data.Size);

    /// <summary>The first so many of them.</summary>
    public TestPart First(int count) => count >= Count ? this : this with
    {
        Examples = Examples[..(count * Size)], Count = count, Labels = Labels.Length == 0 ? [] : Labels[..count],
        Conditions = Conditions[..(Conditions.Length / Count * count)],
    };
}
