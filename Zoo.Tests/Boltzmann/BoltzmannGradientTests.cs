using Zoo.Generators.Graphs;
using Zoo.Runtime;
using Zoo.Tests.Engines;
using Zoo.Tests.Oracle;

namespace Zoo.Tests.Boltzmann;

/// <summary>
/// The gradient that training follows, averaged over fantasies of the machine itself, is that of the log-likelihood: E over the model − E
/// over the data, with every option alone and with all of them. The fantasies are enumerated, or integrated with Gaussian units.
/// </summary>
public sealed class BoltzmannGradientTests(BoltzmannModels models) : IClassFixture<BoltzmannModels>
{
    readonly CompiledModels compiled = models.Compiled;

    [Theory]
    [InlineData("Cd1")]
    [InlineData("Pcd1")]
    [InlineData("Centred")]
    [InlineData("Sparse")]
    [InlineData("EverythingBinary")]
    [InlineData("Normal")]
    [InlineData("Varying")]
    [InlineData("Everything")]
    public void ItIsThatOfTheLogLikelihood(string name)
    {
        using var model = compiled.Create(name, 3, Device.Cpu);
        BoltzmannStepTests.Shake(model, 4);
        var (machine, oracle) = (new Machine(model), new BoltzmannOracle(compiled.Traces[name]));
        var x = BoltzmannStepTests.Batch(name, 6 * machine.Visible, 5);
        var expected = Expected(machine, oracle.Bind(model), x);
        var nodes = Topology.Sort(oracle.Graph.Program("Gradients").Results.Select(r => r.Node)).ToList();
        var actual = new Dictionary<string, double[]>();
        var total = 0.0;
        // Draws that make every chain the same fantasy, and how likely the machine makes it.
        foreach (var (hidden, draw, probability) in Fantasies(machine))
        {
            var bindings = oracle.Bind(model, ("x", x));
            foreach (var node in nodes)
            {
                double[] Repeated(double[] row) => [.. Enumerable.Range(0, (int)(node.Type.Count(6) / row.Length)).SelectMany(_ => row)];
                if (node.Op == Op.Draw)
                    bindings.Draws[node.Name] = Repeated(node.Name switch
                    {
                        "visible" => draw,
                        // h ~ p(h|x) is to be the fantasy's h.
                        "start" => [.. hidden.Select(h => 1 - h)],
                        _ => [.. hidden.Select(_ => 0.5)],
                    });
                if (node.Op == Op.Carried) bindings.Carried[node.Name] = Repeated(hidden);
                if (node.Op == Op.State && node.Name == "chains") bindings.Parameters["chains"] = Repeated(hidden);
            }
            var values = oracle.Evaluate("Gradients", bindings, 6);
            foreach (var parameter in expected.Keys)
            {
                var sum = actual.TryGetValue(parameter, out var known) ? known : actual[parameter] = new double[expected[parameter].Length];
                for (var i = 0; i < sum.Length; i++) sum[i] += probability * values[$"gradient.{parameter}"][i];
            }
            total += probability;
        }
        Assert.Equal(1, total, 1e-9);
        foreach (var (parameter, wanted) in expected)
            for (var i = 0; i < wanted.Length; i++)
                Assert.True(Math.Abs(wanted[i] - actual[parameter][i]) < 1e-6,
                    $"{name}, {parameter}[{i}]: expected {wanted[i]:R}, got {actual[parameter][i]:R}");
    }

    /// <summary>
    /// Hidden units, a draw that makes the visible ones of them, and the probability of both. A bit is set by a draw of 0 and cleared by
    /// one of 1; Gaussian noise is the nodes of a quadrature.
    /// </summary>
    static IEnumerable<(double[] Hidden, double[] Draw, double Probability)> Fantasies(Machine machine)
    {
        var logZ = machine.LogPartition();
        foreach (var hidden in machine.HiddenStates())
        {
            var marginal = Math.Exp(-machine.HiddenFreeEnergy(hidden) - logZ);
            if (!machine.IsGaussian)
            {
                foreach (var v in machine.VisibleStates())
                    yield return (hidden, [.. v.Select(bit => 1 - bit)], Math.Exp(-machine.Energy(v, hidden) - logZ));
                continue;
            }
            foreach (var (draw, weight) in Grid(machine.Visible)) yield return (hidden, draw, marginal * weight);
        }
    }

