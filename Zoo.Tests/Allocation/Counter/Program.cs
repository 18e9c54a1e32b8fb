using System.Globalization;
using Zoo;
using Zoo.Models;
using Zoo.Samples.Accelerators;

// With "save", a variant and a path: saves a model there until it is killed. With "workers": threads of the default device, and how often
// they woke up in 1,000 steps too small to share; Linux tells both. With "pocl": the same on an accelerator. Prints, for each member that
// promises it, the bytes that 1,000 calls allocate in the whole process, worker threads included.
if (args is ["save", var variant, var path])
{
    // Until it is killed.
    using IGenerativeModel saved = variant switch
    {
        "rbm" => new FashionRbm(seed: 1), "aae" => new FashionSemiSupervisedAae(seed: 1), _ => new FashionVae(seed: 1),
    };
    while (true) saved.Save(path);
}
if (args is ["workers"])
{
    using var tiny = new SmallVae(seed: 1);
    var batch = new float[16 * 36];
    // Past a new thread's first look around.
    Thread.Sleep(100);
    var asleep = Workers();
    for (var i = 0; i < 1000; i++) tiny.Step(batch);
    Console.WriteLine($"Threads {asleep.Count.ToString(CultureInfo.InvariantCulture)}");
    Console.WriteLine($"Wakes {(Workers().Switches - asleep.Switches).ToString(CultureInfo.InvariantCulture)}");
    return;

    static (int Count, long Switches) Workers()
    {
        string[] tasks = [.. Directory.GetDirectories("/proc/self/task")
            .Where(task => File.ReadAllText($"{task}/comm").StartsWith("Zoo worker", StringComparison.Ordinal))];
        const string key = "voluntary_ctxt_switches:";
        return (tasks.Length,
            tasks.Sum(task => long.Parse(File.ReadLines($"{task}/status")
                .First(line => line.StartsWith(key, StringComparison.Ordinal))[key.Length..], CultureInfo.InvariantCulture)));
    }
}
if (args is ["pocl"])
{
    using var context = Pocl.CreateContext();
    using var accelerator = Pocl.CreateAccelerator(context);
    using var gpu = Device.Gpu(accelerator);
    using var small = new SmallVae(seed: 1, gpu);
    float[] input = [.. Enumerable.Range(0, 16 * 36)
        .Select(i => i % 5 / 5f)], mean = new float[3 * 3], deviation = new float[3 * 3], output = new float[3 * 36], drawn = new float[16
            * 3];
    Count("Step", () => small.Step(input));
    Count("Train", () => small.Train(input));
    Count("GradientsExchangeAndUpdate", () =>
    {
        small.Gradients(input);
        small.Parameters.FlatGradients[0] *= 0.5f;
        small.Update();
    });
    Count("Evaluate", () => small.Evaluate(input.AsSpan(0, 3 * 36)));
    Count("Encode", () => small.Encode(input.AsSpan(0, 3 * 36), mean, deviation));
    Count("Decode", () => small.Decode(mean, output));
    Count("Reconstruct", () => small.Reconstruct(input.AsSpan(0, 3 * 36), output));
    Count("Sample", () => small.Sample(7, output));
    Count("Draws", () => small.Draws.CopyTo("epsilon", drawn));
    using var labelled = new Labelled(seed: 1, gpu);
    int[] classes = [.. Enumerable.Range(0, 16).Select(i => i % 10)];
    Count("Labelled.Step", () => labelled.Step(input, classes));
    using var labelledVae = new LabelledVae(seed: 1, gpu);
    Count("LabelledVae.Step", () => labelledVae.Step(input, classes));
    return;
}
using var device = Device.CpuWith(threads: 2);
using var vae = new FashionVae(seed: 1, device);
var random = new Random(1);
float[] x = [.. Enumerable.Range(0, 128 * 784).Select(_ => random.NextSingle())];
float[] losses = new float[3], codes = new float[10 * 20], spread = new float[10 * 20], pictures = new float[10 * 784];
using var source = new BatchSource(x, exampleSize: 784, batchSize: 32, seed: 1);

