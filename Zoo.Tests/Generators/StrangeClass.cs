using Microsoft.CodeAnalysis;

namespace Zoo.Tests.Generators;

/// <summary>
/// A declaration as strange projects have it, through the generator and the compiler: what is emitted has no error and no warning, whatever
/// the class is, and what cannot be is one diagnostic on the user's own syntax.
/// </summary>
static class StrangeClass
{
    const string Networks = "static Gaussian Encoder(Tensor x) => new(x.Dense(3), x.Dense(3)); static Bernoulli Decoder(Tensor z) => "
        + "new(z.Dense(8));";

    /// <summary>What is said of the user's own members without any generator: they are not documented, and nobody uses them.</summary>
    static readonly string[] OfUnusedMembers = ["CS1591", "CS0169", "CS0067", "CS0414", "CS0649"];

    public static string Source(string declaration) => "using Zoo;\n" + declaration
        .Replace("MODEL", "[Vae(Input = [8], Batch = 4)]")
        .Replace("MACHINE", "[RestrictedBoltzmannMachine(Input = [8], Hidden = 3, Batch = 4)]")
        .Replace("NETWORKS", Networks)
        .Replace("OWN", "[Network] static Tensor N(Tensor t) => t.Dense(2);")
        .Replace("ADVERSARIES", "static Tensor Generator(Tensor z) => z.Dense(2); static Tensor Discriminator(Tensor x) => x.Dense(1);");

    /// <param name="marked">The declaration, with our diagnostics where they should stand.</param>
    /// <param name="compiler">Ids that the compiler reports on the user's own text, in order.</param>
    public static GeneratorRun Check(string marked, params string[] compiler)
    {
        var (source, expected) = Markup.Parse(Source(marked));
        var run = GeneratorRun.Of(GeneratorRun.Compile([source], hasIlgpu: false));
        var actual = run.Diagnostics.OrderBy(d => d.Location.SourceSpan.Start).ToList();
        Assert.Equal(
            expected.Select(e => $"{e.Id} at {e.Start}: {e.Text}"),
            actual.Select(d => $"{d.Id} at {d.Location.SourceSpan.Start}: {GeneratorRun.Under(d)}"));
        var isRefused = actual.Any(d => d.Severity == DiagnosticSeverity.Error);
        Assert.Equal(!isRefused && !compiler.Contains("CS0592"), run.Files.Any());
        // The engine knows nothing of the class.
        var reported = run.Output.SyntaxTrees.Where(t => !t.FilePath.EndsWith(".Cpu.g.cs", StringComparison.Ordinal))
            .SelectMany(t => run.Output.GetSemanticModel(t).GetDiagnostics()).Where(d => d.Severity >= DiagnosticSeverity.Warning).ToList();
        Assert.Empty(reported.Where(d => d.Location.SourceTree?.FilePath.EndsWith(".g.cs", StringComparison.Ordinal) != false)
            .Select(d => d.ToString()));
        // Where half of the class is missing, what C# says of the other half follows from it.
        if (!isRefused) Assert.Equal(compiler, reported.Select(d => d.Id).Where(id => !OfUnusedMembers.Contains(id)));
        return run;
    }
}
