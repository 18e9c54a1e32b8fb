using System.Globalization;
using Zoo.Benchmarks;
using Zoo.Benchmarks.Gpu;
using Zoo.Benchmarks.Limits;
using Zoo.Benchmarks.Steps;

var output = new Output(args.Contains("--json"), Console.Out);
switch (args)
{
    case ["limits" or "step", .. var rest]:
        if (CaseOptions<StepCase>.Parse(rest, StepCase.All, of => of.Name, out var error) is not { } options)
        {
            Console.Error.WriteLine(error);
            return 2;
        }
        if (args[0] == "limits") LimitsReport.Run(output, options);
        else StepReport.Run(output, options);
        return 0;
    case ["boltzmann", .. var rest]:
        return Zoo.Benchmarks.Boltzmann.BoltzmannReport.Run(output, rest);
    case ["gpu", ..]:
        return GpuReport.Run(output);
    case ["accuracy", .. var rest]:
        return Accuracy.Run(rest);
    case ["replay", .. var rest]:
        return Zoo.Benchmarks.Replay.ReplayReport.Run(rest);
    case ["layers", .. var rest]:
        return Zoo.Benchmarks.Replay.TorchLayers.Run(rest);
    case ["state-dict", .. var rest]:
        return Zoo.Benchmarks.Replay.TorchStateDict.Run(rest);
    case ["fashion", .. var rest]:
        return Zoo.Benchmarks.Training.FashionReport.Run(rest);
    case ["generator", ..] when !System.Runtime.GCSettings.IsServerGC:
        return Zoo.Benchmarks.ChildProcess.RunVisibly(args, Zoo.Benchmarks.ChildProcess.CompilerServer);
    case ["generator", ..]:
        Zoo.Benchmarks.Generation.GeneratorReport.Run(output);
        Zoo.Benchmarks.Generation.GrowthReport.Run(output);
        return 0;
    case [Allocations.Command, var name, var threads]:
        Allocations.Count(name, int.Parse(threads, CultureInfo.InvariantCulture));
        return 0;
    case [GpuAllocations.Command, var name, var steps]:
        GpuAllocations.Count(name, int.Parse(steps, CultureInfo.InvariantCulture));
        return 0;
    case [FirstStep.Command, var name]:
        FirstStep.Time(name);
        return 0;
    default:
        Console.Error.WriteLine("""
            usage: Zoo.Benchmarks limits [--case NAME]… [--threads N] [--json] | step [--case NAME]… [--threads N] [--json]
                | boltzmann [--case NAME]… [--threads N] [--json] | gpu [--json]
                | replay [MODEL]… [--write FOLDER] [--control [--nudge N]] | layers [--write FOLDER]
                | state-dict [--write FOLDER] | fashion [--model NAME] [--epochs N] [--seeds N] [--data DIR]
                | generator [--json] | accuracy [functions]
            """);
        return 2;
}
