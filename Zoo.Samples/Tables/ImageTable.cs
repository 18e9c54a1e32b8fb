using Zoo.Samples.Data;
using Zoo.Samples.Training;
using static System.FormattableString;

namespace Zoo.Samples.Tables;

/// <summary>How much is asked of a model of images.</summary>
/// <param name="Epochs">Of training; null for what its recipe has.</param>
/// <param name="Limit">Of training, whichever comes first; null for none.</param>
/// <param name="Weighed">Test images whose likelihood is estimated.</param>
/// <param name="Samples">Importance samples of an image.</param>
/// <param name="Coded">Training images whose codes are classified.</param>
/// <param name="Drawn">Images that it makes.</param>
/// <param name="Sweeps">Of a machine's chains from noise, and temperatures for its log Z.</param>
internal sealed record ImageEffort(int? Epochs, TimeSpan? Limit, int Weighed, int Samples, int Coded, int Drawn, int Sweeps);

/// <summary>
/// Every declared model of garments, trained for as long as each other: its bound, its likelihood, what its codes know of classes, and how
/// far its images are from those of the test.
/// </summary>
internal sealed class ImageTable : PublishedTable
{
    const int Classes = 10, ClassifierEpochs = 5;

    public override string Name => "images";

    public override string Purpose =>
        "Every model of garments: ELBO, log-likelihood, accuracy by codes, Fréchet distance, precision, recall.";

    public override string Heading => "garments";

    public override bool IsOfImages => true;

    public override int Seeds => 1;

    public override IReadOnlyList<TableColumn> Columns { get; } =
    [
        new("epochs", "epochs", "F1"), new("elbo", "ELBO"), new("log_likelihood", "log p"), new("codes", "classes by codes, %", "F1"),
        new("frechet", "Fréchet"), new("precision", "precision, %", "F1"), new("recall", "recall, %", "F1"),
    ];

    static ImageEffort Of(TableScale scale) => scale.Steps is not null ? new(1, null, 10, 2, 300, 200, 20)
        : scale.IsFull ? new(null, null, 10_000, 5000, 60_000, 10_000, 10_000)
        : new(10, TimeSpan.FromMinutes(2), 1000, 500, 10_000, 10_000, 1000);

    public override string Protocol(TableScale scale)
    {
        var effort = Of(scale);
        var length = scale.Steps is { } steps ? Invariant($"{steps:N0} steps")
            : effort is { Epochs: { } epochs, Limit: { } limit }
                ? Invariant($"{epochs} epochs or {limit.TotalMinutes:F0} minutes of each thread's processor time, whichever ")
                    + "ends first"
            : "as long as its recipe says";
        return Invariant($"Each is trained by its recipe, {length}. ELBO: nats a test image. log p: importance sampling ")
            + Invariant($"with the encoder, {effort.Samples:N0} samples, of the first {effort.Weighed:N0} test images; of the ")
            + Invariant($"machine with log Z by {ImageTrial.Chains} chains of {effort.Sweeps:N0} temperatures. Grey ")
            + "pixels under a Bernoulli likelihood have no probability, so these compare such models with each other alone: the machine's "
            + "images are binarised, the Gaussian VAE has a density, and of the quadrant's model it is three quarters of an image. Classes "
            + "by codes: test images that logistic regression tells by codes, trained on those of "
            + Invariant($"{effort.Coded:N0} training images. Fréchet distance of {effort.Drawn:N0} images from the test ")
            + "images, and precision and recall (k = 3) of 5,000, by the 64 features of a classifier that the command trains; never beside "
            + "Inception's. The first row has that classifier's own accuracy.";
    }

    public override IReadOnlyList<Trial> Trials(TableScale scale)
    {
        var data = DataSource.Open(scale.Data, skipUnreadable: false);
        Recipe[] recipes = [.. RecipeBook.All.Where(recipe => !recipe.CountsSteps && recipe.View.Shape == DataSource.Garments)];
        data.RequireFor(recipes.Max(recipe => recipe.Card.BatchSize));
        data.RequireLabels(Classes);
        var effort = Of(scale);
        ImageFeatures? features = null;
        var classifierSteps = scale.Steps ?? (long)ClassifierEpochs * (data.Training.Count / GarmentFeatures.Card.BatchSize);
        var settings = Invariant($"{data.Name}, {data.Training.Count} images, {scale.Steps} steps, {effort}");

        Trial With(
            string row, ulong seed, string model, long length, Func<TrialWork, ImageFeatures, IReadOnlyDictionary<string, double>?> run) =>
            new(row, seed, model + settings, length, work =>
            {
                features ??= ImageFeatures.Of(data, scale.Folder, classifierSteps, work);
                return features is null ? null : run(work, features);
            });

        var trials = new List<Trial>();
        foreach (var seed in SeedsOf(scale))
        {
            trials.Add(With("training images, for comparison", seed, "", classifierSteps, (work, seen) =>
            {
                var images = new float[Math.Min(effort.Drawn, data.Training.Count) * data.Training.ExampleSize];
                data.Training.CopyExamples(0, images.Length / data.Training.ExampleSize, images);
                var values = seen.Compare(images, work.Threads);
                values["codes"] = 100 * seen.Accuracy;
                return values;
            }));
            foreach (var recipe in recipes)
            {
                var trial = new ImageTrial(recipe, data, scale, effort);
                var model = Invariant($"{recipe.Card.Parameters} parameters, ");
                trials.Add(With(recipe.Name, seed, model, trial.Length, trial.Run));
                if (recipe != RecipeBook.Default) continue;
                var codes = new CodeSamplerTrial(data, scale, effort);
                trials.Add(With($"{recipe.Name}, codes of ten Gaussians", seed, model, codes.Length, codes.RunWithMixture));
                trials.Add(With($"{recipe.Name}, codes of a second VAE", seed, model, codes.Length, codes.RunWithSecondStage));
            }
        }
        return trials;
    }
}
