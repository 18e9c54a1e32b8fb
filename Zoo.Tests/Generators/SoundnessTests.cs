using Microsoft.CodeAnalysis;
using Xunit;

namespace Zoo.Tests.Generators;

/// <summary>
/// What is emitted compiles without a warning in the strictest project, for a model in any place, and a second run has nothing to do.
/// </summary>
public class SoundnessTests
{
    const string Networks = "static Gaussian Encoder(Tensor x) => new(x.Dense(3), x.Dense(3)); static Bernoulli Decoder(Tensor z) => "
        + "new(z.Dense(8));";

    [Theory]
    [InlineData("/// <summary>A model.</summary>\nMODEL public partial class M { NETWORKS }")]
    [InlineData("namespace A.B; MODEL internal sealed partial class M { NETWORKS }")]
    [InlineData("namespace @namespace.@class { MODEL partial class @event { NETWORKS } }")]
    [InlineData("namespace A; partial class Outer<T> { partial record struct @in { MODEL private partial class M { NETWORKS } } }")]
    [InlineData("partial interface I { MODEL internal partial class M { NETWORKS } } partial class C { MODEL protected partial class M { "
        + "NETWORKS } }")]
    [InlineData("namespace A.System; MODEL partial class String { NETWORKS }")]
    [InlineData("MODEL [Sgd(Momentum = 0.5f, ClipNorm = 1f)] [RmsProp(For = nameof(Decoder))] partial class M { NETWORKS static Gaussian "
        + "Prior() => new(Tensor.Parameter(\"mean\", [3]), 0f); }")]
    [InlineData("[Vae(Input = [2, 4], Batch = 4, Beta = 2f, WarmUpSteps = 10, FreeBits = 0.5f)] partial class M { static Gaussian "
        + "Encoder(Tensor x) => new(x.Flatten().LayerNorm().Dense(3), -1f); static Gaussian Decoder(Tensor z) => "
        + "new(z.Dense(8).Reshape(2, 4), 0f); }")]
    [InlineData("[Vae(Input = [8], Batch = 4, Samples = 3)] partial class M { static Gaussian Encoder(Tensor x) => new(Trunk(x), "
        + "Trunk(-x)); static Bernoulli Decoder(Tensor z) => new(z.Dense(8)); [Network] static Tensor Trunk(Tensor t) => t.Dense(3); }")]
    public void EmittedCodeHasNoWarning(string declaration)
    {
        var run = GeneratorRun.Of("using Zoo;\n"
            + declaration.Replace("MODEL", "[Vae(Input = [8], Batch = 4)]").Replace("NETWORKS", Networks));
        Assert.Empty(run.Reported);
        Assert.NotEmpty(run.Files);
        Assert.Empty(run.Output.GetDiagnostics().Where(d => d.Severity >= DiagnosticSeverity.Warning).Select(d => d.ToString()));
        var again = run.Then(run.Input.Clone());
        var tracked = typeof(Zoo.Generators.Infrastructure.TrackingNames).GetFields().Select(f => f.Name).ToHashSet();
        Assert.All(again.Reasons.Where(r => tracked.Contains(r.Step)),
            r => Assert.True(r.Reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, r.ToString()));
        Assert.Equal(run.Files, again.Files);
    }
}
