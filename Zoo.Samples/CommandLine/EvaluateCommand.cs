using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Zoo.Samples.Catalogue;
using Zoo.Samples.Data;
using Zoo.Samples.Evaluation;
using Zoo.Samples.Progress;

namespace Zoo.Samples.CommandLine;

/// <summary>Measures a trained model on test examples: what it can be asked for.</summary>
internal sealed class EvaluateCommand
{
    readonly ModelOptions options = new("Decides draws, and data that is drawn: give that of the training.");
    readonly Option<bool> noDataCheckOption = CommonOptions.NoDataCheck();
    readonly Option<int> importanceSamplesOption = new Option<int>("--importance-samples")
    {
        Description = "Also estimate log p(x) with so many importance samples an example (Burda et al. 2016), of models with a Gaussian "
            + "posterior; 0: do not.",
        HelpName = "K",
    }.Within(0, 1_000_000);
    readonly Option<int> aggregateSamplesOption = new Option<int>("--aggregate-samples")
    {
        Description = "Also measure active units, and with so many draws how far the aggregate posterior is from the prior (Hoffman and "
            + "Johnson 2016), of models with a Gaussian posterior; 0: do not.",
        HelpName = "K",
    }.Within(0, 1_000_000);
    readonly Option<int> temperaturesOption = new Option<int>("--temperatures")
    {
        Description = "Of annealed importance sampling, for log p(x) of machines that are too large for enumeration (Salakhutdinov and "
            + "Murray 2008); 0: no log p(x).",
        HelpName = "N",
        DefaultValueFactory = _ => 1000,
    }.Within(0, 10_000_000);
    readonly Option<bool> jsonOption = JsonOutput.Option();

    public Command Command => new Command("evaluate", "Measure a trained model on test examples.") { options.Argument }
        .With([
            .. options.All, importanceSamplesOption, aggregateSamplesOption, temperaturesOption, noDataCheckOption, jsonOption,
        ])
        .Does(Run);

    int Run(ParseResult arguments)
    {
        var (model, card) = options.Model(arguments, "evaluate", Capability.Evaluate);
        var (importance, aggregate) = (arguments.GetValue(importanceSamplesOption), arguments.GetValue(aggregateSamplesOption));
        if (importance > 0) model.Require("estimate log p(x) by importance sampling", Capability.LogLikelihood);
        if (aggregate > 0) model.Require("give moments of a Gaussian posterior", Capability.EncodeMoments);
        if (arguments.GetValue(temperaturesOption) == 1) throw new CommandException("--temperatures: expected 0, or at least 2, got 1.");
        var isJson = arguments.GetValue(jsonOption);
        using var device = options.Device(arguments, model, announced: !isJson);
        var test = options.Test(arguments, model);
        // Losses that look across the batch are those of whole batches.
        test = test.First(test.Count / card.Rows * card.Rows);
        using var loaded = options.Load(arguments, model, device);
        ((IEvaluator)loaded).ChecksData = !arguments.GetValue(noDataCheckOption);

        var evaluation = new ModelEvaluation(model, loaded, test)
        {
            Seed = options.Seed(arguments), ImportanceSamples = importance, AggregateSamples = aggregate,
            Temperatures = arguments.GetValue(temperaturesOption),
        };
        if (isJson)
        {
            Measure[] measures = [.. evaluation.Run(new SilentProgress())];
            JsonOutput.Print(json => Write(json, model, loaded, test, measures));
            return ExitCode.Success;
        }
        var plural = test.View.Plural;
        var unit = loaded.LossNames.Contains(ModelEvaluation.Bound) ? $"nats {One(plural)}" : $"means over the {plural}";
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{test.Name}: {test.Count:N0} test {plural}, model after {loaded.Steps:N0} steps; {unit}."));
        // As each is known: whoever stops a long estimate has what came before it.
        foreach (var measure in evaluation.Run(ProgressDisplay.ForThisConsole())) Console.WriteLine(Line(measure, evaluation));
        return ExitCode.Success;
    }

    static string One(string plural) => plural == "images" ? "an image" : "a point";

    static string Line(Measure measure, ModelEvaluation evaluation)
    {
        var value = measure.Of is { } whole
            ? string.Create(CultureInfo.InvariantCulture, $"{measure.Value,6:F0} of {whole}")
            : measure.Value.ToString($"F{evaluation.Digits}", CultureInfo.InvariantCulture).PadLeft(9);
        return $"  {measure.Name.PadRight(evaluation.NameWidth)} {value}{(measure.Note is { } note ? $"  ({note})" : "")}";
    }

    static void Write(Utf8JsonWriter json, DeclaredModel model, IGenerativeModel loaded, TestPart test, Measure[] measures)
    {
        json.WriteStartObject();
        json.WriteString("model", model.Name);
        json.WriteNumber("steps", loaded.Steps);
        json.WriteString("data", test.Name);
        json.WriteNumber("examples", test.Count);
        json.WriteStartObject("measures");
        foreach (var measure in measures) json.WriteNumberOrNull(measure.Key, measure.Value);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
