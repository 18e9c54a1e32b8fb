namespace Zoo.Samples.Tables;

/// <summary>How much a table asks for.</summary>
/// <param name="IsFull">As much as the paper has, or as is worth waiting hours for; otherwise minutes.</param>
/// <param name="Seeds">Trainings from the seeds 1 to so many; null for what the table has.</param>
/// <param name="Steps">Of every training, in place of the table's own; or null.</param>
/// <param name="Data">What <c>--data</c> names, or null.</param>
/// <param name="Folder">Where results are kept.</param>
internal sealed record TableScale(bool IsFull, int? Seeds, long? Steps, string? Data, string Folder);

/// <summary>Numbers that somebody has published, or that follow from a formula, each reached here at a stated scale.</summary>
internal abstract class PublishedTable
{
    /// <summary>What the command calls it.</summary>
    public abstract string Name { get; }

    /// <summary>What it is, for help.</summary>
    public abstract string Purpose { get; }

    /// <summary>Above the names of its rows.</summary>
    public abstract string Heading { get; }

    /// <summary>Whether it is of images that <c>--data</c> can name.</summary>
    public virtual bool IsOfImages => false;

    /// <summary>Trainings of a row without an option.</summary>
    public virtual int Seeds => 5;

    public abstract IReadOnlyList<TableColumn> Columns { get; }

    /// <summary>What is trained and measured at this scale, in a sentence or two: it stands under the table.</summary>
    public abstract string Protocol(TableScale scale);

    /// <summary>What is to be done, in order; one row's trials follow each other.</summary>
    /// <exception cref="CommandLine.CommandException">The scale does not fit.</exception>
    public abstract IReadOnlyList<Trial> Trials(TableScale scale);

    /// <summary>Rows beside ours, each with its source.</summary>
    public virtual IReadOnlyList<PublishedRow> Published => [];

    /// <summary>The seeds of a row.</summary>
    protected IEnumerable<ulong> SeedsOf(TableScale scale) => Enumerable.Range(1, scale.Seeds ?? Seeds).Select(seed => (ulong)seed);
}

/// <summary>A number that trials come to.</summary>
/// <param name="Key">In results, in snake case.</param>
/// <param name="Heading">Above it.</param>
/// <param name="Format">Of a number.</param>
internal sealed record TableColumn(string Key, string Heading, string Format = "F2");

/// <summary>A row that others have published.</summary>
/// <param name="Name">What it is of.</param>
/// <param name="Source">Where it stands.</param>
/// <param name="Cells">By the key of a column, as text.</param>
internal sealed record PublishedRow(string Name, string Source, IReadOnlyDictionary<string, string> Cells);

/// <summary>One training, or one thing that is measured.</summary>
/// <param name="Row">The row that it belongs to.</param>
/// <param name="Seed">Of everything.</param>
/// <param name="Settings">All else that its result depends on: with others, a kept result is another's.</param>
/// <param name="Length">Steps, for the bar.</param>
/// <param name="Run">Does it: numbers by the keys of columns, or null where it was told to stop.</param>
internal sealed record Trial(
    string Row, ulong Seed, string Settings, long Length, Func<TrialWork, IReadOnlyDictionary<string, double>?> Run);
