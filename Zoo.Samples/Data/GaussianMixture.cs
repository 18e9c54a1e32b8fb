using Zoo.Samples.CommandLine;

namespace Zoo.Samples.Data;

/// <summary>
/// Equally likely round Gaussians in the plane: data without files, whose modes are known. Scaled as by Gulrajani et al. (2017,
/// gan_toy.py), so that coordinates are about as large as the codes.
/// </summary>
internal sealed class GaussianMixture
{
    readonly float[] modes;

    GaussianMixture(string name, string title, IEnumerable<(double X, double Y)> modes, double deviation, double divisor)
    {
        (Name, Title, Deviation) = (name, title, deviation / divisor);
        this.modes = [.. modes.SelectMany(mode => (float[])[(float)(mode.X / divisor), (float)(mode.Y / divisor)])];
    }

    /// <summary>
    /// Eight on a circle of radius 2, deviation 0.02, all divided by 1.414. An angle is k/8 of the whole turn: eight angles from 0 to 2π
    /// with both ends, as in a well-known notebook, would be seven modes, one of them twice.
    /// </summary>
    public static GaussianMixture Ring { get; } = new(
        "ring", "eight Gaussians around a ring",
        Enumerable.Range(0, 8).Select(k => (2 * Math.Cos(k * Math.Tau / 8), 2 * Math.Sin(k * Math.Tau / 8))), 0.02, 1.414);

    /// <summary>Five by five, two apart, deviation 0.05, all divided by 2.828.</summary>
    public static GaussianMixture Grid { get; } =
        new("grid", "25 Gaussians on a grid", Enumerable.Range(0, 25).Select(k => (2.0 * (k / 5 - 2), 2.0 * (k % 5 - 2))), 0.05, 2.828);

    public static IReadOnlyList<GaussianMixture> All { get; } = [Ring, Grid];

    /// <summary>What the command line calls it.</summary>
    public string Name { get; }

    /// <summary>What it is, within a sentence.</summary>
    public string Title { get; }

    /// <summary>[count × 2]: the centres.</summary>
    public ReadOnlySpan<float> Modes => modes;

    public int Count => modes.Length / 2;

    /// <summary>Standard deviation of every mode in either coordinate.</summary>
    public double Deviation { get; }

    /// <exception cref="CommandException">There is none of this name; those there are are listed.</exception>
    public static GaussianMixture Named(string name) => All.FirstOrDefault(mixture => mixture.Name == name)
        ?? throw new CommandException(
            $"--data: expected {string.Join(" or ", All.Select(mixture => mixture.Name))}, "
            + $"because the points of this model are drawn, not read; got '{name}'.");

    /// <summary>How much of it points cover.</summary>
    /// <param name="points">[count × 2].</param>
    public ModeCoverage Coverage(ReadOnlySpan<float> points) => ModeCoverage.Measure(points, modes, 2, Deviation);
}
