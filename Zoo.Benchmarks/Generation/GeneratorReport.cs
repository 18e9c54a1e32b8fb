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
/// <c>generator</c>: what an edit costs, warm. Tracing is the step that Roslyn runs again for every model at every edit; regeneration is
/// every stage, after an
/// edit that changes them all.
/// </summary>
static class GeneratorReport
{
    const string Vae = """
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
    const string Wgan = """
        using Zoo;

        /// <summary>Measured.</summary>
        [WassersteinGan(Input = [2], Latent = [2], Batch = 256, Penalty = 0.1f, CriticSteps = 5)]
        [Adam(LearningRate = 1e-4f, Beta1 = 0.5f, Beta2 = 0.9f)]
        public partial class GridWgan
        {
            static Tensor Generator(Tensor z) => Trunk(z).Dense(2);

            static Tensor Critic(Tensor x) => Trunk(x).Dense(1);

            static Tensor Trunk(Tensor h)
            {
                for (var i = 0; i < 3; i++) h = h.Dense(512).Relu();
                return h;
            }
        }
        """;

    public static void Run(Output output)
    {
        Edits(output, "FashionVae", Vae, "400", 401);
        Edits(output, "GridWgan", Wgan, "512", 513);
    }

    /// <param name="output">Where figures go.</param>
    /// <param name="model">Name of the class.</param>
    /// <param name="source">Its declaration.</param>
    /// <param name="width">A width in it, as it is written.</param>
    /// <param name="otherWidth">The first of the widths that stand there after an edit.</param>
    static void Edits(Output output, string model, string source, string width, int otherWidth)
    {
        var (tracing, step, comment, whole, both) =
            (new List<double>(), new List<double>(), new List<double>(), new List<double>(), new List<double>());
        var plain = ModelSource.Compile(source);
        var withGpu = ModelSource.Compile(source, hasGpu: true);
        var (driver, gpuDriver) = (Driver().RunGenerators(plain), Driver().RunGenerators(withGpu));
        for (var i = 0; i < 300; i++)
        {
            // A comment: the trace runs again, finds the same, and everything after it is cached.
            var commented = plain.ReplaceSyntaxTree(plain.SyntaxTrees[0], ModelSource.Parse($"// Edit {i}.\n{source}"));
            var (next, afterComment) = Timed(driver, commented);
            var ofTracing = Trace(commented, model);
            // Another width: every stage runs and all files are written again.
            var edited = ModelSource.Parse(source.Replace(width, (otherWidth + i % 7).ToString(CultureInfo.InvariantCulture)));
            var (_, afterShapes) = Timed(driver, plain.ReplaceSyntaxTree(plain.SyntaxTrees[0], edited));
            var (_, ofBoth) = Timed(gpuDriver, withGpu.ReplaceSyntaxTree(withGpu.SyntaxTrees[0], edited));
            if (i < 100) continue;
            comment.Add(afterComment);
            step.Add(
                next.GetRunResult().Results[0].TrackedSteps["result_ForAttributeWithMetadataName"].Sum(
                    s => s.ElapsedTime.TotalMilliseconds));
            tracing.Add(ofTracing);
            whole.Add(afterShapes);
            both.Add(ofBoth);
        }
        Print("trace", "tracing, of operations that are bound", tracing);
        Print("trace_and_bind", "the same with Roslyn's binding of the class", step);
        Print("comment", "the generator, after a comment", comment);
        Print("regenerate", "the generator, after a change of shapes", whole);
        Print("regenerate_with_gpu", "the same with the half for accelerators", both);

        void Print(string name, string text, List<double> times)
        {
            times.Sort();
            var (median, best) = (times[times.Count / 2], times[0]);
            output.Figure(
                string.Create(CultureInfo.InvariantCulture, $"{model,-10} {text,-44} {median,7:F2} ms (best {best,7:F2})"),
                ("model", model), ("case", name), ("ms", median), ("best_ms", best));
        }
    }

    static GeneratorDriver Driver() => CSharpGeneratorDriver.Create(
        [new ZooGenerator().AsSourceGenerator()],
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    /// <summary>Tracing alone: Roslyn has bound the class, as it has in an editor that shows its own squiggles.</summary>
    static double Trace(Compilation compilation, string model)
    {
        var tree = compilation.SyntaxTrees.Single();
        var semantics = compilation.GetSemanticModel(tree);
        var type = compilation.GetTypeByMetadataName(model)!;
        var attribute = type.GetAttributes()[0];
        foreach (var method in tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>())
            foreach (var node in method.DescendantNodes()) semantics.GetOperation(node);
        var variant = Variant.All.Single(v => v.Name + "Attribute" == attribute.AttributeClass!.Name);
        var start = Stopwatch.GetTimestamp();
        if (ModelTracer.Trace(type, attribute, semantics, variant, CancellationToken.None).Model is null)
            throw new InvalidOperationException("The model does not trace.");
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    static (GeneratorDriver Driver, double Milliseconds) Timed(GeneratorDriver driver, Compilation compilation)
    {
        var start = Stopwatch.GetTimestamp();
        var next = driver.RunGenerators(compilation);
        return (next, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
    }
}
