using System.Diagnostics;
using System.Globalization;
using Zoo.Models;
using Zoo.Samples.Data;
using Zoo.Samples.Figures;
using Zoo.Samples.Progress;
using Zoo.Samples.Training;

namespace Zoo.Samples.Experiments;

/// <summary>
/// What codes of adversarial auto-encoders are worth on images that they were not trained on: how far they are from the prior, whether they
/// lie in their own component, whether the label decides what a style model draws, and what few labels are worth. All learning rates
/// fall in a straight line to 0. What was measured is kept in the folder and not done again.
/// </summary>
/// <param name="data">Images; labels of the test images are for measuring alone.</param>
/// <param name="epochs">Of every adversarial auto-encoder; of the semi-supervised one at most 10.</param>
/// <param name="seed">Of first weights, noise and batches.</param>
/// <param name="folder">For results.</param>
/// <param name="device">Where they run.</param>
internal sealed class RegularisationExperiment(DataSource data, int epochs, ulong seed, string folder, Device device)
{
    public const int Classes = 10;

    /// <summary>Labels that the semi-supervised model is told.</summary>
    public const int Labelled = 100;

    // Where a label decides the part of the prior, one image in so many has one (Makhzani et al. 2016, section 2.3, has one in five): were
    // it all of them, those whose class the encoder cannot tell would lie between two parts and outside of the prior.
    public const int LabelsOneIn = 10;

    // Of FashionStyleAae's code.
    const int StyleSize = 4;

    /// <summary>How many figures there are.</summary>
    public const int Figures = 7;

    const int ClassifierEpochs = 10;

    // Of the semi-supervised model at most: longer, it learns the few by heart.
    const int MostFewLabelEpochs = 10;

    // Steps on all of the few labels at once: past where the training accuracy is 1.
    const int FewLabelSteps = 500;

    const int LinearSteps = 2000;

    // Numbers of codes compared grow time with their square.
    const int MostCompared = 2000;
    const int Floors = 5;

    static readonly double[] Widths = [0.1, 0.3, 1, 3];

    readonly float[] test = PlaneCodes.Examples(data.Test);
    readonly int[] labels = [.. Enumerable.Range(0, data.Test.Count).Select(data.Test.Label)];
    readonly ResultLines<RegularisationResult> results =
        new(Path.Combine(folder, "results.jsonl"), RegularisationResultJson.Default.RegularisationResult);
    long done;

    public string DataName => string.Create(CultureInfo.InvariantCulture,
        $"{data.Name}: {data.Training.Count:N0} training images, {data.Test.Count:N0} test images");

    /// <summary>Steps of all trainings together.</summary>
    public long Length => 4 * Trained + (long)ClassifierEpochs * Batches + FewLabelsTrained + 2 * FewLabelSteps;

    /// <summary>On the clock, of all that is measured, whenever that was.</summary>
    public double Seconds { get; private set; }

    int Batches => data.Training.Count / 100;

    // Steps of every adversarial auto-encoder, and of the semi-supervised one.
    long Trained => (long)epochs * Batches;

    long FewLabelsTrained => (long)Math.Min(epochs, MostFewLabelEpochs) * Batches;

