using System.Globalization;
using Zoo.Models;
using Zoo.Samples.Data;
using Zoo.Samples.Progress;

namespace Zoo.Samples.Experiments;

/// <summary>A measured number with what it is compared with.</summary>
internal sealed record CodeFigure(string What, string Value, string Beside);

/// <summary>
/// What codes of adversarial auto-encoders are worth on images that they were not trained on: how far they are from the prior, whether they
/// lie in their own component, whether the label decides what a style model draws, and what few labels are worth.
/// </summary>
/// <param name="data">Images; labels of the test images are for measuring alone.</param>
/// <param name="epochs">Of every adversarial auto-encoder.</param>
/// <param name="seed">Of first weights, noise and batches.</param>
/// <param name="device">Where they run.</param>
internal sealed class RegularisationExperiment(DataSource data, int epochs, ulong seed, Device device)
{
    public const int Classes = 10;

    /// <summary>Labels that the semi-supervised model is told.</summary>
    public const int Labelled = 100;

    const int ClassifierEpochs = 10;

    // Steps on all of the few labels at once: past where the training accuracy is 1.
    const int FewLabelSteps = 500;

    // Numbers of codes compared grow time with their square.
    const int MostCompared = 2000;
    const int Floors = 5;

    static readonly double[] Widths = [0.1, 0.3, 1, 3];

    readonly float[] test = Examples(data.Test);
    readonly int[] labels = [.. Enumerable.Range(0, data.Test.Count).Select(data.Test.Label)];
    long done;

    /// <summary>Steps of all trainings together.</summary>
    public long Length => 5L * epochs * Batches + (long)ClassifierEpochs * Batches + FewLabelSteps;

    int Batches => data.Training.Count / 100;

