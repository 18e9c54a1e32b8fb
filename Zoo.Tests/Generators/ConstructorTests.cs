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
