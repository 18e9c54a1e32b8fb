using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using Zoo.Samples.Catalogue;
using Zoo.Samples.Pictures;

namespace Zoo.Samples.CommandLine;

/// <summary>Prints the card of a model.</summary>
internal sealed class CardCommand
{
    readonly Argument<string> modelArgument = new("MODEL") { Description = "Which model; 'list' has their names." };
    readonly Option<bool> jsonOption = JsonOutput.Option();
    readonly Option<string?> drawingOption = new("--drawing")
    {
        Description = "Also draw what training and sampling are made of: networks, draws in red, losses in blue.",
        HelpName = "FILE.svg",
    };

    public Command Command =>
        new Command("card", "Print the card of a model: layers, sizes, costs, and what it can do.") { modelArgument }
            .With([drawingOption, jsonOption]).Does(Run);

    int Run(ParseResult arguments)
    {
        var card = DeclaredModels.Named(arguments.GetRequiredValue(modelArgument)).Card;
        var drawing = arguments.GetValue(drawingOption) is { } path ? Drawing(path) : null;
        drawing?.Write(file => StructurePicture.Save(card, file));
        if (arguments.GetValue(jsonOption))
        {
            JsonOutput.Print(json => CardJson.Write(json, card, isWhole: true));
            return ExitCode.Success;
        }
        Console.WriteLine($"{card.Name}, a model of [{CardText.Variant(card)}]");
        Console.WriteLine(card.Summary);
        Console.WriteLine();
        Line("input", CardText.Input(card));
        Line("batch", Number(card.BatchSize));
        Line("parameters", Number(card.Parameters));
        Line("work", string.Create(CultureInfo.InvariantCulture, $"{card.FlopsPerStep / 1e6:N1} MFLOP a step"));
        Line("memory", string.Create(CultureInfo.InvariantCulture,
            $"{card.StateBytes / 1e6:N2} MB of state, {card.ActivationBytes / 1e6:N2} MB of activations"));
        foreach (var (i, capability) in card.Capabilities.Index()) Line(i == 0 ? "can" : "", Described(capability));
        var table = CommandTable.Create("Layer", "Kind", "Input", "Output", "Parameters", "MFLOP forward, per example");
        foreach (var column in table.Columns.Skip(4)) column.RightAligned();
        foreach (var layer in card.Layers)
            table.AddRow(new Text(layer.Name), new Text(layer.Kind), new Text(CardText.Shape(layer.Input)),
                new Text(CardText.Shape(layer.Output)), new Text(Number(layer.Parameters)),
                new Text((layer.FlopsPerExample / 1e6).ToString("N4", CultureInfo.InvariantCulture)));
        CommandTable.Print(table);
        if (drawing is not null) Console.WriteLine($"{drawing.Path}: {StructurePicture.What}.");
        return ExitCode.Success;
    }

    static ResultFile Drawing(string path)
    {
        if (!path.EndsWith($".{ResultFile.Svg}", StringComparison.OrdinalIgnoreCase))
            throw new CommandException($"--drawing: expected a file that ends in .{ResultFile.Svg}, got '{path}'.");
        return ResultFile.At(path, ResultFile.Svg, "--drawing");
    }

    static string Described(CapabilityCard card)
    {
        var (size, given) = (Number(card.Size), CardText.Given(card.Classes, card.Condition) is { Length: > 0 } text
            ? $" given{text.TrimStart(',')}"
            : "");
        var what = card.Capability switch
        {
            Capability.Evaluate => $"losses of {(card.Rows == 1 ? "examples" : $"batches of {Number(card.Rows)} examples")}",
            Capability.Sample => $"samples of {size} numbers",
            Capability.GibbsSample => $"samples of {size} numbers, by Gibbs sweeps",
            Capability.Encode => $"codes of {size} numbers",
            Capability.EncodeMoments => $"means and log-variances of {size} numbers",
            Capability.Reconstruct => "reconstructions",
            Capability.Classify => $"probabilities of {size} classes",
            Capability.LogLikelihood => "log p(x) by importance sampling",
            Capability.PartitionFunction => "log p(x) by log Z, enumerated or by annealed importance sampling",
            var other => $"{other}",
        };
        return what + given;
    }

    static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    static void Line(string name, string value) => Console.WriteLine($"  {name,-12}{value}");
}