    /// <summary>The figures in the order in which they are told; fewer where it was told to stop.</summary>
    public IReadOnlyList<CodeFigure> Run(IProgressDisplay display, CancellationToken stop)
    {
        var figures = new List<CodeFigure>();
        foreach (var part in (Action[])[Gaussian, Flower, Roll, Style, FewLabels])
        {
            part();
            if (stop.IsCancellationRequested) return figures[..0];
        }
        return figures;

        void Tell(string what, string value, string beside)
        {
            figures.Add(new(what, value, beside));
            display.Line($"{what}: {value} ({beside})");
        }

        void Train(IGenerativeModel model, ITrainingBatches batches, long steps)
        {
            using var owned = batches;
            var losses = new float[model.LossNames.Length];
            while (model.Steps < steps && !stop.IsCancellationRequested)
            {
                var batch = batches.Next();
                model.Step(batch.Examples, batch.Labels, default, losses);
                display.At(++done, () => $"{model.GetType().Name}  "
                    + string.Join("  ", losses.Select(l => l.ToString("F3", CultureInfo.InvariantCulture))));
            }
        }

        ImageBatches WithLabels() => new(data.Training, 100, seed, (images, given) => new(images, given));

        void Gaussian()
        {
            using var model = new GaussianCodes(seed, device);
            Train(model, new ImageBatches(data.Training, 100, seed), (long)epochs * Batches);
            var z = new float[2 * labels.Length];
            model.Encode(test, z);
            Discrepancy("N(0, I)", z, (draw, room) => model.SampleCodes(draw, room));
        }

        void Flower()
        {
            using var model = new FlowerCodes(seed, device);
            Train(model, WithLabels(), (long)epochs * Batches);
            var z = new float[2 * labels.Length];
            model.Encode(test, z);
            Discrepancy("ten Gaussians", z, (draw, room) => model.SampleCodes(draw, Shown(room), room));

            var known = new float[2 * data.Training.Count];
            model.Encode(Examples(data.Training), known);
            using var linear = new CodeClassifier(seed, device);
            for (var step = 0; step < 2000; step++)
            {
                var first = step * 100 % (data.Training.Count - 99);
                linear.Step(known.AsSpan(2 * first, 200), [.. Enumerable.Range(first, 100).Select(data.Training.Label)]);
            }
            var logits = new float[Classes * labels.Length];
            linear.RunClassify(z, logits);
            Tell("test codes in the component of their class", Share(Enumerable.Range(0, labels.Length)
                .Count(i => Component(z[2 * i], z[2 * i + 1]) == labels[i]), labels.Length),
                $"a linear classifier of the same codes: {Share(Right(logits), labels.Length)}");
        }

        void Roll()
        {
            using var model = new RollCodes(seed, device);
            Train(model, WithLabels(), (long)epochs * Batches);
            var z = new float[2 * labels.Length];
            model.Encode(test, z);
            Discrepancy("swiss roll", z, (draw, room) => model.SampleCodes(draw, Shown(room), room));
        }

        int[] Shown(Span<float> room) => labels[..(room.Length / 2)];

        // With the labels of the test images, so that frequencies of classes are not what is measured.
        void Discrepancy(string prior, float[] z, DrawCodes draw)
        {
            var count = 2 * Math.Min(labels.Length, MostCompared);
            float[] Draw(ulong of)
            {
                var codes = new float[count];
                draw(of, codes);
                return codes;
            }
            var apart = Enumerable.Range(1, Floors).Average(i =>
                MaximumMeanDiscrepancy.Between(z.AsSpan(0, count), Draw((ulong)i), 2, Widths));
            var floor = Enumerable.Range(1, Floors).Average(i =>
                MaximumMeanDiscrepancy.Between(Draw((ulong)i), Draw((ulong)(i + Floors)), 2, Widths));
            Tell($"discrepancy of test codes from {prior}", apart.ToString("F4", CultureInfo.InvariantCulture),
                string.Create(CultureInfo.InvariantCulture, $"of two draws of the prior {floor:F4}: {apart / floor:F2} times"));
        }

        void Style()
        {
            using var model = new FashionStyleAae(seed, device);
            Train(model, WithLabels(), (long)epochs * Batches);
            using var classifier = new GarmentClassifier(seed + 1, device);
            Train(classifier, WithLabels(), (long)ClassifierEpochs * Batches);
            var logits = new float[Classes * labels.Length];
            classifier.RunClassify(test, logits);
            var ofImages = Share(Right(logits), labels.Length);

            var (z, drawn) = (new float[8 * labels.Length], new float[test.Length]);
            model.Encode(test, z);
            // Every other class in turn.
            int[] changed = [.. labels.Select((label, i) => (label + 1 + i % (Classes - 1)) % Classes)];
            model.Decode(z, changed, drawn);
            classifier.RunClassify(drawn, logits);
            Tell("decodings with a changed label that are seen as that class", Share(Right(logits, changed), labels.Length),
                $"a separate classifier, right on {ofImages} of the test images");
        }

        void FewLabels()
        {
            using var alone = new GarmentClassifier(seed, device);
            var few = PartlyLabelledBatches.FirstOfEach(data.Training, Labelled, Classes);
            Train(alone, new ImageBatches(few, 100, seed, (images, given) => new(images, given)), FewLabelSteps);
            var logits = new float[Classes * labels.Length];
            alone.RunClassify(test, logits);
            var ofAlone = Right(logits);

            using var model = new FashionSemiSupervisedAae(seed, device);
            Train(model, new PartlyLabelledBatches(data.Training, 100, seed, Labelled, Classes), (long)epochs * Batches);
            model.Classify(test, logits);
            Tell($"test images classified with {Labelled} labels", Share(Right(logits), labels.Length),
                $"a classifier trained on those alone: {Share(ofAlone, labels.Length)}");
        }
    }

    delegate void DrawCodes(ulong seed, Span<float> codes);

    static float[] Examples(ImageSet images)
    {
        var examples = new float[images.Count * images.ExampleSize];
        images.CopyExamples(0, images.Count, examples);
        return examples;
    }

    static string Share(int count, int of) => string.Create(CultureInfo.InvariantCulture, $"{100.0 * count / of:F1} %");

    int Right(float[] scores, int[]? wanted = null)
    {
        var right = 0;
        for (var i = 0; i < labels.Length; i++)
        {
            var row = scores.AsSpan(i * Classes, Classes);
            var best = 0;
            for (var k = 1; k < Classes; k++)
                if (row[k] > row[best]) best = k;
            if (best == (wanted ?? labels)[i]) right++;
        }
        return right;
    }

    /// <summary>The component of <see cref="Priors.GaussianMixture"/> under which a code is likeliest; all have one determinant.</summary>
    static int Component(double u, double v)
    {
        double Distance(int k)
        {
            var (sine, cosine) = Math.SinCos(2 * Math.PI * k / Classes);
            var (along, across) = (u * cosine + v * sine - 1.4, v * cosine - u * sine);
            return along * along / (0.5 * 0.5) + across * across / (0.05 * 0.05);
        }
        return Enumerable.Range(0, Classes).MinBy(Distance);
    }
}
