using Zoo.Samples.CommandLine;
using Zoo.Samples.Data;
using Zoo.Samples.Pictures;

namespace Zoo.Samples.Training;

/// <summary>A conditional variational auto-encoder on images of garments, with its bound on test images after every epoch.</summary>
internal abstract class ConditionalGarmentRecipe<TModel>(Func<ulong, Device, TModel> create, int epochs)
    : Recipe<TModel>(create) where TModel : class, IGenerativeModel<TModel>
{
    public override string DefaultLength => $"{epochs} epochs";

    public override bool AugmentsImages => true;

    public override TrainingRun Open(TrainingSettings settings)
    {
        var length = ImageRun.Epochs(Name, settings) ?? epochs;
        var data = DataSource.Open(settings.Data, settings.SkipsUnreadable);
        var (model, _) = Open(settings, ratesOfCheckpoint: true);
        return Owning(model, vae =>
        {
            data.RequireFor(vae.BatchSize);
            Require(data);
            return new Run(this, vae, data, ImageRun.BatchesOf(vae, data, settings, Taking(data, vae.BatchSize)), length);
        });
    }

    public override TestPart OpenTest(string? data, bool skipsUnreadable, ulong seed)
    {
        var source = DataSource.Open(data, skipsUnreadable);
        source.RequireFor(Card.BatchSize);
        Require(source);
        return Test(source);
    }

    /// <summary>What the model takes of test images.</summary>
    protected virtual TestPart Test(DataSource data) => TestPart.Of(data);

    public override ExampleView View => new("images", DataSource.Garments);

    /// <summary>Checks that the images come with what the model is given.</summary>
    /// <exception cref="CommandException">They do not.</exception>
    protected virtual void Require(DataSource data) { }

    /// <summary>What the model takes of so many images at most.</summary>
    protected abstract TakeImages Taking(DataSource data, int most);

    /// <summary>Reconstruction, divergence and bound.</summary>
    protected abstract IReadOnlyList<double> Evaluate(TModel model, StepData data);

    /// <summary>Files, what each shows, and how it is drawn at a path.</summary>
    protected abstract IEnumerable<(string File, string What, Action<string> Save)> Pictures(TModel model, DataSource data);

    sealed class Run : VaeRun
    {
        readonly ConditionalGarmentRecipe<TModel> recipe;
        readonly TModel model;
        readonly DataSource data;
        readonly TakeImages take;
        readonly float[] images;
        readonly int[] labels;

        public Run(ConditionalGarmentRecipe<TModel> recipe, TModel model, DataSource data, ImageBatches batches, int epochs)
            : base(model, data, batches, epochs)
        {
            (this.recipe, this.model, this.data) = (recipe, model, data);
            take = recipe.Taking(data, data.Test.Count);
            images = new float[data.Test.Count * data.Test.ExampleSize];
            data.Test.CopyExamples(0, data.Test.Count, images);
            labels = [.. Enumerable.Range(0, data.Test.Count).Select(data.Test.Label)];
        }

        public override IReadOnlyList<double> Measure() => recipe.Evaluate(model, take(images, labels));

        public override IReadOnlyList<(string Path, string What)> Draw(IReadOnlyList<TrainingReport> reports, OutputFolder output)
        {
            var pictures = recipe.Pictures(model, data).ToList();
            if (reports.Count > 0)
                pictures.Add(("losses.png", BoundPlot.What,
                    path => BoundPlot.Save([.. reports.Select(report => (Epoch(report), report))], path)));
            foreach (var (file, _, save) in pictures) save(output.PathOf(file));
            return [.. pictures.Select(picture => (output.PathOf(picture.File), picture.What))];
        }
    }
}
