using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;
using Zoo.Generators.Infrastructure;
using Zoo.Generators.Passes;

namespace Zoo.Tests.Generators;

/// <summary>Edits × stages: what runs again, and where it ends.</summary>
public class IncrementalityTests
{
    /// <summary>Between the programs and the two kinds of files.</summary>
    static readonly string[] Compiling =
    [
        .. Pipeline.GraphStages.Select(s => s.Name), TrackingNames.Fuse, .. Pipeline.PlanStages(Target.Cpu).Select(s => s.Name),
        TrackingNames.Emit,
    ];

    static readonly string[] CompilingForGpu = [.. Pipeline.PlanStages(Target.Gpu).Select(s => s.Name), TrackingNames.EmitGpu];

    static readonly GeneratorRun First = GeneratorRun.Of(Declarations.FashionVae);

    /// <summary>
    /// Reasons, one letter each: of the trace, the programs, every stage that compiles, every stage for accelerators, the public half.
    /// Cached, Unchanged, Modified, New, Removed; where stages of a group differ, all of their letters.
    /// </summary>
    static string Reasons(GeneratorRun run)
    {
        var reasons = run.Reasons.ToLookup(r => r.Step, r => r.Reason.ToString()[0]);
        string Of(params string[] stages) => string.Join('|', stages.Select(s => string.Concat(reasons[s])).Distinct());
        return string.Join(' ', Of(TrackingNames.Trace), Of(TrackingNames.Programs), Of(Compiling), Of(CompilingForGpu),
            Of(TrackingNames.EmitSurface));
    }

    [Theory]
    // What does not change the meaning goes no further than the trace, which knows where the class has its members.
    [InlineData("a comment above", "using Zoo;", "// A comment.\nusing Zoo;", "U C C C C")]
    [InlineData("a comment inside", "var h", "/* hidden */ var h", "U C C C C")]
    [InlineData("layout", "{\n", "\n{\n\n", "U C C C C")]
    [InlineData("name of a local", "var h = x.Dense(400).Relu();", "var hidden = x.Dense(400).Relu(); var h = hidden;", "U C C C C")]
    [InlineData("another way to write a size", "Dense(400)", "Dense(4 * 100)", "U C C C C")]
    [InlineData("order of an attribute's arguments", "Input = [784], Batch = 128", "Batch = 128, Input = [784]", "C C C C C")]
    [InlineData("a member that is no network", "static Gaussian", "int Own() => 3; static Gaussian", "U C C C C")]
    // What the documentation says is on the card, and nothing is computed with it.
    [InlineData("the class's documentation", "A model.", "Another model.", "M M C C M")]
    // A learning rate is state, not a part of any program.
    [InlineData("a learning rate", "1e-3f", "1e-4f", "M M C C M")]
    [InlineData("the batch", "128", "64", "M M M M M")]
    [InlineData("the latent size", "Dense(20)", "Dense(10)", "M M M M M")]
    [InlineData("a layer more", "x.Dense(400)", "x.Dense(400).Relu().Dense(400)", "M M M M M")]
    [InlineData("an activation", "Relu", "Tanh", "M M M M C")]
    [InlineData("a layer's name", "Dense(784)", "Dense(784, name: \"pixels\")", "M M M M M")]
    [InlineData("a mistake", "Dense(784)", "Reshape(784)", "R R R R R")]
    [InlineData("the attribute removed", "[Vae(Input = [784], Batch = 128)]", "", "R R R R R")]
    public void AnEditReaches(string edit, string from, string to, string reasons)
    {
        Assert.Contains(from, Declarations.FashionVae);
        var run = First.Then(GeneratorRun.Compile(Declarations.FashionVae.Replace(from, to)));
        Assert.True(reasons == Reasons(run), $"{edit}: expected {reasons}, got {Reasons(run)}");
    }

    [Fact]
    public void AnEditElsewhereReachesNothing()
    {
        var run = First.Then(First.Input.AddSyntaxTrees(GeneratorRun.Parse("/// <summary>Another.</summary>\npublic class Another { }",
            "Another.cs")));
        Assert.Equal("C C C C C", Reasons(run));
    }

