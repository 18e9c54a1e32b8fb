// How a program uses the generated classes. Compiles against Contract/Generated.cs here, and must compile against the real generator.
using Zoo;

namespace Zoo.Surface;

public static class Usage
{
    public static float TrainVae(ReadOnlySpan<float> images, string path)
    {
        const int size = 784;
        using var vae = new FashionVae(seed: 1, Device.CpuWith(threads: 2));
        var batch = vae.BatchSize * size;
        for (var at = 0; at + batch <= images.Length; at += batch)
        {
            FashionVae.Losses losses = vae.Step(images.Slice(at, batch));
            if (!float.IsFinite(losses.Elbo)) throw new InvalidOperationException($"diverged at step {vae.Steps}");
        }

        vae.Hyperparameters["learning_rate"] = 5e-4f;
        vae.Train(images[..batch]);
        vae.Gradients(images[..batch]);
        vae.Parameters.FlatGradients[0] *= 0.5f;
        vae.Update();

        Span<float> codes = new float[10 * 20], logVariance = new float[10 * 20], pictures = new float[10 * size];
        vae.Encode(images[..(10 * size)], codes, logVariance);
        vae.Decode(codes, pictures);
        vae.Sample(seed: 7, pictures);
        vae.Reconstruct(images[..size], pictures[..size]);
        var logLikelihood = vae.LogLikelihood(images[..(10 * size)], samples: 50);

        var weight = vae.Parameters["encoder.dense1.weight"];
        var values = new float[weight.Length];
        weight.CopyTo(values);
        Span<float> epsilon = new float[vae.Draws.Length("epsilon")];
        vae.Draws.CopyTo("epsilon", epsilon);

        vae.Save(path);
        using var again = FashionVae.Load(path);
        return (float)logLikelihood + again.Evaluate(images[..(3 * size)]).Elbo + FashionVae.Card.Parameters + weight.Shape[0];
    }

    public static void TrainAny(IGenerativeModel model, ReadOnlySpan<float> batch, Span<float> losses)
    {
        model.Step(batch, default, default, losses);
        for (var i = 0; i < losses.Length; i++) Console.WriteLine($"{model.LossNames[i]} {losses[i]}");
    }

    public static TModel Reload<TModel>(string path) where TModel : IGenerativeModel<TModel> => TModel.Load(path);

    public static void Others(ReadOnlySpan<float> x, ReadOnlySpan<int> labels, Span<float> output)
    {
        using var gan = new RingGan();
        gan.Gradients(RingGan.Phase.Discriminator, x);
        gan.Update(RingGan.Phase.Discriminator);
        gan.Sample(seed: 3, output);
        using var conditional = new LabelledVae();
        conditional.Step(x, labels);
        conditional.Sample(seed: 4, labels, output);
        using var own = new OwnCritic();
        Console.WriteLine(own.Step(x).Penalty);
    }
}
