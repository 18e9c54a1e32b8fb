using Zoo.Tests.Generators;

namespace Zoo.Tests.Boltzmann;

/// <summary>Mistakes in the declaration of a machine, each under the argument that it is about.</summary>
public sealed class BoltzmannDiagnosticTests
{
    [Theory]
    [InlineData("{|ZOO0010:RestrictedBoltzmannMachine|}(Input = [8], Batch = 4)", "Hidden must be at least 1, but is 0")]
    [InlineData("RestrictedBoltzmannMachine(Input = [8], {|ZOO0010:Hidden = -3|}, Batch = 4)", "Hidden must be at least 1, but is -3")]
    [InlineData("RestrictedBoltzmannMachine(Input = [8], Hidden = 3, Batch = 4, {|ZOO0010:GibbsSteps = 0|})",
        "GibbsSteps must be at least 1, but is 0")]
    [InlineData("RestrictedBoltzmannMachine(Input = [8], Hidden = 3, Batch = 4, {|ZOO0010:GibbsSteps = 65536|})",
        "GibbsSteps must be at most 65535, but is 65536")]
    [InlineData("RestrictedBoltzmannMachine(Input = [8], Hidden = 3, Batch = 4, Persistent = true, {|ZOO0010:Chains = -1|})",
        "Chains must be at least 0, but is -1")]
    [InlineData("RestrictedBoltzmannMachine(Input = [8], Hidden = 3, Batch = 4, Persistent = true, {|ZOO0010:Chains = 1048577|})",
        "Chains must be at most 1048576, but is 1048577")]
    [InlineData("RestrictedBoltzmannMachine(Input = [8], Hidden = 3, Batch = 4, {|ZOO0010:Chains = 5|})",
        "Chains are those of Persistent = true, but there are 5 without it: contrastive divergence has one an example")]
    [InlineData("RestrictedBoltzmannMachine(Input = [65536], {|ZOO0010:Hidden = 65536|}, Batch = 4)",
        "Hidden times Input must be at most 2147483647 weights, but is 4294967296")]
    [InlineData("RestrictedBoltzmannMachine(Input = [8], Hidden = 4096, {|ZOO0010:Batch = 1048576|})",
        "1048576 rows of 4096 units are more than 2147483647 numbers")]
    [InlineData("RestrictedBoltzmannMachine(Input = [8], Hidden = 3, Batch = 4, {|ZOO0010:SlidingFactor = 0.1f|})",
        "SlidingFactor moves the offsets of Centered = true, and there are none without it")]
    [InlineData("RestrictedBoltzmannMachine(Input = [8], Hidden = 3, Batch = 4, Centered = true, {|ZOO0010:SlidingFactor = 1.5f|})",
        "SlidingFactor must be in (0, 1], but is 1.5")]
    [InlineData("RestrictedBoltzmannMachine(Input = [8], Hidden = 3, Batch = 4, Centered = true, {|ZOO0010:SlidingFactor = 0f|})",
        "SlidingFactor must be in (0, 1], but is 0")]
    [InlineData("RestrictedBoltzmannMachine(Input = [8], Hidden = 3, Batch = 4, {|ZOO0010:SparsityTarget = 0.1f|})",
        "SparsityTarget needs a SparsityCost above 0, which says how much it counts")]
    [InlineData("RestrictedBoltzmannMachine(Input = [8], Hidden = 3, Batch = 4, SparsityCost = 1f, {|ZOO0010:SparsityTarget = 1f|})",
        "SparsityTarget must be in [0, 1), but is 1")]
    [InlineData("RestrictedBoltzmannMachine(Input = [8], Hidden = 3, Batch = 4, {|ZOO0010:SparsityCost = -1f|})",
        "SparsityCost must be a finite number of at least 0, but is -1")]
    [InlineData("RestrictedBoltzmannMachine(Input = [8], Hidden = 3, Batch = 4, {|ZOO0010:Variance = 2f|})",
        "Variance is of Visible.Gaussian units: Bernoulli ones have no variance")]
    [InlineData("RestrictedBoltzmannMachine(Input = [8], Hidden = 3, Batch = 4, {|ZOO0010:LearnsVariance = true|})",
        "LearnsVariance is of Visible.Gaussian units: Bernoulli ones have no variance")]
    [InlineData("RestrictedBoltzmannMachine(Input = [8], Hidden = 3, Batch = 4, Visible = Visible.Gaussian, {|ZOO0010:Variance = 0f|})",
        "Variance must be a finite number above 0, but is 0")]
    [InlineData("RestrictedBoltzmannMachine(Input = [8], Hidden = 3, Batch = 4, {|ZOO0010:Visible = (Visible)2|})",
        "Visible must be a member of Visible, but is 2")]
    public void ItIsSaid(string declaration, string message) =>
        Assert.Equal(message, Assert.Single(StrangeClass.Check($"[{declaration}] partial class M;").Diagnostics).GetMessage());

    /// <summary>Optimisers are narrowed to the machine's own parameters like to a network.</summary>
    [Fact]
    public void OwnersOfParametersAreKnown()
    {
        const string machine = "[RestrictedBoltzmannMachine(Input = [8], Hidden = 3, Batch = 4)]";
        StrangeClass.Check(machine + " [Sgd] [Sgd(For = \"HiddenBias\")] partial class M;");
        var run = StrangeClass.Check(machine + " [Sgd] [Sgd({|ZOO0306:For = \"Bias\"|})] partial class M;");
        Assert.Contains("Weight, VisibleBias, HiddenBias", run.Diagnostics[0].GetMessage(), StringComparison.Ordinal);
    }

    /// <summary>The machine's members meet the user's like any others.</summary>
    [Fact]
    public void MembersOfTheUsersAreNotHidden() => StrangeClass.Check(
        "[RestrictedBoltzmannMachine(Input = [8], Hidden = 3, Batch = 4)] partial class M { double {|ZOO0012:LogPartition|}() => 1; }",
        []);
}
