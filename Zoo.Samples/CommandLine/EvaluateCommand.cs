using System.CommandLine;
using System.Globalization;
using Zoo.Samples.Data;

namespace Zoo.Samples.CommandLine;

/// <summary>Measures a trained model on test images.</summary>
internal sealed class EvaluateCommand
{
    private readonly Option<string> _checkpoint = CommonOptions.Checkpoint();
    private readonly Option<string?> _data = CommonOptions.Data();
    private readonly Option<int?> _threads = CommonOptions.Threads();
    private readonly Option<int> _importanceSamples = new Option<int>("--importance-samples")
    {
        Description = "Also estimate log p(x) with so many importance samples an image (Burda et al. 2016); 0: do not.",
        HelpName = "K",
    }.Within(0, 1_000_000);

    public Command Command => new Command("evaluate", "Measure a trained model on test images.").With([_checkpoint, _data, _threads, _importanceSamples]).Does(Run);

    private int Run(ParseResult arguments)
    {
        var data = DataSource.Open(arguments.GetValue(_data));
        using var device = new ChosenDevice(arguments.GetValue(_threads));
        using var model = Checkpoints.Load("--checkpoint", arguments.GetRequiredValue(_checkpoint), device.Device);
        data.RequireFor(model.BatchSize);
        var test = new float[data.Test.Count * data.Test.ExampleSize];
        data.Test.CopyExamples(0, data.Test.Count, test);

        var losses = model.Evaluate(test);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{data.Name}: {data.Test.Count:N0} test images, model after {model.Steps:N0} steps; nats an image."));
        Line("ELBO", losses.Elbo);
        Line("reconstruction", losses.Reconstruction);
        Line("divergence", losses.Divergence);
        if (arguments.GetValue(_importanceSamples) is > 0 and var samples) Line("log-likelihood", model.LogLikelihood(test, samples));
        return ExitCode.Success;
    }

    private static void Line(string name, double value) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name,-14} {value,9:F2}"));
}
