using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using Zoo.Samples.Catalogue;

namespace Zoo.Samples.CommandLine;

/// <summary>Lists the declared models.</summary>
internal sealed class ListCommand
{
    readonly Option<bool> jsonOption = JsonOutput.Option();

    public Command Command => new Command("list", "List every model: what it is, what it takes, and what it can do.")
        .With([jsonOption]).Does(Run);

    int Run(ParseResult arguments)
    {
        if (arguments.GetValue(jsonOption))
        {
            JsonOutput.Print(json =>
            {
                json.WriteStartArray();
                foreach (var model in DeclaredModels.All) CardJson.Write(json, model.Card, isWhole: false);
                json.WriteEndArray();
            });
            return ExitCode.Success;
        }
        var table = CommandTable.Create("Model", "Input", "Parameters", "Can", "What it is");
        table.Columns[2].RightAligned();
        foreach (var variant in DeclaredModels.All.GroupBy(model => CardText.Variant(model.Card)))
        {
            table.AddRow(new Text($"[{variant.Key}]", new Style(decoration: Decoration.Bold)));
            foreach (var model in variant)
                table.AddRow(new Text($"  {model.Name}"), new Text(CardText.Input(model.Card)),
                    new Text(model.Card.Parameters.ToString("N0", CultureInfo.InvariantCulture)),
                    new Text(string.Join(", ", CardText.Abilities(model.Card))), new Text(model.Purpose));
        }
        CommandTable.Print(table);
        Console.WriteLine("'card MODEL' has its layers, and 'train MODEL' trains it.");
        return ExitCode.Success;
    }
}
