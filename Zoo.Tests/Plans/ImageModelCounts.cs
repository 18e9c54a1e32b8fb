using System.Globalization;
using Zoo.Generators.Passes;
using Zoo.Generators.Plans;
using Zoo.Generators.Plans.Verification;
using Zoo.Tests.Generators;
using Zoo.Tests.Snapshots;

namespace Zoo.Tests.Plans;

/// <summary>
/// What the models of images cost beside time: a pass that undoes fusion, or that gives windows a buffer, shows here before it shows on a
/// clock.
/// </summary>
public class ImageModelCounts
{
    [Theory]
    [InlineData("FashionConvolutionalVae")]
    [InlineData("FashionDcgan")]
    [InlineData("FashionConvolutionalWgan")]
    public void OfAStep(string model)
    {
        using var source = new StreamReader(typeof(ImageModelCounts).Assembly.GetManifestResourceStream($"Models/{model}.cs")!);
        var trace = GeneratorRun.Of(source.ReadToEnd()).Trace!;
        var graph = Pipeline.Optimise(BuildPrograms.Run(trace).Graph);
        var (cpu, gpu) = (Pipeline.Plan(graph, Target.Cpu), Pipeline.Plan(graph, Target.Gpu));
        var table = $"""
            Programs of a step of {model}, {cpu.Batch} images. Floats are those that a kernel reads and those that it writes,
            each once; of windows, the image's.

            | program | kernels | products | barriers | MFLOP | floats read | floats written | kernels on an accelerator |
            |---|---:|---:|---:|---:|---:|---:|---:|

            """;
        foreach (var program in cpu.Programs.Where(p => p.Rows > 0))
        {
            var floats = program.Kernels.Select(k => Floats(k, program.Rows)).ToList();
            table += string.Create(CultureInfo.InvariantCulture,
                $"| {program.Name} | {program.Kernels.Count} | {program.Kernels.OfType<ProductKernel>().Count()} | "
                    + $"{program.Kernels.Max(k => k.Level)} | {program.Flops(program.Rows) / 1e6:F1} | {floats.Sum(f => f.Read):N0} | "
                    + $"{floats.Sum(f => f.Written):N0} | {gpu.Program(program.Name).Kernels.Count} |\n");
        }
        table += string.Create(CultureInfo.InvariantCulture,
            $"\nParameters, and each section as long: {cpu.SectionFloats:N0} floats. "
                + $"Activations: {cpu.ActivationFloats:N0} floats; on an accelerator {gpu.ActivationFloats:N0}.\n");
        Verifier.Verify(table, "md", model);
    }

    /// <summary>Different floats of all buffers; what only the kernel itself sees is not among them.</summary>
    static (long Read, long Written) Floats(Kernel kernel, int rows)
    {
        var accesses = kernel.Accesses(rows).Where(a => a.Kind != AccessKind.Scratch).ToLookup(a => a.IsRead);
        return (Different(accesses[true]), Different(accesses[false]));
    }

    static long Different(IEnumerable<Access> accesses) => accesses.GroupBy(access => access.Buffer).Sum(buffer =>
    {
        var (count, end) = (0L, 0L);
        var runs = buffer.SelectMany(access => access.Region.Runs().Select(start => (Start: start, End: start + access.Region.Width)));
        foreach (var (start, stop) in runs.Order())
        {
            count += Math.Max(0, stop - Math.Max(start, end));
            end = Math.Max(end, stop);
        }
        return count;
    });
}
