using Zoo.Tests.Engines;

namespace Zoo.Tests.Boltzmann;

/// <summary>Small restricted Boltzmann machines: every way to run chains, every option alone, and together.</summary>
static class BoltzmannDeclarations
{
    static readonly Dictionary<string, string> Arguments = new()
    {
        ["Cd1"] = "Input = [5], Hidden = 4, Batch = 6",
        ["Cd3"] = "Input = [5], Hidden = 4, Batch = 6, GibbsSteps = 3",
        // Wider than a vector and than the batch; more chains than examples.
        ["Wide"] = "Input = [3, 7], Hidden = 37, Batch = 6, Persistent = true, Chains = 11, GibbsSteps = 2",
        // Large enough for sums of four rows of the weights to be looked up, by chains and by examples.
        ["Bits"] = "Input = [72], Hidden = 67, Batch = 40, Persistent = true, Chains = 44, GibbsSteps = 2",
        ["Pcd1"] = "Input = [5], Hidden = 4, Batch = 6, Persistent = true",
        ["FewChains"] = "Input = [5], Hidden = 4, Batch = 6, Persistent = true, Chains = 1, GibbsSteps = 3",
        ["Centred"] = "Input = [5], Hidden = 4, Batch = 6, Centered = true, SlidingFactor = 0.25f",
        ["Sparse"] = "Input = [5], Hidden = 4, Batch = 6, SparsityTarget = 0.1f, SparsityCost = 0.5f",
        ["Normal"] = "Input = [2], Hidden = 3, Batch = 6, Visible = Visible.Gaussian",
        ["Varying"] = "Input = [2], Hidden = 3, Batch = 6, Visible = Visible.Gaussian, Variance = 0.5f, LearnsVariance = true",
        ["Everything"] = "Input = [2], Hidden = 3, Batch = 6, Visible = Visible.Gaussian, Variance = 0.5f, LearnsVariance = true, "
            + "Persistent = true, Chains = 9, GibbsSteps = 3, Centered = true, SparsityTarget = 0.2f, SparsityCost = 0.3f",
        ["EverythingBinary"] = "Input = [5], Hidden = 4, Batch = 6, GibbsSteps = 2, Centered = true, SlidingFactor = 0.5f, "
            + "SparsityTarget = 0.2f, SparsityCost = 0.3f",
        // For enumeration: of several stretches, and one unit too many.
        ["Rugged"] = "Input = [14], Hidden = 20, Batch = 6",
        ["Large"] = "Input = [26], Hidden = 25, Batch = 6",
    };

    /// <summary>Those that are trained.</summary>
    public static IEnumerable<string> Names => Arguments.Keys.Except(["Rugged", "Large"]);

    public static int Rows(string name) => name == "Bits" ? 40 : 6;

    public static bool IsGaussian(string name) => Arguments[name].Contains("Gaussian", StringComparison.Ordinal);

    public static double Variance(string name) => Arguments[name].Contains("Variance = 0.5f", StringComparison.Ordinal) ? 0.5 : 1;

    static string Source(string name) =>
        $"using Zoo;\n\n[RestrictedBoltzmannMachine({Arguments[name]})]\n[Sgd(LearningRate = 0.1f, Momentum = 0.5f)]\n"
            + $"[Sgd(LearningRate = 0.1f, Momentum = 0.5f, WeightDecay = 1e-3f, For = \"Weight\")]\npublic partial class {name};\n\n"
            // A record of losses is the class's own.
            + $"public static class {name}Calls {{ public static float Evaluate({name} m, float[] x) => m.Evaluate(x).FreeEnergy; }}";

    /// <summary>All of them in one assembly.</summary>
    public static CompiledModels Compile(bool hasGpu = false, params string[] names) =>
        new((names.Length == 0 ? Arguments.Keys : names.AsEnumerable()).Select(Source), hasGpu: hasGpu);
}

/// <summary>The machines, compiled once for a class of tests.</summary>
public sealed class BoltzmannModels : IDisposable
{
    internal CompiledModels Compiled { get; } = BoltzmannDeclarations.Compile();

    public void Dispose() => Compiled.Dispose();
}