if (args is ["plant"])
{
    Count("Planted", () => GC.KeepAlive(new object()));
    return;
}
if (args is ["labels"])
{
    // Labels are checked and become numbers, at every member that takes them.
    using var labelled = new Labelled(seed: 1, device);
    using var conditioned = new Conditioned(seed: 1, device);
    float[] examples = [.. Enumerable.Range(0, 16 * 36).Select(_ => random.NextSingle())];
    float[] conditions = new float[16 * 4], error = new float[1];
    int[] labels = [.. Enumerable.Range(0, 16).Select(i => i % 10)];
    IGenerativeModel some = labelled;
    Count("Labelled.Step", () => labelled.Step(examples, labels));
    Count("Labelled.Train", () => labelled.Train(examples, labels));
    Count("Labelled.Halves", () =>
    {
        labelled.Gradients(examples, labels);
        labelled.Update();
    });
    Count("Labelled.Evaluate", () => labelled.Evaluate(examples.AsSpan(0, 5 * 36), labels.AsSpan(0, 5)));
    Count("Labelled.InterfaceStep", () => some.Step(examples, labels, default, error));
    Count("Conditioned.Step", () => conditioned.Step(examples, conditions));
    Count("Conditioned.Evaluate", () => conditioned.Evaluate(examples.AsSpan(0, 5 * 36), conditions.AsSpan(0, 5 * 4)));
    using var labelledVae = new LabelledVae(seed: 1, device);
    using var conditionedVae = new ConditionedVae(seed: 1, device);
    float[] means = new float[16 * 3], deviations = new float[16 * 3], images = new float[16 * 36];
    Count("LabelledVae.Step", () => labelledVae.Step(examples, labels));
    Count("LabelledVae.Train", () => labelledVae.Train(examples, labels));
    Count("LabelledVae.Evaluate", () => labelledVae.Evaluate(examples.AsSpan(0, 5 * 36), labels.AsSpan(0, 5)));
    Count("LabelledVae.Encode", () => labelledVae.Encode(examples, labels, means, deviations));
    Count("LabelledVae.Decode", () => labelledVae.Decode(means, labels, images));
    Count("LabelledVae.Reconstruct", () => labelledVae.Reconstruct(examples, labels, images));
    Count("LabelledVae.Sample", () => labelledVae.Sample(7, labels, images));
    Count("ConditionedVae.Step", () => conditionedVae.Step(examples, conditions));
    Count("ConditionedVae.Sample", () => conditionedVae.Sample(7, conditions, images));
    using var aae = new SemiSupervisedAae(seed: 1, device);
    int[] someLabels = [.. labels.Select((label, i) => i % 3 == 0 ? -1 : label)];
    float[] probabilities = new float[16 * 10];
    Count("SemiSupervisedAae.Step", () => aae.Step(examples, someLabels));
    Count("SemiSupervisedAae.Train", () => aae.Train(examples, someLabels));
    Count("SemiSupervisedAae.Encode", () => aae.Encode(examples, probabilities, means));
    Count("SemiSupervisedAae.Sample", () => aae.Sample(7, labels, images));
    return;
}
if (args is ["images"])
{
    using var convolutional = new SmallImages(seed: 1, device);
    using var dcgan = new SmallDcgan(seed: 1, device);
    float[] examples = [.. Enumerable.Range(0, 16 * 36).Select(_ => random.NextSingle())];
    float[] means = new float[16 * 3], deviations = new float[16 * 3], made = new float[16 * 36], logits = new float[16];
    Count("SmallImages.Step", () => convolutional.Step(examples));
    Count("SmallImages.Train", () => convolutional.Train(examples));
    Count("SmallImages.Evaluate", () => convolutional.Evaluate(examples.AsSpan(0, 5 * 36)));
    Count("SmallImages.Encode", () => convolutional.Encode(examples, means, deviations));
    Count("SmallImages.Sample", () => convolutional.Sample(7, made));
    Count("SmallDcgan.Step", () => dcgan.Step(examples));
    Count("SmallDcgan.Sample", () => dcgan.Sample(7, made));
    Count("SmallDcgan.Discriminate", () => dcgan.Discriminate(examples, logits));
    var augmentation = new Augmentation { CropPadding = 4, HorizontalFlip = true, Dequantise = true, Binarise = true };
    var set = new ImageSet(28, 28, new byte[500 * 784], new byte[500]);
    using var plain = new BatchSource(set, 32, seed: 1);
    using var augmented = new BatchSource(set, 32, seed: 1, augmentation: augmentation);
    Count("ImageBatchSource", () => plain.Next());
    Count("AugmentedBatchSource", () => augmented.Next());
    return;
}
if (args is ["machines"])
{
    using var machine = new Machine(seed: 1, device);
    using var gaussian = new GaussianMachine(seed: 1, device);
    float[] examples = [.. Enumerable.Range(0, 16 * 36).Select(_ => random.NextSingle())];
    float[] hidden = new float[5 * 24], visible = new float[70 * 36], energies = new float[5];
    Count("Machine.Step", () => machine.Step(examples));
    Count("Machine.Train", () => machine.Train(examples));
    Count("Machine.Encode", () => machine.Encode(examples.AsSpan(0, 5 * 36), hidden));
    Count("Machine.FreeEnergy", () => machine.FreeEnergy(examples.AsSpan(0, 5 * 36), energies));
    Count("Machine.Sample", () => machine.Sample(7, 5, visible));
    Count("Machine.SampleFrom", () => machine.Sample(7, examples.AsSpan(0, 7 * 36), 2, visible));
    // Every other program has another seed.
    var turn = 0ul;
    Count("Machine.StepAndSample", () =>
    {
        machine.Step(examples);
        machine.Sample(turn++, 5, visible);
    });
    Count("GaussianMachine.Step", () => gaussian.Step(examples));
    Count("GaussianMachine.Sample", () => gaussian.Sample(7, 5, visible));
    return;
}
if (args is ["phases"])
{
    // Rounds of phases: five steps of a critic for one of the generator.
    using var ring = new RingGan(seed: 1, device);
    using var wgan = new SmallWgan(seed: 1, device);
    using var clipped = new SmallClippedWgan(seed: 1, device);
    using var own = new OwnCritic(seed: 1, device);
    using var ali = new SmallAli(seed: 1, device);
    using var ebgan = new SmallEbgan(seed: 1, device);
    float[] points = [.. Enumerable.Range(0, 256 * 2)
        .Select(_ => random.NextSingle())], samples = new float[100 * 2], values = new float[256];
    var few = points[..(64 * 2)];
    Count("RingGan.Step", () => ring.Step(points));
    Count("RingGan.Train", () => ring.Train(points));
    Count("RingGan.Halves", () =>
    {
        ring.Gradients(RingGan.Phase.Discriminator, points);
        ring.Update(RingGan.Phase.Discriminator);
        ring.Gradients(RingGan.Phase.Generator, points);
        ring.Update(RingGan.Phase.Generator);
    });
    Count("RingGan.Evaluate", () => ring.Evaluate(points));
    Count("RingGan.Discriminate", () => ring.Discriminate(points, values));
    Count("RingGan.Sample", () => ring.Sample(7, samples));
    Count("SmallWgan.Step", () => wgan.Step(few));
    Count("SmallClippedWgan.Step", () => clipped.Step(few));
    Count("OwnCritic.Step", () => own.Step(few));
    Count("SmallAli.Step", () => ali.Step(few));
    Count("SmallAli.Train", () => ali.Train(few));
    Count("SmallAli.Encode", () => ali.Encode(7, points.AsSpan(0, 100 * 2), samples));
    Count("SmallAli.Reconstruct", () => ali.Reconstruct(7, points.AsSpan(0, 100 * 2), samples));
    Count("SmallEbgan.Step", () => ebgan.Step(few));
    Count("SmallEbgan.Evaluate", () => ebgan.Evaluate(points));
    Count("SmallEbgan.Energy", () => ebgan.Energy(points, values));
    using var avb = new SmallAvb(seed: 1, device);
    using var contrasted = new ContrastedAvb(seed: 1, device);
    Count("SmallAvb.Step", () => avb.Step(few));
    Count("SmallAvb.Evaluate", () => avb.Evaluate(points.AsSpan(0, 100 * 2)));
    Count("SmallAvb.Encode", () => avb.Encode(7, points.AsSpan(0, 100 * 2), samples));
    Count("ContrastedAvb.Step", () => contrasted.Step(few));
    Count("ContrastedAvb.Reconstruct", () => contrasted.Reconstruct(7, points.AsSpan(0, 100 * 2), samples));
    return;
}
using var smallVae = new SmallVae(seed: 1, device);
var pixels = x[..(16 * 36)];
IGenerativeModel any = smallVae;
Count("Step", () => vae.Step(x));
Count("Small.Train", () => smallVae.Train(pixels));
Count("Small.GradientsAndUpdate", () =>
{
    smallVae.Gradients(pixels);
    smallVae.Update();
});
Count("Small.InterfaceStep", () => any.Step(pixels, default, default, losses));
Count("Evaluate", () => vae.Evaluate(x.AsSpan(0, 10 * 784)));
Count("Encode", () => vae.Encode(x.AsSpan(0, 10 * 784), codes, spread));
Count("Decode", () => vae.Decode(codes, pictures));
Count("Reconstruct", () => vae.Reconstruct(x.AsSpan(0, 10 * 784), pictures));
Count("Sample", () => vae.Sample(7, pictures));
Count("BatchSource", () => source.Next());

static void Count(string name, Action call)
{
    // Past the tiers of the JIT, which allocates when it publishes code.
    for (var i = 0; i < 100; i++) call();
    Thread.Sleep(200);
    for (var i = 0; i < 50; i++) call();
    var before = GC.GetTotalAllocatedBytes(precise: true);
    for (var i = 0; i < 1000; i++) call();
    var bytes = GC.GetTotalAllocatedBytes(precise: true) - before;
    Console.WriteLine($"{name} {bytes.ToString(CultureInfo.InvariantCulture)}");
}
