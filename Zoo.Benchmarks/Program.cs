using Zoo.Benchmarks;
using Zoo.Benchmarks.Limits;

switch (args.FirstOrDefault())
{
    case "limits":
        LimitsReport.Run(json: args.Contains("--json"));
        return 0;
    case "hand":
        HandReport.Run();
        return 0;
    default:
        Console.Error.WriteLine("usage: Zoo.Benchmarks limits [--json]");
        return 2;
}
