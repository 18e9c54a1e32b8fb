using System.Globalization;
using Zoo.Samples.CommandLine;
using Zoo.Samples.Data;

namespace Zoo.Samples.Training;

/// <summary>A model, what it is trained on and how far, what is told and drawn of it: what a recipe makes of the command line.</summary>
internal abstract class TrainingRun(IGenerativeModel model, ITrainingBatches batches, long stepsPerReport, long steps) : IDisposable
{
    public IGenerativeModel Model => model;

    public ITrainingBatches Batches => batches;

    /// <summary>Steps between two lines of the table.</summary>
    public long StepsPerReport => stepsPerReport;

    /// <summary>The model's steps at which training ends.</summary>
    public long Steps => steps;

    /// <summary>What an example is, in the plural.</summary>
    public abstract string Examples { get; }

    /// <summary>What numbers the examples may hold.</summary>
    public virtual DataRange Range => DataRange.Finite;

    /// <summary>Whether batches are looked at before they are trained on.</summary>
    public bool ChecksData { get; set; } = true;

    /// <summary>Lines said before training: the data, and what the numbers mean.</summary>
    public abstract IEnumerable<string> Introduction { get; }

    /// <summary>A line above the headers, or null.</summary>
    public virtual string? Groups => null;

    public abstract IReadOnlyList<Column> Columns { get; }

    public IEnumerable<string> Heading
    {
        get
        {
            if (Groups is { } groups) yield return groups;
            yield return string.Join(' ', Columns.Select(column => column.Header.PadLeft(column.Width)));
        }
    }

    /// <summary>How far a model of so many steps is, for a person.</summary>
    public abstract string Progress(long steps);

    /// <summary>Where a model of so many steps was stopped.</summary>
    public abstract string Interruption(long steps);

    /// <summary>How much so many steps are, in the unit in which the length was asked for.</summary>
    public abstract string Amount(long steps);

    /// <summary>The option that says how long.</summary>
    public abstract string LengthOption { get; }

    public string Row(TrainingReport report) => string.Join(' ', Columns.Select(column => column.Text(report).PadLeft(column.Width)));

    /// <summary>What stands beside the bar.</summary>
    public virtual string Status(ReadOnlySpan<float> losses)
    {
        var text = Progress(model.Steps);
        for (var i = 0; i < losses.Length; i++)
        {
            if (float.IsFinite(losses[i])) text += string.Create(CultureInfo.InvariantCulture, $"  {model.LossNames[i]} {losses[i]:F3}");
        }
        return text;
    }

    /// <summary>Called before every step and after the last, the model between two steps.</summary>
    public virtual void Watch() { }

    /// <summary>Measured at the end of a report.</summary>
    public virtual IReadOnlyList<double> Measure() => [];

    /// <summary>Draws the pictures, and says of each file what it shows.</summary>
    public abstract IReadOnlyList<(string Path, string What)> Draw(IReadOnlyList<TrainingReport> reports, OutputFolder output);

    public void Dispose()
    {
        batches.Dispose();
        model.Dispose();
    }

    /// <summary>A column for each loss of the model.</summary>
    protected IEnumerable<Column> LossColumns()
    {
        for (var i = 0; i < model.LossNames.Length; i++)
        {
            var (index, name) = (i, model.LossNames[i]);
            yield return new Column(name, Math.Max(11, name.Length + 1), report => Number(report.Losses[index], "F4"));
        }
    }

    /// <summary>Losses by report, for a plot.</summary>
    protected IEnumerable<(string Name, double[] Values)> LossSeries(IReadOnlyList<TrainingReport> reports)
    {
        for (var i = 0; i < model.LossNames.Length; i++)
        {
            var index = i;
            yield return (model.LossNames[i], [.. reports.Select(report => report.Losses[index])]);
        }
    }

    // A phase that was not due leaves no number.
    protected static string Number(double value, string format) =>
        double.IsNaN(value) ? "–" : value.ToString(format, CultureInfo.InvariantCulture);

    protected static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
