using System.Globalization;
using System.Runtime.InteropServices;
using TorchSharp;
using Zoo.Runtime;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Zoo.Benchmarks.Replay;

using Tensor = TorchSharp.torch.Tensor;

/// <summary>
/// <c>state-dict</c>: the <c>state_dict</c> of a DCGAN of TorchSharp's own modules, as a safetensors file with PyTorch's names, loads into
/// <see cref="SmallDcgan"/>, and what SmallDcgan saves loads into those modules; both sides then make the same of the same input. With
/// <c>--write FOLDER</c> the file, and what TorchSharp makes of its weights, are the goldens of a test.
/// </summary>
sealed class TorchStateDict : Module
{
    const double Tolerance = 1e-5;
    const int Rows = 2, Latent = 16, Pixels = 784;

    readonly Module<Tensor, Tensor> generator = Sequential(
        Linear(Latent, 784, hasBias: false), Unflatten(1, [16, 7, 7]), BatchNorm2d(16), ReLU(),
        ConvTranspose2d(16, 8, 4, 2, 1, bias: false), BatchNorm2d(8), ReLU(),
        ConvTranspose2d(8, 1, 4, 2, 1), Sigmoid());
    readonly Module<Tensor, Tensor> discriminator = Sequential(
        Conv2d(1, 8, 4, 2, 1), LeakyReLU(0.2), Conv2d(8, 16, 4, 2, 1, bias: false), BatchNorm2d(16), LeakyReLU(0.2), Flatten(),
        Linear(784, 1));

    TorchStateDict() : base(nameof(TorchStateDict)) => RegisterComponents();

    public static int Run(string[] arguments) => TorchCommand.Run("state-dict", arguments, Compare);

    static bool Compare(string? folder)
    {
        var scratch = Directory.CreateTempSubdirectory("zoo-");
        try
        {
            return LoadsHere(folder ?? scratch.FullName) & LoadsThere(Path.Combine(scratch.FullName, "ours.safetensors"));
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }

    /// <summary>Writes the modules' file, loads it here, compares.</summary>
    static bool LoadsHere(string folder)
    {
        manual_seed(1);
        using var scope = NewDisposeScope();
        using var theirs = new TorchStateDict();
        theirs.SeeBatches(5);
        var path = Path.Combine(folder, "SmallDcgan.safetensors");
        theirs.Write(path);
        var (images, logits) = theirs.Make();
        File.WriteAllLines(
            Path.Combine(folder, "SmallDcgan.Made.csv"),
            [
                "# What TorchSharp 0.107 (libtorch 2.10, CPU) makes with the weights in SmallDcgan.safetensors: images, then logits.",
                "# Both written by: dotnet run -c Release --project Zoo.Benchmarks -- state-dict --write Zoo.Tests/Replay/Goldens",
                Line(images), Line(logits),
            ]);
        using var declared = new SmallDcgan();
        using var ours = SmallDcgan.Load(path, new CheckpointOptions { Names = SmallDcganNames.Of(declared.Parameters) });
        return Agree("TorchSharp's file here", ours, images, logits);
    }

    /// <summary>Saves a model of ours after some steps, loads it into the modules, compares.</summary>
    static bool LoadsThere(string path)
    {
        using var ours = new SmallDcgan(seed: 2);
        var (batch, losses) = (new ReplayBatch(new float[ours.BatchSize * Pixels], [], []), new float[2]);
        for (var step = 0; step < 5; step++)
        {
            ReplayBatches.Images(step, batch);
            batch.Step(ours, losses);
        }
        ours.Save(path);
        using var scope = NewDisposeScope();
        using var theirs = new TorchStateDict();
        theirs.Read(path, SmallDcganNames.Of(ours.Parameters));
        var (images, logits) = theirs.Make();
        return Agree("our file in TorchSharp", ours, images, logits);
    }

    static bool Agree(string what, SmallDcgan ours, float[] images, float[] logits)
    {
        var (ownImages, ownLogits) = (new float[images.Length], new float[logits.Length]);
        ours.Generate(SmallDcganNames.Inputs(Rows * Latent), ownImages);
        ours.Discriminate(SmallDcganNames.Inputs(Rows * Pixels), ownLogits);
        double Off(float[] own, float[] peers) => LargestDeviation.Of(own, Array.ConvertAll(peers, value => (double)value));
        var (ofImages, ofLogits) = (Off(ownImages, images), Off(ownLogits, logits));
        Console.WriteLine(FormattableString.Invariant($"{what}: images {ofImages:E1}, logits {ofLogits:E1}"));
        return ofImages <= Tolerance && ofLogits <= Tolerance;
    }

    /// <summary>Moves the running statistics away from 0 and 1.</summary>
    void SeeBatches(int count)
    {
        train();
        for (var i = 0; i < count; i++) discriminator.forward(generator.forward(randn(32, Latent)));
    }

    /// <summary>What is made of codes and of images after training.</summary>
    (float[] Images, float[] Logits) Make()
    {
        eval();
        using var still = no_grad();
        float[] Numbers(Tensor values) => [.. values.contiguous().data<float>()];
        return (Numbers(generator.forward(tensor(SmallDcganNames.Inputs(Rows * Latent)).reshape(Rows, Latent))),
            Numbers(discriminator.forward(tensor(SmallDcganNames.Inputs(Rows * Pixels)).reshape(Rows, 1, 28, 28))));
    }

    void Write(string path)
    {
        using var stream = File.Create(path);
        var writer = new SafetensorsWriter(stream);
        // Whole numbers first, so that all are aligned.
        var tensors = state_dict().OrderBy(t => t.Value.dtype == ScalarType.Int64 ? 0 : 1).ToList();
        foreach (var (name, values) in tensors)
            writer.Declare(name, values.dtype == ScalarType.Int64 ? TensorType.I64 : TensorType.F32, [.. values.shape]);
        writer.WriteHeader([new("format", "pt")]);
        foreach (var (_, values) in tensors)
        {
            if (values.dtype == ScalarType.Int64) writer.Write([.. values.data<long>()]);
            else writer.Write([.. values.detach().contiguous().data<float>()]);
        }
    }

    /// <summary>Takes the parameters of a file of ours; what else is in it is for training.</summary>
    void Read(string path, IReadOnlyDictionary<string, string> names)
    {
        using var file = new SafetensorsReader(path);
        var tensors = names.ToDictionary(name => name.Key, name =>
        {
            var entry = file.Entries[name.Value];
            return tensor(MemoryMarshal.Cast<byte, float>(file.Read(entry)).ToArray()).reshape([.. entry.Shape]);
        });
        load_state_dict(tensors, strict: true);
    }

    static string Line(float[] values) => string.Join(',', values.Select(v => v.ToString("G9", CultureInfo.InvariantCulture)));
}
