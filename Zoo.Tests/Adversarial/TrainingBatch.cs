using Zoo.Generators.Passes;
using Zoo.Generators.Tracing;
using Zoo.Generators.Variants;
using Zoo.Runtime;

namespace Zoo.Tests.Adversarial;

/// <summary>What a training step is given: examples, and labels or a condition where the declaration has them.</summary>
/// <param name="X">Examples in [−1, 1).</param>
/// <param name="Labels">One a row, −1 in some where that may be; or none.</param>
/// <param name="Condition">Numbers in [−1, 1), or none.</param>
/// <param name="Rows">How many there are.</param>
/// <param name="Classes">Labels are below it.</param>
/// <param name="IsOptional">Whether a row may be without a label.</param>
sealed record TrainingBatch(float[] X, int[] Labels, float[] Condition, int Rows, int Classes, bool IsOptional = false)
{
    public static TrainingBatch Of(ModelTrace trace, int seed)
    {
        var random = new System.Random(seed);
        var options = trace.Options;
        var (rows, classes) = (options.Int("Batch", 1), options.Int("Classes", 0));
        float[] Numbers(int size) => [.. Enumerable.Range(0, rows * size).Select(_ => random.NextSingle() * 2 - 1)];
        var isOptional = classes > 0 && Variant.All.Any(v => v.Name == trace.Variant)
            && BuildPrograms.Run(trace).Surface.Inputs.Any(i => i.Element == InputElement.OptionalLabel);
        return new(
            Numbers(options.Shape("Input")!.Value.Count),
            classes == 0 ? [] : [.. Enumerable.Range(0, rows).Select(_ => random.Next(isOptional ? -1 : 0, classes))],
            options.Shape("Condition") is { Rank: > 0 } condition ? Numbers(condition.Count) : [], rows, classes,
            isOptional);
    }

    /// <summary>As the emitted members hand it to the engine.</summary>
    public Inputs Inputs(ModelEngine engine)
    {
        var width = X.Length / Rows;
        if (Classes > 0) return new(X, width, engine.Labels(1, Labels, Rows, Classes, IsOptional, "labels"), 1);
        return Condition.Length > 0 ? new(X, width, Condition, Condition.Length / Rows) : new(X, width);
    }

    /// <summary>As the oracle knows it.</summary>
    public Dictionary<string, double[]> Bindings() => new()
    {
        ["x"] = [.. X.Select(v => (double)v)],
        ["y"] = Classes > 0 ? [.. Labels.Select(l => (double)l)] : [.. Condition.Select(v => (double)v)],
    };

    delegate void TrainOnExamples(ReadOnlySpan<float> batch);

    delegate void TrainOnLabels(ReadOnlySpan<float> batch, ReadOnlySpan<int> labels);

    delegate void TrainOnCondition(ReadOnlySpan<float> batch, ReadOnlySpan<float> condition);

    /// <summary>The model's own <c>Train</c>.</summary>
    public void Train(IGenerativeModel model)
    {
        var method = model.GetType().GetMethod("Train")!;
        if (Classes > 0) method.CreateDelegate<TrainOnLabels>(model)(X, Labels);
        else if (Condition.Length > 0) method.CreateDelegate<TrainOnCondition>(model)(X, Condition);
        else method.CreateDelegate<TrainOnExamples>(model)(X);
    }

    /// <summary>The interface's step.</summary>
    public void Step(IGenerativeModel model, Span<float> losses) => model.Step(X, Labels, Condition, losses);
}