    /// <summary>Standard normal draws by the trapezoidal rule from −6.4 to 6.4, exact to 10⁻⁹ for functions as smooth as these.</summary>
    static IEnumerable<(double[] Draw, double Weight)> Grid(int units)
    {
        (double Node, double Weight)[] rule =
            [.. Enumerable.Range(-8, 17).Select(i => (0.8 * i, 0.8 * Math.Exp(-0.32 * i * i) / Math.Sqrt(2 * Math.PI)))];
        var count = (int)Math.Pow(rule.Length, units);
        for (var i = 0; i < count; i++)
        {
            var (draw, weight, rest) = (new double[units], 1.0, i);
            for (var unit = 0; unit < units; unit++, rest /= rule.Length)
            {
                draw[unit] = rule[rest % rule.Length].Node;
                weight *= rule[rest % rule.Length].Weight;
            }
            yield return (draw, weight);
        }
    }

    /// <summary>Differences of what is minimised, log Z enumerated; then, where the machine is centred, in terms of its offsets.</summary>
    static Dictionary<string, double[]> Expected(Machine machine, Bindings bindings, float[] x)
    {
        var rows = Machine.Rows(x, machine.Visible).ToList();
        var (cost, target) = (bindings.Hyperparameters.GetValueOrDefault("sparsity_cost"),
            bindings.Hyperparameters.GetValueOrDefault("sparsity_target"));
        double[] Mean(IEnumerable<double[]> values) =>
            [.. values.Aggregate((a, b) => [.. a.Zip(b, (p, q) => p + q)]).Select(v => v / rows.Count)];
        double Minimised(Machine m) => rows.Average(m.FreeEnergy) + m.LogPartition()
            + cost * Mean(rows.Select(m.HiddenMean)).Sum(q => (target - q) * (target - q));
        const double h = 1e-5;
        var gradients = machine.Trained.ToDictionary(p => p.Name, p => Enumerable.Range(0, p.Length)
            .Select(i => (Minimised(machine.Moved(p.Name, i, h)) - Minimised(machine.Moved(p.Name, i, -h))) / (2 * h)).ToArray());
        // From PyTorch's layout to the IR's.
        var (visible, hidden, turned) = (machine.Visible, machine.Hidden, gradients["weight"]);
        var weight = gradients["weight"] = [.. Enumerable.Range(0, turned.Length).Select(k => turned[k % hidden * visible + k / hidden])];
        if (!bindings.Hyperparameters.TryGetValue("sliding_factor", out var factor)) return gradients;

        double[] Moved(string offset, double[] mean) =>
            [.. bindings.Parameters[offset].Zip(mean, (old, now) => old + factor * (now - old))];
        double[] mu = [.. Moved("visible_offset", Mean(rows)).Select((v, i) => v * machine.Precision(i))];
        var lambda = Moved("hidden_offset", Mean(rows.Select(machine.HiddenMean)));
        var (b, c) = (gradients["visible_bias"], gradients["hidden_bias"]);
        for (var k = 0; k < weight.Length; k++) weight[k] -= b[k / hidden] * lambda[k % hidden] + mu[k / hidden] * c[k % hidden];
        gradients["visible_bias"] = [.. b.Select((g, i) => g - Enumerable.Range(0, hidden).Sum(j => weight[i * hidden + j] * lambda[j]))];
        gradients["hidden_bias"] = [.. c.Select((g, j) => g - Enumerable.Range(0, visible).Sum(i => weight[i * hidden + j] * mu[i]))];
        return gradients;
    }
}
