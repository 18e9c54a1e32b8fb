namespace Zoo.Tests.Generators;

/// <summary>Types of others that are called like those of networks, and declarations of other kinds than classes.</summary>
public sealed class ForeignTypeTests
{
    const string Decoder = "static Zoo.Bernoulli Decoder(Zoo.Tensor z) => new(z.Dense(8));";

    const string Asked = "Network 'Encoder' must have the parameters (Zoo.Tensor x), but has ";

    [Theory]
    [InlineData("class Tensor;", "static Gaussian Encoder(Tensor x) => null!;", Asked + "(global::Tensor x)")]
    [InlineData("namespace A { class Tensor; }", "static Gaussian Encoder(A.Tensor x) => null!;", Asked + "(A.Tensor x)")]
    [InlineData("class Outer { public class Tensor; }", "static Gaussian Encoder(Outer.Tensor x) => null!;", Asked + "(Outer.Tensor x)")]
    [InlineData("struct Tensor<T>;", "static Gaussian Encoder(Tensor<float> x) => null!;", Asked + "(global::Tensor<float> x)")]
    [InlineData("class Noise;", "static Gaussian Encoder(Zoo.Tensor x, Noise n) => null!;", Asked + "(Zoo.Tensor x, global::Noise n)")]
    [InlineData("class Gaussian;", "static Gaussian Encoder(Zoo.Tensor x) => null!;",
        "Network 'Encoder' must return Zoo.Gaussian, but returns global::Gaussian")]
    [InlineData("namespace A { class Gaussian; }", "static A.Gaussian? Encoder(Zoo.Tensor x) => null!;",
        "Network 'Encoder' must return Zoo.Gaussian, but returns A.Gaussian?")]
    [InlineData("class Bernoulli;", "static (Bernoulli, int) Encoder(Zoo.Tensor x) => default;",
        "Network 'Encoder' must return Zoo.Gaussian, but returns (global::Bernoulli, int)")]
    [InlineData("namespace Zoo { class Noise; }", "static Gaussian Encoder(Zoo.Tensor x, Zoo.Noise n) => null!;",
        Asked + "(Zoo.Tensor x, Declared::Zoo.Noise n)")]
    [InlineData("namespace Zoo { class Gaussian; }", "static Zoo.Gaussian Encoder(Zoo.Tensor x) => null!;",
        "Network 'Encoder' must return Zoo.Gaussian, but returns Declared::Zoo.Gaussian")]
    [InlineData("namespace My.Zoo { class Gaussian; }", "static My.Zoo.Gaussian Encoder(Zoo.Tensor x) => null!;",
        "Network 'Encoder' must return Zoo.Gaussian, but returns My.Zoo.Gaussian")]
    [InlineData("struct Tensor;", "static unsafe Gaussian Encoder(Tensor* x) => null!;", Asked + "(global::Tensor* x)")]
    [InlineData("", "static Gaussian Encoder(float x) => null!;",
        "Network 'Encoder' must have the parameters (Tensor x), but has (float x)")]
    public void TheMessageTellsTheTwoApart(string type, string encoder, string message)
    {
        var source = $"using Zoo; {type} [Vae(Input = [8], Batch = 4)] partial class M {{ {encoder} {Decoder} }}";
        Assert.Equal(message, Assert.Single(GeneratorRun.Of(source).Diagnostics).GetMessage());
    }

    [Theory]
    [InlineData(
        "[Phase] static Zoo.Tensor Loss(Tensor x) => null!;",
        "Network 'Loss' must have the parameters (Zoo.Tensor x, Zoo.Noise n, each at most once and in any order; y needs Classes or "
            + "Condition), "
        + "but has (global::Tensor x)")]
    [InlineData(
        "[Phase] static Tensor Loss(Zoo.Tensor x) => null!;",
        "Network 'Loss' must return Zoo.Tensor or a tuple of named Zoo.Tensors, one for each loss, but returns global::Tensor")]
    [InlineData(
        "[Phase] static (Zoo.Tensor A, Tensor B) Loss(Zoo.Tensor x) => default;",
        "Network 'Loss' must return Zoo.Tensor or a tuple of named Zoo.Tensors, one for each loss, but returns (Zoo.Tensor A, "
            + "global::Tensor B)")]
    public void APhaseIsToldTheSameWay(string phase, string message)
    {
        const string Network = "[Network] static Zoo.Tensor N(Zoo.Tensor t) => t.Dense(2);";
        var source = $"using Zoo; class Tensor; [Model(Input = [8], Batch = 4)] partial class M {{ {Network} {phase} }}";
        Assert.Equal(message, Assert.Single(GeneratorRun.Of(source).Diagnostics).GetMessage());
    }

    /// <summary>A name that C# does not know is the compiler's to report.</summary>
    [Theory]
    [InlineData("static Gaussian Encoder(Tensr x) => null!; static Bernoulli Decoder(Tensor z) => new(z.Dense(8));", "CS0246")]
    [InlineData("static Gaussian Encoder(Tensor x, Nois n) => null!; static Bernoulli Decoder(Tensor z) => new(z.Dense(8));", "CS0246")]
    [InlineData("static Gausian Encoder(Tensor x) => null!; static Bernoulli Decoder(Tensor z) => new(z.Dense(8));", "CS0246")]
    public void AMisspeltTypeIsTheCompilersError(string members, string id)
    {
        var run = GeneratorRun.Of($"using Zoo; [Vae(Input = [8], Batch = 4)] partial class M {{ {members} }}");
        Assert.Empty(run.Reported);
        Assert.Empty(run.Files);
        Assert.Equal([id],
            run.Output.GetDiagnostics().Where(d => d.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error).Select(d => d.Id));
    }

    /// <summary>The attribute is for classes: C# says so, and nothing more is said or emitted.</summary>
    [Theory]
    [InlineData("partial struct")]
    [InlineData("partial interface")]
    [InlineData("partial record struct")]
    [InlineData("struct")]
    [InlineData("interface")]
    [InlineData("ref partial struct")]
    [InlineData("readonly partial record struct")]
    public void OnlyAClassIsAModel(string kind) => StrangeClass.Check($"MODEL {kind} M {{ NETWORKS }}", "CS0592");

    /// <summary>C# says what a block of extensions cannot hold, and nothing more is said or emitted.</summary>
    [Fact]
    public void ABlockOfExtensionsHoldsNoModel()
    {
        const string Block = "static partial class O { extension(string s) { MODEL partial class M { NETWORKS } } }";
        var run = GeneratorRun.Of(StrangeClass.Source(Block));
        Assert.Empty(run.Reported);
        Assert.Empty(run.Files);
        Assert.Contains(run.Output.GetDiagnostics(), d => d.Id == "CS9282");
    }
}
