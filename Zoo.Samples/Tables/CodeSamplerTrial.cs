using Zoo.Models;
using Zoo.Runtime;
using Zoo.Samples.CommandLine;
using Zoo.Samples.Data;
using Zoo.Samples.Training;

namespace Zoo.Samples.Tables;

/// <summary>
/// <see cref="FashionVae"/> as the table has trained it, its decoder given codes that follow those of the training images in place of the
/// prior.
/// </summary>
/// <param name="data">The images.</param>
/// <param name="scale">How much of everything.</param>
/// <param name="effort">The same in numbers.</param>
internal sealed class CodeSamplerTrial(DataSource data, TableScale scale, ImageEffort effort)
{
    const int CodeSize = GarmentCodes.Size, Components = 10, SecondStageSteps = 20_000;

    public long Length => scale.Steps ?? SecondStageSteps;

    /// <summary>From a mixture of ten Gaussians.</summary>
    public IReadOnlyDictionary<string, double> RunWithMixture(TrialWork work, ImageFeatures features)
    {
        using var model = Trained(work);
        var (means, logVariances) = Posteriors(model);
        // Codes as the decoder saw them, not their means alone.
        var (draws, key) = (new float[means.Length], Philox.DrawKey(work.Seed, "codes"));
        for (var i = 0; i < draws.Length; i++)
            draws[i] = means[i] + MathF.Exp(logVariances[i] / 2) * Philox.Normal(key, 0, 0, i / CodeSize, i % CodeSize);
        var mixture = MixtureOfGaussians.Fit(draws, CodeSize, Components, work.Seed, new MixtureSettings { Threads = work.Threads });
        return Compared(model, mixture.Sample, work, features);
    }

    /// <summary>From a second VAE.</summary>
    public IReadOnlyDictionary<string, double> RunWithSecondStage(TrialWork work, ImageFeatures features)
    {
        using var model = Trained(work);
        var (means, logVariances) = Posteriors(model);
        using var second = new GarmentCodes(work.Seed, work.Device);
        var sampler = SecondStageSampler.Fit(
            second, means, logVariances, CodeSize, Length, work.Seed, work.Part("second stage", 0, Length));
        return Compared(model, sampler.Sample, work, features);
    }

    delegate void DrawCodes(ulong seed, Span<float> codes);

    FashionVae Trained(TrialWork work) =>
        Checkpoints.Load<FashionVae>("--out", ImageTrial.CheckpointOf(scale, RecipeBook.Default, work.Seed), work.Device);

    (float[] Means, float[] LogVariances) Posteriors(FashionVae model)
    {
        var images = TestPart.Of(data with { Test = data.Training });
        float[] means = new float[images.Count * CodeSize], logVariances = new float[means.Length];
        model.Encode(images.Examples, means, logVariances);
        return (means, logVariances);
    }

    Dictionary<string, double> Compared(FashionVae model, DrawCodes draw, TrialWork work, ImageFeatures features)
    {
        var codes = new float[effort.Drawn * CodeSize];
        draw(work.Seed, codes);
        var images = new float[effort.Drawn * data.Test.ExampleSize];
        model.Decode(codes, images);
        return features.Compare(images, work.Threads);
    }
}

/// <summary>A second variational auto-encoder, on the codes of <see cref="FashionVae"/> (Dai and Wipf 2019).</summary>
[Vae(Input = [Size], Batch = 100)]
[Adam]
internal sealed partial class GarmentCodes
{
    public const int Size = 20;

    static Gaussian Encoder(Tensor x)
    {
        var h = x.Dense(256).Relu().Dense(256).Relu();
        return new(h.Dense(Size), h.Dense(Size));
    }

    static Gaussian Decoder(Tensor z) => new(z.Dense(256).Relu().Dense(256).Relu().Dense(Size), Tensor.Parameter("log_variance", [1]));
}
