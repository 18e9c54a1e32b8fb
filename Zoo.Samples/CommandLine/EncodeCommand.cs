using System.CommandLine;
using Zoo.Samples.Catalogue;

namespace Zoo.Samples.CommandLine;

/// <summary>Writes codes of test examples.</summary>
internal sealed class EncodeCommand
{
    static readonly string[] Formats = [ResultFile.Npy, ResultFile.Csv];

    readonly ModelOptions options = new("Decides draws of an encoder that draws, and data that is drawn: give that of the training.");
    readonly Option<string?> outOption = ResultFile.OutOption("the codes");
    readonly Option<string?> formatOption = ResultFile.FormatOption(Formats);

    public Command Command => new Command("encode", "Write codes of test examples, a row each; as CSV with their labels.")
        { options.Argument }
        .With([.. options.All, outOption, formatOption]).Does(Run);

    int Run(ParseResult arguments)
    {
        var (model, card) = options.Model(arguments, "encode", Capability.Encode);
        using var device = options.Device(arguments, model);
        var file = ResultFile.Open(model, "codes", arguments.GetValue(outOption), arguments.GetValue(formatOption), Formats);
        var test = options.Test(arguments, model);
        using var loaded = options.Load(arguments, model, device);
        var codes = new float[test.Count * card.Size];
        ((IEncoder)loaded).Encode(options.Seed(arguments), test.Examples, card.Classes > 0 ? test.Labels : [], test.Conditions, codes);
        file.WriteRows(codes, [card.Size], "z", test.Labels);
        Console.WriteLine($"{file.Path}: codes of {card.Size} numbers of {test.Count} test {test.View.Plural}, {test.Name}.");
        return ExitCode.Success;
    }
}
