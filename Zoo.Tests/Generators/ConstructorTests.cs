using Zoo.Tests.Engines;

namespace Zoo.Tests.Generators;

/// <summary>Constructors of the user's own beside the generated one, which makes the model.</summary>
public sealed class ConstructorTests
{
    [Theory]
    [InlineData("public M(int n) : this((ulong)n) { }")]
    [InlineData("public M(string name) : this(seed: 0, device: null) { } public M(int n) : this(\"n\") { }")]
    [InlineData("public M(int n, Device? device) : this(seed: 0, device: device) { }")]
    [InlineData("static M() { } ~M() { }")]
    [InlineData("public M(long n, object? device) : this(0UL, null) { } public M(object n, Device? device) : this() { } public M(float n) "
        + ": this() { }")]
    [InlineData("public partial M(int n); public partial M(int n) : this((ulong)n) { }")]
    [InlineData("public M(in ulong seed, Device? device) : this(seed: 1) { }")]
    public void AChainedOneIsFine(string constructors) => StrangeClass.Check($"MODEL partial class M {{ NETWORKS {constructors} }}");

    [Theory]
    [InlineData("public {|ZOO0013:M|}() { }")]
    [InlineData("public {|ZOO0013:M|}(string name) : base() { } public M(int n) : this(\"n\") { }")]
    [InlineData("{|ZOO0013:M|}(ulong seed) => Seed = seed; public ulong Seed { get; }")]
    [InlineData("public {|ZOO0013:M|}(int n) { } protected {|ZOO0013:M|}(params int[] n) { }")]
    [InlineData("public partial M(int n); public partial {|ZOO0013:M|}(int n) { }")]
    [InlineData("public {|ZOO0012:M|}(ulong seed, Device device) { }")]
    [InlineData("public {|ZOO0012:M|}(ulong seed = 3, Device? device = null) : this(3) { } M(int n) : this(seed: 0, device: null) { }")]
    public void OneThatDoesNotChainIsRefused(string constructors) =>
        StrangeClass.Check($"MODEL partial class M {{ NETWORKS {constructors} }}");

    [Theory]
    [InlineData("class M", "(int n)")]
    [InlineData("record M", "(int N)")]
    [InlineData("record class M", "")]
    public void OneInTheHeadIsRefused(string head, string parameters)
    {
        var marked = head.Replace("M", "{|ZOO0004:M|}");
        StrangeClass.Check($"MODEL partial {marked}{parameters} {{ NETWORKS }}");
    }

    [Theory]
    [InlineData("public M() { }",
        "Constructor 'M()' does not call the generated one, which makes the model: write 'M() : this(seed: 0, device: null)'")]
    [InlineData(
        "public M(int n, Device? device) : base() { }",
        "Constructor 'M(int, Device?)' does not call the generated one, which makes the model: write 'M(int n, Device? device) : "
            + "this(seed: 0, device: device)'")]
    [InlineData(
        "public M(ulong seed) { }",
        "Constructor 'M(ulong)' does not call the generated one, which makes the model: write 'M(ulong seed) : this(seed: seed, "
            + "device: null)'")]
    [InlineData(
        "public M(int seed, string device) { }",
        "Constructor 'M(int, string)' does not call the generated one, which makes the model: write 'M(int seed, string device) : "
            + "this(seed: 0UL, device: (Device?)null)'")]
    [InlineData(
        "public M(byte seed, out Device device) { device = Device.Cpu; }",
        "Constructor 'M(byte, Device)' does not call the generated one, which makes the model: write 'M(byte seed, out Device device) : "
            + "this(seed: seed, device: (Device?)null)'")]
    public void TheMessageHasTheTextToWrite(string constructors, string message)
    {
        var run = GeneratorRun.Of(StrangeClass.Source($"MODEL partial class M {{ NETWORKS {constructors} }}"));
        Assert.Equal(message, Assert.Single(run.Diagnostics).GetMessage());
        // What it says to write is right.
        var written = message[(message.IndexOf("write '", StringComparison.Ordinal) + 7)..^1];
        var body = written.Contains("out Device") ? "device = Device.Cpu;" : "";
        StrangeClass.Check($"MODEL partial class M {{ NETWORKS public {written} {{ {body} }} }}");
    }