    /// <summary>Asking for the GPU half adds its stages and another public half; nothing else runs again.</summary>
    [Fact]
    public void AReferenceToIlgpuAddsTheGpuHalf()
    {
        var without = GeneratorRun.Of(GeneratorRun.Compile([Declarations.FashionVae], hasIlgpu: false));
        Assert.Equal(["Cpu", "Surface"], Parts(without));
        var with = without.Then(GeneratorRun.Compile(Declarations.FashionVae));
        Assert.Equal(["Cpu", "Gpu", "Surface"], Parts(with));
        Assert.Equal("C C C N M", Reasons(with));

        static IEnumerable<string> Parts(GeneratorRun run) => run.Files.Select(f => f.Name.Split('.')[^3]).Order(StringComparer.Ordinal);
    }

    /// <summary>
    /// The kernels are written for one version: another is said on the model, and nothing is emitted that could not compile.
    /// </summary>
    [Fact]
    public void AnotherVersionOfIlgpuIsReported()
    {
        using var image = new MemoryStream();
        var other = CSharpCompilation.Create(
            "ILGPU", [CSharpSyntaxTree.ParseText("[assembly: System.Reflection.AssemblyVersion(\"2.0.0.0\")]")],
            [MetadataReference.CreateFromFile(typeof(object).Assembly.Location)],
            new(Microsoft.CodeAnalysis.OutputKind.DynamicallyLinkedLibrary));
        Assert.True(other.Emit(image).Success);
        var run = GeneratorRun.Of(GeneratorRun.Compile([Declarations.FashionVae], hasIlgpu: false)
            .AddReferences(MetadataReference.CreateFromImage(image.ToArray())));
        Assert.StartsWith("ZOO0400 @ FashionVae: 'FashionVae' has no GPU half: this project references ILGPU 2.0.0.0, but",
            Assert.Single(run.Reported), StringComparison.Ordinal);
        Assert.DoesNotContain(run.Files, f => f.Name.EndsWith(".Gpu.g.cs", StringComparison.Ordinal));
    }

    [Fact]
    public void AnotherModelReachesOnlyItself()
    {
        var run = First.Then(First.Input.AddSyntaxTrees(GeneratorRun.Parse(Declarations.Vae("return new(x, x);"), "Another.cs")));
        Assert.Equal("CN CN CN CN CN", Reasons(run));
    }

    [Fact]
    public void AMovedSquiggleReachesTheDiagnosticsOnly()
    {
        var source = Declarations.FashionVae.Replace("var h", "x.Dense(3); var h");
        var before = GeneratorRun.Of(source);
        var run = before.Then(GeneratorRun.Compile("// One line more.\n" + source));
        Assert.Equal("U C C C C", Reasons(run));
        Assert.Contains((TrackingNames.Diagnostics, IncrementalStepRunReason.Modified), run.Reasons);
        Assert.Equal("Dense", GeneratorRun.Under(Assert.Single(run.Diagnostics)));
        Assert.Equal(Line(before) + 1, Line(run));

        static int Line(GeneratorRun run) => run.Diagnostics[0].Location.GetLineSpan().StartLinePosition.Line;
    }

    [Fact]
    public void ASecondRunOnAClonedCompilationDoesNothing()
    {
        var run = First.Then(First.Input.Clone());
        Assert.Equal("C C C C C", Reasons(run));
    }

    [Fact]
    public void NoStepKeepsACompilationAlive()
    {
        var run = GeneratorRun.Of(Declarations.FashionVae.Replace("var h", "x.Dense(3); var h"));
        var values = typeof(TrackingNames).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (string)f.GetValue(null)!)
            .Where(run.Result.TrackedSteps.ContainsKey)
            .SelectMany(step => run.Result.TrackedSteps[step].SelectMany(s => s.Outputs).Select(o => (Step: step, o.Value))).ToList();
        Assert.Equal(4 + Compiling.Length + CompilingForGpu.Length, values.Select(v => v.Step).Distinct().Count());
        foreach (var (step, value) in values)
            foreach (var (held, path) in Reachable.From(value))
                Assert.False(held is ISymbol or SyntaxNode or SyntaxTree or Compilation or Location or SemanticModel or IOperation,
                    $"{step} holds a {held.GetType().Name} at {path}");
    }

    [Fact]
    public void TheWalkFindsWhatIsHidden()
    {
        var tree = GeneratorRun.Parse("class C { }", "C.cs");
        Assert.Contains(Reachable.From(new { Deep = new List<object> { (1, tree.GetRoot()) } }), r => r.Value is SyntaxNode);
        Assert.Contains(Reachable.From(new KeyValuePair<int, object>(1, Location.Create(tree, default))), r => r.Value is Location);
    }
}
