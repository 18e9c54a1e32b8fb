using System.Globalization;
using Zoo.Samples.CommandLine;
using Zoo.Samples.Data;
using Zoo.Samples.Pictures;
using Zoo.Samples.Progress;
using Zoo.Samples.Training;

namespace Zoo.Samples.Figures;

/// <summary>How long a figure's models are trained.</summary>
/// <param name="IsFull">As long as the recipes take; otherwise a few minutes.</param>
/// <param name="Epochs">In place of either, for models of images; or null.</param>
/// <param name="Steps">In place of either, for models of points; or null.</param>
internal readonly record struct FigureLength(bool IsFull, int? Epochs, long? Steps)
{
    public override string ToString() => (IsFull ? "full length" : "quick length")
        + (Epochs is { } epochs ? string.Create(CultureInfo.InvariantCulture, $", {epochs} epochs") : "")
        + (Steps is { } steps ? string.Create(CultureInfo.InvariantCulture, $", {steps} steps") : "");
}

/// <summary>
/// Where a figure is made: trains models, keeps them in the figure's folder, so that a command that was stopped goes on where it was, and
/// gathers the files.
/// </summary>
/// <param name="data">What <c>--data</c> names, or null.</param>
/// <param name="length">How long models are trained.</param>
/// <param name="folder">For checkpoints and pictures.</param>
/// <param name="seed">Of first weights, noise and batches.</param>
/// <param name="device">Where models run.</param>
/// <param name="stop">Ends training between two steps.</param>
internal sealed class FigureStudio(
    string? data, FigureLength length, string folder, ulong seed, Device device, CancellationToken stop) : IDisposable
{
    readonly OutputFolder output = Open(folder, data, length, seed);
    readonly List<(string Path, string What)> files = [];
    readonly List<IDisposable> owned = [];

    /// <summary>Images to train on and to draw; opened when first asked for.</summary>
    public DataSource Images => field ??= DataSource.Open(data, skipUnreadable: false);

    public Device Device => device;

    public ulong Seed => seed;

    /// <summary>What was drawn, with what each file shows.</summary>
    public IReadOnlyList<(string Path, string What)> Files => files;

    public OutputFolder Folder => output;

    /// <summary>A picture that somebody else has drawn.</summary>
    public void Drawn(string path, string what) => files.Add((path, what));

    /// <summary>Where the next picture goes.</summary>
    public string Add(string name, string what)
    {
        var path = output.PathOf(name);
        files.Add((path, what));
        return path;
    }

    /// <summary>A drawing of what a model's training and sampling are made of.</summary>
    public void AddStructure(ModelCard card) => StructurePicture.Save(card, Add("structure.svg", StructurePicture.What));

    /// <summary>Epochs of a model of images.</summary>
    public int Epochs(int quick, int full) => length.Epochs ?? (length.IsFull ? full : quick);

    /// <summary>Steps of a model of points.</summary>
    public long Steps(long quick, long full) => length.Steps ?? (length.IsFull ? full : quick);

    /// <summary>Trains a declared model by its recipe.</summary>
    /// <param name="recipe">How.</param>
    /// <param name="epochs">For models of images.</param>
    /// <param name="steps">For models of points.</param>
    /// <param name="watch">Sees the run before it begins.</param>
    /// <param name="points">The mixture, for models of points.</param>
    /// <param name="isKept">
    /// Whether a checkpoint is kept and gone on from; not where moments of the training are drawn, which would then be missing.
    /// </param>
    public (TrainingRun Run, IReadOnlyList<TrainingReport> Reports) Train(
        Recipe recipe, int? epochs = null, long? steps = null, Action<TrainingRun>? watch = null, string? points = null, bool isKept = true)
    {
        var saved = output.PathOf(recipe.CheckpointName);
        var resume = isKept && File.Exists(saved) ? saved : null;
        var run = recipe.Open(new(seed, device, recipe.CountsSteps ? points : data, epochs, steps, null, resume));
        owned.Add(run);
        watch?.Invoke(run);
        return (run, Train(run, recipe.Name, isKept ? saved : null));
    }

    /// <summary>Trains a declared model by its recipe and draws what the recipe draws, in a folder of the model's name.</summary>
    public void TrainAndDraw(Recipe recipe, int? epochs = null, long? steps = null)
    {
        var (run, reports) = Train(recipe, epochs, steps);
        files.AddRange(run.Draw(reports, OutputFolder.Open(output.PathOf(Path.GetFileNameWithoutExtension(recipe.CheckpointName)))));
    }

    /// <summary>Trains a model of images that has no recipe: rates fall in a straight line to 0.</summary>
    /// <param name="create">Makes it.</param>
    /// <param name="epochs">How long.</param>
    /// <param name="takesLabels">Whether its batches have labels.</param>
    public T Train<T>(Func<ulong, Device, T> create, int epochs, bool takesLabels = false) where T : class, IGenerativeModel<T>
    {
        var saved = output.PathOf($"{typeof(T).Name}.safetensors");
        var declared = create(seed, device);
        owned.Add(declared);
        var (model, rates) = (declared, new LearningRates(declared));
        if (File.Exists(saved))
        {
            model = T.Load(saved, device);
            owned.Add(model);
            rates = rates.For(model);
        }
        Images.RequireFor(model.BatchSize);
        if (takesLabels) Images.RequireLabels(10);
        TakeImages? take = takesLabels ? static (images, labels) => new(images, labels) : null;
        var batches = new ImageBatches(Images.Training, model.BatchSize, seed, take);
        owned.Add(batches);
        Train(new CodesRun(model, Images, batches, rates, epochs), typeof(T).Name, saved);
        return model;
    }

    /// <summary>The folder, unless what it keeps was trained on something else, which a figure would then show without a word.</summary>
    static OutputFolder Open(string folder, string? data, FigureLength length, ulong seed)
    {
        var opened = OutputFolder.Open(folder);
        var path = opened.PathOf("settings.txt");
        var settings = string.Create(CultureInfo.InvariantCulture, $"seed {seed}, data {data ?? "built in"}, {length}");
        if (File.Exists(path) && File.ReadAllText(path).TrimEnd() is var kept && kept != settings)
            throw new CommandException(
                $"--out: '{folder}' has what was trained with {kept}, and {settings} is asked for; give another folder, or delete it.");
        File.WriteAllText(path, settings + "\n");
        return opened;
    }

    public void Dispose()
    {
        foreach (var each in owned) each.Dispose();
    }

    List<TrainingReport> Train(TrainingRun run, string name, string? saved)
    {
        var reports = new List<TrainingReport>();
        if (run.Model.Steps >= run.Steps) return reports;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Training {name}, {run.Amount(run.Steps)}."));
        var display = ProgressDisplay.ForThisConsole();
        var finished = false;
        display.Show(run.Heading, run.Steps, () => finished = new TrainingLoop(run).Run(display, reports.Add, stop));
        if (saved is not null) run.Model.Save(saved);
        Console.WriteLine();
        if (!finished) throw new OperationCanceledException(stop);
        return reports;
    }

    /// <summary>A run over images of which nothing but the model is wanted.</summary>
    sealed class CodesRun : ImageRun
    {
        readonly LearningRates rates;

        public CodesRun(IGenerativeModel model, DataSource data, ImageBatches batches, LearningRates rates, int epochs)
            : base(model, data, batches, epochs)
        {
            this.rates = rates;
            Columns = [EpochColumn, .. LossColumns(), SpeedColumn];
        }

        public override IReadOnlyList<Column> Columns { get; }

        public override void Watch() => rates.Decay(Math.Min(Model.Steps, Steps - 1), Steps);

        public override IReadOnlyList<(string Path, string What)> Draw(IReadOnlyList<TrainingReport> reports, OutputFolder output) => [];
    }
}
