using Zoo.Tests.Adversarial;

namespace Zoo.Tests.Boltzmann;

/// <summary>A restricted Boltzmann machine in double precision, straight from its energy; small ones are enumerated.</summary>
sealed class Machine
{
    readonly Dictionary<string, double[]> parameters;
    readonly double scale;

    /// <param name="model">The machine as it stands.</param>
    public Machine(IGenerativeModel model) : this(
        model.Parameters.Where(p => p.IsTrained).ToDictionary(p => p.Name, p => BoltzmannOracle.Doubles(PhasedSteps.Values(p))),
        BoltzmannDeclarations.IsGaussian(model.GetType().Name), BoltzmannDeclarations.Variance(model.GetType().Name)) { }

    Machine(Dictionary<string, double[]> parameters, bool isGaussian, double scale)
    {
        (this.parameters, IsGaussian, this.scale) = (parameters, isGaussian, scale);
        (weight, b, c) = (parameters["weight"], parameters["visible_bias"], parameters["hidden_bias"]);
        variance = parameters.TryGetValue("visible_log_variance", out var logarithms)
            ? [.. logarithms.Select(l => scale * Math.Exp(l))]
            : [.. b.Select(_ => scale)];
    }

    readonly double[] weight, b, c, variance;

    /// <summary>The machine with one number moved, in PyTorch's layout.</summary>
    public Machine Moved(string parameter, int index, double by) => new(
        parameters.ToDictionary(p => p.Key, p => p.Key == parameter ? [.. p.Value.Select((v, i) => i == index ? v + by : v)] : p.Value),
        IsGaussian, scale);

    public bool IsGaussian { get; }

    public int Visible => b.Length;

    public int Hidden => c.Length;

    /// <summary>Names of what is trained, with how many numbers each has.</summary>
    public IEnumerable<(string Name, int Length)> Trained => parameters.Select(p => (p.Key, p.Value.Length));

    /// <summary>W of visible unit i and hidden unit j, from PyTorch's layout.</summary>
    double W(int i, int j) => weight[j * Visible + i];

    public double Energy(double[] v, double[] h)
    {
        var energy = -c.Zip(h, (a, x) => a * x).Sum();
        for (var i = 0; i < Visible; i++)
        {
            energy += IsGaussian ? Math.Pow(v[i] - b[i], 2) / (2 * variance[i]) : -b[i] * v[i];
            for (var j = 0; j < Hidden; j++) energy -= v[i] * Precision(i) * W(i, j) * h[j];
        }
        return energy;
    }

    public double[] HiddenInput(double[] v) =>
        [.. Enumerable.Range(0, Hidden).Select(j => c[j] + Enumerable.Range(0, Visible)
            .Sum(i => v[i] * Precision(i) * W(i, j)))];

    public double[] HiddenMean(double[] v) => [.. HiddenInput(v).Select(a => 1 / (1 + Math.Exp(-a)))];

    public double[] VisibleMean(double[] h) =>
        [.. Enumerable.Range(0, Visible).Select(i => b[i] + Enumerable.Range(0, Hidden).Sum(j => W(i, j) * h[j]))
            .Select(a => IsGaussian ? a : 1 / (1 + Math.Exp(-a)))];

    public double FreeEnergy(double[] v) => Energy(v, new double[Hidden]) - HiddenInput(v).Sum(Softplus);

    /// <summary>1 / s² of a visible unit, or 1.</summary>
    public double Precision(int i) => IsGaussian ? 1 / variance[i] : 1;

    public IEnumerable<double[]> VisibleStates() => States(Visible);

    public IEnumerable<double[]> HiddenStates() => States(Hidden);

    static IEnumerable<double[]> States(int units) => Enumerable.Range(0, 1 << units)
        .Select(state => Enumerable.Range(0, units).Select(i => (double)(state >> i & 1)).ToArray());

    /// <summary>−log of what h has of Z: Σ over v, or the Gaussian integral.</summary>
    public double HiddenFreeEnergy(double[] h)
    {
        var energy = -c.Zip(h, (a, x) => a * x).Sum();
        for (var i = 0; i < Visible; i++)
        {
            var a = Enumerable.Range(0, Hidden).Sum(j => W(i, j) * h[j]);
            energy -= IsGaussian
                ? 0.5 * Math.Log(2 * Math.PI * variance[i]) + (b[i] * a + a * a / 2) / variance[i]
                : Softplus(b[i] + a);
        }
        return energy;
    }

    public double LogPartition() => LogSumExp(HiddenStates().Select(h => -HiddenFreeEnergy(h)));

    static double Softplus(double a) => Math.Max(a, 0) + Math.Log(1 + Math.Exp(-Math.Abs(a)));

    public static double LogSumExp(IEnumerable<double> values)
    {
        var all = values.ToList();
        var largest = all.Max();
        return largest + Math.Log(all.Sum(v => Math.Exp(v - largest)));
    }

    public static IEnumerable<double[]> Rows(float[] values, int size) =>
        values.Chunk(size).Select(row => BoltzmannOracle.Doubles(row));
}
