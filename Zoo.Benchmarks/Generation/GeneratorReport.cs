using System.Diagnostics;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Zoo.Generators;
using Zoo.Generators.Tracing;
using Zoo.Generators.Variants;

namespace Zoo.Benchmarks.Generation;

/// <summary>
/// <c>generator</c>: what an edit costs, warm. Tracing is the step that Roslyn runs again for every model at every edit; regeneration is every stage, after an
/// edit that changes them all.
/// </summary>
static class GeneratorReport
{
    const string Source = """
        using Zoo;

        /// <summary>Measured.</summary>
        [Vae(Input = [784], Batch = 128)]
        [Adam(LearningRate = 1e-3f)]
        public partial class FashionVae
        {
            static Gaussian Encoder(Tensor x)
            {
                var h = x.Dense(400).Relu();
                return new Gaussian(mean: h.Dense(20), logVariance: h.Dense(20));
            }

            static Bernoulli Decoder(Tensor z) => new(logits: z.Dense(400).Relu().Dense(784));
        }
        """;

    public static void Run(Output output)
    {
        var compilation = ModelSource.Compile(Source);
        GeneratorDriver driver = CSharpGeneratorDriver.Create(
            [new ZooGenerator().AsSourceGenerator()], driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
        var (tracing, step, comment, whole) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        driver = driver.RunGenerators(compilation);
        for (var i = 0; i < 300; i++)
        {
            // A comment: the trace runs again, finds the same, and everything after it is cached.
            var commented = compilation.ReplaceSyntaxTree(compilation.SyntaxTrees[0], ModelSource.Parse($"// Edit {i}.\n{Source}"));
            var (next, milliseconds) = Timed(driver, commented);
            if (i >= 100)
            {
                comment.Add(milliseconds);
                step.Add(next.GetRunResult().Results[0].TrackedSteps["result_ForAttributeWithMetadataName"].Sum(s => s.ElapsedTime.TotalMilliseconds));
            }
            if (i >= 100) tracing.Add(Trace(commented));
            // Another width: every stage runs and both files are written again.
            var edited = compilation.ReplaceSyntaxTree(compilation.SyntaxTrees[0], ModelSource.Parse(Source.Replace("400", (401 + i % 7).ToString(CultureInfo.InvariantCulture))));
            (_, milliseconds) = Timed(driver, edited);
            if (i >= 100) whole.Add(milliseconds);
        }
        Print("trace", "tracing, of operations that are bound", tracing);
        Print("trace_and_bind", "the same with Roslyn's binding of the class", step);
        Print("comment", "the generator, after a comment", comment);
        Print("regenerate", "the generator, after a change of shapes", whole);

        void Print(string name, string text, List<double> times)
        {
            times.Sort();
            var median = times[times.Count / 2];
            output.Figure(string.Create(CultureInfo.InvariantCulture, $"{text,-42} {median,7:F2} ms"), ("case", name), ("ms", median));
        }
    }

    /// <summary>Tracing alone: Roslyn has bound the class, as it has in an editor that shows its own squiggles.</summary>
    static double Trace(Compilation compilation)
    {
        var tree = compilation.SyntaxTrees.Single();
        var semantics = compilation.GetSemanticModel(tree);
        var type = compilation.GetTypeByMetadataName("FashionVae")!;
        var attribute = type.GetAttributes()[0];
        foreach (var method in tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>())
            foreach (var node in method.DescendantNodes()) semantics.GetOperation(node);
        var start = Stopwatch.GetTimestamp();
        if (ModelTracer.Trace(type, attribute, semantics, Variant.All[0], CancellationToken.None).Model is null) throw new InvalidOperationException("The model does not trace.");
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    static (GeneratorDriver Driver, double Milliseconds) Timed(GeneratorDriver driver, Compilation compilation)
    {
        var start = Stopwatch.GetTimestamp();
        var next = driver.RunGenerators(compilation);
        return (next, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
    }
}
