using System.CommandLine;
using System.Globalization;
using Zoo.Samples.Catalogue;
using Zoo.Samples.Data;
using Zoo.Samples.Pictures;

namespace Zoo.Samples.CommandLine;

/// <summary>Draws test examples beside what a model makes of their codes, or writes the numbers.</summary>
internal sealed class ReconstructCommand
{
    const int Images = 48, Points = 2500;

    static readonly string[] Formats = [ResultFile.Png, ResultFile.Npy, ResultFile.Csv];

    readonly ModelOptions options = new("Decides draws of an encoder that draws, and data that is drawn: give that of the training.");
    readonly Option<int?> countOption = new Option<int?>("--count")
    {
        Description = string.Create(CultureInfo.InvariantCulture,
            $"How many, the first of the test examples. Without it: {Images} images, or {Points} points."),
        HelpName = "N",
    }.Within(1, 10_000);
    readonly Option<string?> outOption = ResultFile.OutOption("the reconstructions");
    readonly Option<string?> formatOption = ResultFile.FormatOption(Formats);

    public Command Command =>
        new Command("reconstruct", "Draw test examples above what a trained model makes of their codes, or write the numbers.")
            { options.Argument }
            .With([.. options.All, countOption, outOption, formatOption]).Does(Run);

    int Run(ParseResult arguments)
    {
        var (model, card) = options.Model(arguments, "reconstruct", Capability.Reconstruct);
        using var device = options.Device(arguments, model);
        var file = ResultFile.Open(model, "reconstructed", arguments.GetValue(outOption), arguments.GetValue(formatOption), Formats);
        var all = options.Test(arguments, model);
        var test = all.First(arguments.GetValue(countOption) ?? (all.View.Shape is null ? Points : Images));
        using var loaded = options.Load(arguments, model, device);
        var reconstructions = new float[test.Examples.Length];
        ((IReconstructor)loaded).Reconstruct(
            options.Seed(arguments), test.Examples, card.Classes > 0 ? test.Labels : [], test.Conditions, reconstructions);

        if (file.Format != ResultFile.Png) file.WriteRows(reconstructions, model.Card.Input, "x", test.Labels);
        else file.Write(path => Draw(loaded, test, reconstructions, path));
        Console.WriteLine($"{file.Path}: {test.Count} test {test.View.Plural} and their reconstructions, {test.Name}.");
        return ExitCode.Success;
    }

    static void Draw(IGenerativeModel model, TestPart test, float[] reconstructions, string path)
    {
        var view = test.View;
        if (view.Shape is { } shape)
        {
            var title = string.Create(CultureInfo.InvariantCulture,
                $"Test images, and below each its reconstruction, after {model.Steps:N0} steps");
            PairsPicture.Save(
                view.Drawn(test.Examples, test.Conditions), view.Drawn(reconstructions, test.Conditions), shape, title, path);
            return;
        }
        ScatterPicture.Save([("test points", test.Examples), ("reconstructions", reconstructions)], test.Size,
            string.Create(CultureInfo.InvariantCulture, $"Test points and their reconstructions, after {model.Steps:N0} steps"), path);
    }
}