    /// <summary>What the message says to write compiles, whatever the constructor takes, and whatever others are beside it.</summary>
    [Theory]
    [InlineData("(Device? device, ulong seed = 0)")]
    [InlineData("(Device? device, ulong seed)")]
    [InlineData("(Device device, in ulong seed)")]
    [InlineData("(Device? device = null, ulong seed = 0, int more = 3)")]
    [InlineData("(Device? device, int seed = 0)")]
    [InlineData("(Device? device, byte seed)")]
    [InlineData("(byte seed, Device? device)")]
    [InlineData("(object seed, object device)")]
    [InlineData("(ulong? seed = null, Device? device = null)")]
    [InlineData("(ulong seed, Device? device, params int[] more)")]
    [InlineData("(ulong seed, object? device = null)")]
    [InlineData("(dynamic seed)")]
    [InlineData("(dynamic? device, dynamic seed)")]
    [InlineData("(ref ulong seed, ref Device device)")]
    [InlineData("(double @device, float @seed)")]
    [InlineData("(string path, ulong seed = 1, Device? device = null)")]
    [InlineData("()", "public M(ulong seed, string? device) : this() { }")]
    [InlineData("(int n)", "public M(string? device, uint seed, int more = 3) : this(3UL) { }")]
    [InlineData("(int n)", "public M(Device? device, ulong seed) : this(seed, device) { }")]
    [InlineData("(Device? device, ulong seed, int n)", "public M(Device? device, ulong seed) : this(seed, device) { }")]
    public void TheTextToWriteCompiles(string parameters, string beside = "")
    {
        string Source(string written) => $"MODEL partial class M {{ NETWORKS {beside} public {written} {{ }} }}";
        var run = GeneratorRun.Of(StrangeClass.Source(Source($"M{parameters}")));
        var message = Assert.Single(run.Diagnostics).GetMessage();
        var written = message[(message.IndexOf("write '", StringComparison.Ordinal) + 7)..^1];
        StrangeClass.Check(Source(written));
    }

    /// <summary>As the file may name the type: without our namespace, and where nobody writes what may be null.</summary>
    [Theory]
    [InlineData("#nullable disable\nclass B { } [Zoo.Vae(Input = [8], Batch = 4)] partial class M { NET CTOR { } }")]
    [InlineData("#nullable enable\nclass B { } [Zoo.Vae(Input = [8], Batch = 4)] partial class M { NET CTOR { } }")]
    [InlineData("class Device { } [Zoo.Vae(Input = [8], Batch = 4)] partial class M { NET CTOR { } }")]
    public void TheTextToWriteNamesTheTypeAsTheFileCan(string source)
    {
        source = source.Replace("NET", "static Zoo.Gaussian Encoder(Zoo.Tensor x) => new(x.Dense(3), x.Dense(3)); static Zoo.Bernoulli "
            + "Decoder(Zoo.Tensor z) => new(z.Dense(8));");
        var message = Assert.Single(GeneratorRun.Of(source.Replace("CTOR", "public M(int seed, string device)")).Diagnostics).GetMessage();
        var written = message[(message.IndexOf("write '", StringComparison.Ordinal) + 7)..^1];
        var run = GeneratorRun.Of(source.Replace("CTOR", "public " + written));
        Assert.Empty(run.Output.GetDiagnostics().Where(d => d.Severity >= Microsoft.CodeAnalysis.DiagnosticSeverity.Warning
            && d.Id != "CS1591").Select(d => d.ToString()));
    }

    /// <summary>Loading makes the model with the generated constructor, whatever others would take a literal 0.</summary>
    [Fact]
    public void LoadingCallsTheGeneratedOne()
    {
        const string Own = "public bool IsOwn; public M(int n, Device? device) : this(seed: 1, device: device) => IsOwn = true; public "
            + "M(byte n, Device? device) : this((int)n, device) => IsOwn = true;";
        using var compiled = new CompiledModels([StrangeClass.Source($"MODEL public partial class M {{ NETWORKS {Own} }}")]);
        using var folder = new Data.TemporaryFolder();
        var path = Path.Combine(folder.Path, "m.safetensors");
        using (var model = compiled.Create("M", 1, Device.Cpu)) model.Save(path);
        var load = compiled.Type("M").GetMethod("Load", [typeof(string), typeof(Device)])!;
        using var again = (IGenerativeModel)load.Invoke(null, [path, null])!;
        Assert.False((bool)compiled.Type("M").GetField("IsOwn")!.GetValue(again)!);
    }
}