    /// <summary>The figures in the order in which they are told; fewer than <see cref="Figures"/> where it was told to stop.</summary>
    public IReadOnlyList<CodeFigure> Run(IProgressDisplay display, CancellationToken stop)
    {
        List<CodeFigure> all = [], figures = [];
        (string Part, long Steps, Func<IGenerativeModel> Fresh, ModelCard Card, Action Measure)[] parts =
        [
            ("Gaussian", Trained, () => new GaussianCodes(seed, device), GaussianCodes.Card, Gaussian),
            ("flower", Trained, () => new FlowerCodes(seed, device), FlowerCodes.Card, Flower),
            ("roll", Trained, () => new RollCodes(seed, device), RollCodes.Card, Roll),
            ("style", Trained + (long)ClassifierEpochs * Batches, () => new FashionStyleAae(seed, device), FashionStyleAae.Card, Style),
            ("few labels", FewLabelsTrained + 2 * FewLabelSteps, () => new FewLabelCodes(seed, device), FewLabelCodes.Card, FewLabels),
        ];
        foreach (var (part, steps, create, card, measure) in parts)
        {
            figures.Clear();
            string settings;
            using (var fresh = create()) settings = ModelSettings.Of(fresh, card);
            var wanted = new RegularisationResult(part, seed, epochs, DataName, settings, [], 0);
            if (results.Find(result => result.Key == wanted.Key) is { } known)
            {
                done += steps;
                Seconds += known.Seconds;
                foreach (var figure in known.Figures) Show(figure, " (known)");
                all.AddRange(known.Figures);
                continue;
            }
            var started = Stopwatch.GetTimestamp();
            measure();
            if (stop.IsCancellationRequested) return all;
            var took = Stopwatch.GetElapsedTime(started).TotalSeconds;
            Seconds += took;
            results.Add(wanted with { Figures = [.. figures], Seconds = took });
            all.AddRange(figures);
        }
        return all;

        void Show(CodeFigure figure, string note) => display.Line($"{figure.What}: {figure.Value} ({figure.Beside}){note}");

        void Tell(string what, string value, string beside)
        {
            var figure = new CodeFigure(what, value, beside);
            figures.Add(figure);
            if (!stop.IsCancellationRequested) Show(figure, "");
        }

        void Train(IGenerativeModel model, ITrainingBatches batches, long steps)
        {
            using var owned = batches;
            var losses = new float[model.LossNames.Length];
            var rates = new LearningRates(model);
            while (model.Steps < steps && !stop.IsCancellationRequested)
            {
                rates.Decay(model.Steps, steps);
                var batch = batches.Next();
                model.Step(batch.Examples, batch.Labels, default, losses);
                display.At(++done, () => $"{model.GetType().Name}  "
                    + string.Join("  ", losses.Select(l => l.ToString("F3", CultureInfo.InvariantCulture))));
            }
        }

        ImageBatches WithLabels() => new(data.Training, 100, seed, (images, given) => new(images, given));

        PartlyLabelledBatches WithSomeLabels() => PartlyLabelledBatches.OneIn(LabelsOneIn, data.Training, 100, seed, Classes);

        void Gaussian()
        {
            using var model = new GaussianCodes(seed, device);
            Train(model, new ImageBatches(data.Training, 100, seed), Trained);
            var z = new float[2 * labels.Length];
            model.Encode(test, z);
            Discrepancy("N(0, I)", z, (draw, room) => model.SampleCodes(draw, room));
        }

        void Flower()
        {
            using var model = new FlowerCodes(seed, device);
            Train(model, WithSomeLabels(), Trained);
            var z = new float[2 * labels.Length];
            model.Encode(test, z);
            Discrepancy("ten Gaussians", z, (draw, room) => model.SampleCodes(draw, Shown(room), room));

            var known = new float[2 * data.Training.Count];
            model.Encode(PlaneCodes.Examples(data.Training), known);
            using var linear = new CodeClassifier(seed, device);
            var rates = new LearningRates(linear);
            for (var step = 0; step < LinearSteps; step++)
            {
                rates.Decay(step, LinearSteps);
                var first = step * 100 % (data.Training.Count - 99);
                linear.Step(known.AsSpan(2 * first, 200), [.. Enumerable.Range(first, 100).Select(data.Training.Label)]);
            }
            var logits = new float[Classes * labels.Length];
            linear.RunClassify(z, logits);
            bool IsOwn(int i) => Component(z[2 * i], z[2 * i + 1]) == labels[i];
            int[] told = [.. Enumerable.Range(0, labels.Length).Where(i => Best(logits, i) == labels[i])];
            Tell("test codes in the component of their class", Share(Enumerable.Range(0, labels.Length).Count(IsOwn), labels.Length),
                $"a linear classifier of the same codes: {Share(told.Length, labels.Length)}");
            Tell("of the test codes whose class that classifier tells, in the component of their class",
                Share(told.Count(IsOwn), told.Length), "wanted: 90 %");
        }

        void Roll()
        {
            using var model = new RollCodes(seed, device);
            Train(model, WithSomeLabels(), Trained);
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
            Train(model, WithLabels(), Trained);
            using var classifier = new GarmentClassifier(seed + 1, device);
            Train(classifier, WithLabels(), (long)ClassifierEpochs * Batches);
            var logits = new float[Classes * labels.Length];
            classifier.RunClassify(test, logits);
            var ofImages = Share(Right(logits), labels.Length);

            var (z, drawn) = (new float[StyleSize * labels.Length], new float[test.Length]);
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
            var logits = new float[Classes * labels.Length];
            var few = PartlyLabelledBatches.FirstOfEach(data.Training, Labelled, Classes);

            int Alone<TClassifier>(TClassifier classifier, Action<TClassifier> classify) where TClassifier : IGenerativeModel
            {
                using var owned = classifier;
                Train(classifier, new ImageBatches(few, 100, seed, (images, given) => new(images, given)), FewLabelSteps);
                classify(classifier);
                return Right(logits);
            }

            var alone = Alone(new GarmentClassifier(seed, device), classifier => classifier.RunClassify(test, logits));
            var withDropout = Alone(new DropoutClassifier(seed, device), classifier => classifier.RunClassify(test, logits));

            using var model = new FewLabelCodes(seed, device);
            Train(model, new PartlyLabelledBatches(data.Training, 100, seed, Labelled, Classes, 50), FewLabelsTrained);
            model.Classify(test, logits);
            Tell($"test images classified with {Labelled} labels", Share(Right(logits), labels.Length),
                $"a classifier trained on those alone: {Share(alone, labels.Length)}, with dropout {Share(withDropout, labels.Length)}");
        }
    }

    delegate void DrawCodes(ulong seed, Span<float> codes);

    static string Share(int count, int of) => string.Create(CultureInfo.InvariantCulture, $"{100.0 * count / of:F1} %");

    int Right(float[] scores, int[]? wanted = null)
    {
        var right = 0;
        for (var i = 0; i < labels.Length; i++)
            if (Best(scores, i) == (wanted ?? labels)[i]) right++;
        return right;
    }

    static int Best(float[] scores, int row)
    {
        var best = 0;
        for (var k = 1; k < Classes; k++)
            if (scores[row * Classes + k] > scores[row * Classes + best]) best = k;
        return best;
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
