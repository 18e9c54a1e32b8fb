using System.CommandLine;
using System.Globalization;
using Zoo.Samples.Catalogue;
using Zoo.Samples.Data;
using Zoo.Samples.Pictures;
using Zoo.Samples.Progress;

namespace Zoo.Samples.CommandLine;

/// <summary>Draws samples of a trained model: a picture of them, or the numbers.</summary>
internal sealed class SampleCommand
{
    const int Images = 160, Points = 2500;

    static readonly string[] Formats = [ResultFile.Png, ResultFile.Npy, ResultFile.Csv];

    readonly ModelOptions options = new("Decides which samples: the same seed draws the same ones.");
    readonly Option<int?> countOption = new Option<int?>("--count")
    {
        Description = string.Create(CultureInfo.InvariantCulture, $"How many. Without it: {Images} images, or {Points} points."),
        HelpName = "N",
    }.Within(1, 10_000);
    readonly Option<int?> labelOption = new("--label")
    {
        Description = "The class of all samples, for models that are given one. Without it: as many of each class.", HelpName = "CLASS",
    };
    readonly Option<int?> conditionOption = new("--condition")
    {
        Description = "The test example, counted from 0, whose condition all samples are given, for models that are given one. Without "
            + "it: the first sample that of the first example, and so on.",
        HelpName = "N",
    };
    readonly Option<int?> gibbsStepsOption = new Option<int?>("--gibbs-steps")
    {
        Description = "Sweeps of every chain, for models that sample by chains. Without it: 1000.", HelpName = "N",
    }.Within(1, 10_000_000);
    readonly Option<string?> outOption = ResultFile.OutOption("the samples");
    readonly Option<string?> formatOption = ResultFile.FormatOption(Formats);

    public Command Command => new Command("sample", "Draw samples from a trained model: a picture of them, or the numbers.")
        { options.Argument }
        .With([.. options.All, countOption, labelOption, conditionOption, gibbsStepsOption, outOption, formatOption]).Does(Run);

    int Run(ParseResult arguments)
    {
        var (model, card) = options.Model(arguments, "sample", Capability.Sample, Capability.GibbsSample);
        using var device = options.Device(arguments, model);
        RequireFitting(arguments, model, card);
        var file = ResultFile.Open(model, "samples", arguments.GetValue(outOption), arguments.GetValue(formatOption), Formats);
        var view = model.Recipe.View;
        // Conditions come from the data, and so do the points that samples should lie among; images need none.
        var test = card.Condition > 0 || view.Shape is null ? options.Test(arguments, model) : null;
        if (test is not null) view = test.View;
        var (count, seed) = (arguments.GetValue(countOption) ?? (view.Shape is null ? Points : Images), options.Seed(arguments));
        var labels = LabelsOf(arguments, card, count);
        var conditions = ConditionsOf(arguments, card, test, ref count);

        using var loaded = options.Load(arguments, model, device);
        var samples = new float[count * card.Size];
        var sweeps = arguments.GetValue(gibbsStepsOption) ?? 1000;
        if (loaded is ISampler sampler) sampler.Sample(seed, labels, conditions, samples);
        else
        {
            var display = ProgressDisplay.ForThisConsole();
            display.Show([], PartOfWork.Length,
                () => ((IGibbsSampler)loaded).Sample(seed, sweeps, samples, new PartOfWork(display, "Gibbs sweeps")));
        }

        var source = loaded is IGibbsSampler ? string.Create(CultureInfo.InvariantCulture, $"by {sweeps:N0} Gibbs sweeps from noise")
            : arguments.GetValue(labelOption) is { } label ? string.Create(CultureInfo.InvariantCulture, $"of class {label}")
            : card.Classes > 0 ? "of every class"
            : card.Condition > 0 ? "given conditions of test examples"
            : "from the prior";
        if (file.Format != ResultFile.Png) file.WriteRows(samples, model.Card.Input, "x", labels);
        else file.Write(path => Draw(model.Name, loaded, samples, conditions, view, test, source, path));
        Console.WriteLine($"{file.Path}: {count} {view.Plural} drawn {source} with seed {seed}.");
        return ExitCode.Success;
    }

    void RequireFitting(ParseResult arguments, DeclaredModel model, CapabilityCard card)
    {
        void Refuse(bool isGiven, string option, string takes, Func<CapabilityCard, bool> fits)
        {
            if (!isGiven || fits(card)) return;
            static bool Samples(CapabilityCard any) => any.Capability is Capability.Sample or Capability.GibbsSample;
            var able = DeclaredModels.All.Where(other => other.Card.Capabilities.Any(any => Samples(any) && fits(any)))
                .Select(other => other.Name);
            throw new CommandException($"{option}: {model.Name} takes no {takes} to sample. Models that do: {string.Join(", ", able)}.");
        }

        Refuse(arguments.GetValue(labelOption) is not null, "--label", "label", other => other.Classes > 0);
        Refuse(arguments.GetValue(conditionOption) is not null, "--condition", "condition", other => other.Condition > 0);
        Refuse(arguments.GetValue(gibbsStepsOption) is not null, "--gibbs-steps", "sweeps",
            other => other.Capability == Capability.GibbsSample);
    }

    int[] LabelsOf(ParseResult arguments, CapabilityCard card, int count)
    {
        if (card.Classes == 0) return [];
        if (arguments.GetValue(labelOption) is not { } label)
            return [.. Enumerable.Range(0, count).Select(i => (int)((long)i * card.Classes / count))];
        return label >= 0 && label < card.Classes
            ? [.. Enumerable.Repeat(label, count)]
            : throw new CommandException($"--label: expected a number from 0 to {card.Classes - 1}, got {label}.");
    }

    float[] ConditionsOf(ParseResult arguments, CapabilityCard card, TestPart? test, ref int count)
    {
        if (card.Condition == 0) return [];
        float[] Of(int example) => test!.Conditions[(example * card.Condition)..((example + 1) * card.Condition)];
        if (arguments.GetValue(conditionOption) is not { } chosen)
        {
            count = Math.Min(count, test!.Count);
            return test.Conditions[..(count * card.Condition)];
        }
        return chosen >= 0 && chosen < test!.Count
            ? [.. Enumerable.Repeat(Of(chosen), count).SelectMany(condition => condition)]
            : throw new CommandException($"--condition: expected a test example from 0 to {test!.Count - 1}, got {chosen}.");
    }

    static void Draw(
        string name, IGenerativeModel model, float[] samples, float[] conditions, ExampleView view, TestPart? test, string source,
        string path)
    {
        if (view.Shape is { } shape)
        {
            var images = view.Drawn(samples, conditions);
            SamplesPicture.Save(images, shape, string.Create(CultureInfo.InvariantCulture,
                $"{images.Length / shape.Size:N0} samples {source}, after {model.Steps:N0} steps"), path, ImageScale.Of(shape));
            return;
        }
        var title = string.Create(CultureInfo.InvariantCulture, $"{name}: samples, after {model.Steps:N0} steps");
        if (view.Mixture is { } mixture) PointsPicture.Save(samples, mixture, mixture.Coverage(samples), title, path);
        else ScatterPicture.Save([("test points", test!.Examples), ("samples", samples)], test.Size, title, path);
    }
}
