using Zoo.Models;
using Zoo.Samples.Data;
using Zoo.Samples.Experiments;
using static System.FormattableString;

namespace Zoo.Samples.Tables;

/// <summary>scikit-learn's example of a machine on digits: the curve of the pseudo-likelihood, and what its features are worth.</summary>
internal sealed class DigitsTable : PublishedTable
{
    const int Iterations = 10, Classes = 10;

    // Weights of the examples beside the penalty, as the example has them.
    const double OfFeatures = 6000, OfPixels = 100;

    // Of logistic regression: the largest partial derivative.
    const double Tolerance = 1e-5;
    const int MostIterations = 20_000;

    public override string Name => "digits";

    public override string Purpose =>
        "scikit-learn's example: pseudo-likelihood of a machine on digits, and logistic regression on its features.";

    public override string Heading => "digits of 8 × 8 pixels";

    public override int Seeds => 1;

    public override IReadOnlyList<TableColumn> Columns { get; } =
    [
        .. Enumerable.Range(1, Iterations).Select(i => new TableColumn(Iteration(i), Invariant($"{i}"))),
        new("features", "features, %", "F1"), new("pixels", "pixels, %", "F1"),
    ];

    public override string Protocol(TableScale scale) =>
        "log pseudo-likelihood of one bit a row of the training digits after each iteration (100 hidden units, ten persistent chains, rate "
            + "0.06, digits and their four shifts by a pixel, one fifth for the test), and the test digits that logistic regression tells, "
            + "trained until it has converged (C = 6000 for features, 100 for pixels as in the example).";

    public override IReadOnlyList<PublishedRow> Published { get; } =
    [
        new("BernoulliRBM", "scikit-learn 0.22, its example",
            Cells("−25.39 −23.77 −22.94 −21.91 −21.69 −21.06 −20.89 −20.64 −20.36 −20.09 93 78")),
    ];

    static Dictionary<string, string> Cells(string numbers) =>
        Enumerable.Range(1, Iterations).Select(Iteration).Append("features").Append("pixels").Zip(numbers.Split(' '))
            .ToDictionary(pair => pair.First, pair => pair.Second);

    static string Iteration(int i) => Invariant($"iteration_{i}");

    public override IReadOnlyList<Trial> Trials(TableScale scale)
    {
        string settings;
        using (var fresh = new DigitsRbm(0, Device.Cpu)) settings = ModelSettings.Of(fresh, DigitsRbm.Card);
        var (digits, labels) = DigitImages.Load();
        var steps = scale.Steps ?? (long)Iterations * (5 * labels.Length * 4 / 5 / DigitsRbm.Card.BatchSize);
        settings = Invariant($"{settings} steps={steps}");
        return
        [
            .. SeedsOf(scale).Select(seed =>
                new Trial(DigitsRbm.Card.Name, seed, settings, steps, work => Run(work, digits, labels, steps))),
        ];
    }

    static Dictionary<string, double>? Run(TrialWork work, float[] digits, IReadOnlyList<int> labels, long steps)
    {
        var shifted = new List<(float[] Image, int Label)>();
        foreach (var (down, right) in new[] { (0, 0), (0, 1), (0, -1), (1, 0), (-1, 0) })
            foreach (var (image, label) in digits.Chunk(64).Zip(labels))
            {
                float Pixel(int row, int column) => row is >= 0 and < 8 && column is >= 0 and < 8 ? image[row * 8 + column] : 0;
                shifted.Add(([.. Enumerable.Range(0, 64).Select(i => Pixel(i / 8 + down, i % 8 + right))], label));
            }
        var all = shifted.ToArray();
        new Random(0).Shuffle(all);
        var count = all.Length * 4 / 5;
        float[] Images(IEnumerable<(float[] Image, int)> part) => [.. part.SelectMany(p => p.Image)];
        int[] Labels(IEnumerable<(float[], int Label)> part) => [.. part.Select(p => p.Label)];
        var (training, test) = (Images(all[..count]), Images(all[count..]));
        var (trainingLabels, testLabels) = (Labels(all[..count]), Labels(all[count..]));

        var values = new Dictionary<string, double>();
        using var machine = new DigitsRbm(work.Seed, work.Device);
        using var batches = new FloatBatches(training, 64, machine.BatchSize, work.Seed);
        for (var iteration = 1; iteration <= Iterations; iteration++)
        {
            if (!work.Train(machine, batches, steps * iteration / Iterations)) return null;
            values.Add(Iteration(iteration), machine.PseudoLogLikelihood(work.Seed, training));
        }

        double Accuracy(float[] x, float[] y, int size, double penalty) => 100 * LogisticRegression
            .Fit(x, trainingLabels, size, Classes, penalty, Tolerance, MostIterations, work.Threads).Accuracy(y, testLabels);
        var hidden = DigitsRbm.Card.Capabilities.First(card => card.Capability == Capability.Encode).Size;
        float[] ofTraining = new float[count * hidden], ofTest = new float[testLabels.Length * hidden];
        machine.Encode(training, ofTraining);
        machine.Encode(test, ofTest);
        values.Add("features", Accuracy(ofTraining, ofTest, hidden, OfFeatures));
        values.Add("pixels", Accuracy(training, test, 64, OfPixels));
        return values;
    }
}
