using Zoo.Models;
using Zoo.Samples.Catalogue;
using Zoo.Samples.CommandLine;
using Zoo.Samples.Data;
using Zoo.Samples.Evaluation;
using Zoo.Samples.Training;
using static System.FormattableString;

namespace Zoo.Samples.Tables;

/// <summary>One model of garments: trained by its recipe, and measured by what it can be asked for.</summary>
/// <param name="recipe">How it is trained.</param>
/// <param name="data">The images.</param>
/// <param name="scale">How much of everything.</param>
/// <param name="effort">The same in numbers.</param>
internal sealed class ImageTrial(Recipe recipe, DataSource data, TableScale scale, ImageEffort effort)
{
    public const int Chains = 100;

    const int Classes = 10;

    // Of logistic regression: codes are scaled, so one C fits all.
    const double Penalty = 1, Tolerance = 1e-4;
    const int MostIterations = 1000;

    readonly DeclaredModel declared = DeclaredModels.Named(recipe.Name);
    readonly Lazy<ExampleView> view = new(() => recipe.OpenTest(scale.Data, skipsUnreadable: false, seed: 0).View);

    /// <summary>Steps, for the bar; more where the recipe says so.</summary>
    public long Length => scale.Steps ?? (long)(effort.Epochs ?? 50) * (data.Training.Count / recipe.Card.BatchSize);

    /// <summary>Trains and measures.</summary>
    /// <returns>Null where it was told to stop.</returns>
    public IReadOnlyDictionary<string, double>? Run(TrialWork work, ImageFeatures features)
    {
        // A density of grey values takes values between them; without noise it grows without bound (Theis et al. 2016, section 3.1).
        var augmentation = recipe.Name == FashionGaussianVae.Card.Name ? new Augmentation { Dequantise = true } : null;
        using var run = recipe.Open(
            new(work.Seed, work.Device, scale.Data, effort.Epochs, null, null, work.Stopped, Augmentation: augmentation));
        var steps = scale.Steps ?? run.Steps;
        if (!work.Train(run.Model, run.Batches, steps, limit: effort.Limit, watch: run.Watch))
        {
            // Gone on, it would have its time twice.
            if (effort.Limit is null) work.Keep(run.Model);
            return null;
        }
        run.Model.Save(CheckpointOf(scale, recipe, work.Seed));
        var values = new Dictionary<string, double>
        {
            ["epochs"] = run.Model.Steps * (double)run.Model.BatchSize / data.Training.Count,
        };
        Bounds(run.Model, values);
        if (!work.IsStopped) Likelihood(run.Model, work, values);
        if (!work.IsStopped) Codes(run.Model, work, values);
        if (work.IsStopped) return null;
        foreach (var (key, value) in features.Compare(Drawn(run.Model, work.Seed), work.Threads)) values[key] = value;
        return values;
    }

    /// <summary>What the trained model is kept as, for whoever measures more of it.</summary>
    public static string CheckpointOf(TableScale scale, Recipe recipe, ulong seed) => Path.Combine(scale.Folder,
        Invariant($"{Path.GetFileNameWithoutExtension(recipe.CheckpointName)}-{seed}.safetensors"));

    /// <summary>A set of images as the model takes them: without the quarter that is given, or binarised.</summary>
    TestPart Part(ImageSet images, int count)
    {
        var of = data with { Test = images };
        if (view.Value.Quadrant is { } quadrant) return TestPart.WithoutQuadrant(of, quadrant).First(count);
        var whole = TestPart.Of(of).First(count);
        return declared.Can(Capability.GibbsSample) ? whole with { Examples = BinarisedImages.Bits(whole.Examples) } : whole;
    }

    static int[] Labels(CapabilityCard card, TestPart part) => card.Classes > 0 ? part.Labels : [];

    static float[] Conditions(CapabilityCard card, TestPart part) => card.Condition > 0 ? part.Conditions : [];

    void Bounds(IGenerativeModel model, Dictionary<string, double> values)
    {
        var place = model.LossNames.IndexOf(ModelEvaluation.Bound);
        if (place < 0 || declared.Find(Capability.Evaluate) is not { } card) return;
        // Losses that look across the batch are those of whole batches.
        var (test, losses) = (Part(data.Test, data.Test.Count / card.Rows * card.Rows), new float[model.LossNames.Length]);
        ((IEvaluator)model).Evaluate(test.Examples, Labels(card, test), Conditions(card, test), losses);
        values["elbo"] = losses[place];
    }

    void Likelihood(IGenerativeModel model, TrialWork work, Dictionary<string, double> values)
    {
        if (model is IPartitionFunction machine)
        {
            var estimate = machine.EstimateLogPartition(work.Seed, Chains, effort.Sweeps);
            values["log_likelihood"] = machine.LogLikelihood(Part(data.Test, data.Test.Count).Examples, estimate.LogPartition);
        }
        else if (declared.Find(Capability.LogLikelihood) is { } card)
        {
            var test = Part(data.Test, effort.Weighed);
            values["log_likelihood"] = ((ILikelihood)model).LogLikelihood(
                test.Examples, Labels(card, test), Conditions(card, test), effort.Samples,
                progress: work.Part("likelihood", Length, Length));
        }
    }

    void Codes(IGenerativeModel model, TrialWork work, Dictionary<string, double> values)
    {
        if (declared.Find(Capability.Encode) is not { } card) return;
        TestPart training = Part(data.Training, effort.Coded), test = Part(data.Test, data.Test.Count);
        float[] OfPart(TestPart part)
        {
            var codes = new float[part.Count * card.Size];
            ((IEncoder)model).Encode(work.Seed, part.Examples, Labels(card, part), Conditions(card, part), codes);
            return codes;
        }
        var (known, unknown) = (OfPart(training), OfPart(test));
        for (var j = 0; j < card.Size; j++)
        {
            double mean = 0, square = 0;
            for (var i = j; i < known.Length; i += card.Size) mean += (double)known[i] / training.Count;
            for (var i = j; i < known.Length; i += card.Size) square += Math.Pow(known[i] - mean, 2) / training.Count;
            var scaling = square > 0 ? 1 / Math.Sqrt(square) : 0;
            foreach (var codes in (float[][])[known, unknown])
                for (var i = j; i < codes.Length; i += card.Size) codes[i] = (float)((codes[i] - mean) * scaling);
        }
        var fitted = LogisticRegression.Fit(
            known, training.Labels, card.Size, Classes, Penalty, Tolerance, MostIterations, work.Threads);
        values["codes"] = 100 * fitted.Accuracy(unknown, test.Labels);
    }

    /// <summary>Images that the model makes; given something, what it makes of that of the test images.</summary>
    float[] Drawn(IGenerativeModel model, ulong seed)
    {
        var test = Part(data.Test, effort.Drawn);
        if (model is IGibbsSampler chains)
        {
            var states = new float[effort.Drawn * data.Test.ExampleSize];
            chains.Sample(seed, effort.Sweeps, states);
            return states;
        }
        var card = declared.Require("sample", Capability.Sample);
        var count = card.Classes > 0 || card.Condition > 0 ? test.Count : effort.Drawn;
        var images = new float[count * card.Size];
        ((ISampler)model).Sample(seed, Labels(card, test), Conditions(card, test), images);
        return view.Value.Drawn(images, Conditions(card, test));
    }
}
