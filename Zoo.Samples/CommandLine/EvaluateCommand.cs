using System.CommandLine;
using System.Globalization;
using Zoo.Models;
using Zoo.Samples.Data;

namespace Zoo.Samples.CommandLine;

/// <summary>Measures a trained model on test images.</summary>
internal sealed class EvaluateCommand
{
    readonly Option<string> checkpointOption = CommonOptions.Checkpoint();
    readonly Option<string?> dataOption = CommonOptions.Data();
    readonly Option<string> deviceOption = CommonOptions.Device();
    readonly Option<int?> threadsOption;
    readonly Option<bool> skipUnreadableOption = CommonOptions.SkipUnreadable();
    readonly Option<bool> noDataCheckOption = CommonOptions.NoDataCheck();
    readonly Option<int> importanceSamplesOption = new Option<int>("--importance-samples")
    {
        Description = "Also estimate log p(x) with so many importance samples an image (Burda et al. 2016); 0: do not.",
        HelpName = "K",
    }.Within(0, 1_000_000);
    readonly Option<int> aggregateSamplesOption = new Option<int>("--aggregate-samples")
    {
        Description = "Also measure active units, and with so many draws how far the aggregate posterior is from the prior (Hoffman and "
            + "Johnson 2016); 0: do not.",
        HelpName = "K",
    }.Within(0, 1_000_000);

    public EvaluateCommand() => threadsOption = CommonOptions.Threads(deviceOption);

    public Command Command => new Command("evaluate", "Measure a trained model on test images.")
        .With([
            checkpointOption, dataOption, skipUnreadableOption, deviceOption, threadsOption, importanceSamplesOption,
            aggregateSamplesOption, noDataCheckOption,
        ])
        .Does(Run);

    int Run(ParseResult arguments)
    {
        var data = DataSource.Open(arguments.GetValue(dataOption), arguments.GetValue(skipUnreadableOption));
        using var device = ChosenDevice.Open(arguments.GetRequiredValue(deviceOption), arguments.GetValue(threadsOption));
        using var model = Checkpoints.Load<FashionVae>("--checkpoint", arguments.GetRequiredValue(checkpointOption), device.Device);
        model.ChecksData = !arguments.GetValue(noDataCheckOption);
        data.RequireFor(model.BatchSize);
        var test = new float[data.Test.Count * data.Test.ExampleSize];
        data.Test.CopyExamples(0, data.Test.Count, test);

        var losses = model.Evaluate(test);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{data.Name}: {data.Test.Count:N0} test images, model after {model.Steps:N0} steps; nats an image."));
        Line("ELBO", losses.Elbo);
        Line("reconstruction", losses.Reconstruction);
        Line("divergence", losses.Divergence);
        if (arguments.GetValue(importanceSamplesOption) is > 0 and var samples) Line("log-likelihood", model.LogLikelihood(test, samples));
        if (arguments.GetValue(aggregateSamplesOption) is > 1 and var draws) Aggregate(model, test, data.Test.Count, draws);
        return ExitCode.Success;
    }

    static void Aggregate(FashionVae model, float[] test, int count, int draws)
    {
        float[] means = new float[count * Latent], logVariances = new float[means.Length];
        model.Encode(test, means, logVariances);
        var aggregate = AggregatePosterior.Of(means, logVariances, Latent);
        var parts = aggregate.Divergence(seed: 1, draws);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  active units   {aggregate.ActiveUnits(),6} of {Latent}"));
        Line("KL(q(z) ‖ p(z))", parts.Divergence);
        Line("information", parts.Information);
    }

    const int Latent = 20;

    static void Line(string name, double value) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name,-14} {value,9:F2}"));
}
