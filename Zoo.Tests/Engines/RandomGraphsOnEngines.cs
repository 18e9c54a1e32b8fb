using Zoo.Runtime;

namespace Zoo.Tests.Engines;

/// <summary>
/// Random programs in IR through the whole back end: every op in every place, which declarations do not reach, with gradients by all
/// sources, fused and not. Memory that no kernel has written reads as NaN.
/// </summary>
[Trait("Speed", "Slow")]
public class RandomGraphsOnEngines
{
    const int Programs = 120;

    static readonly VectorWidth[] Widths = [VectorWidth.Bits512, VectorWidth.Bits256, VectorWidth.Bits128, VectorWidth.Scalar];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AreTheInterpreters(bool isPlain)
    {
        var programs = Enumerable.Range(0, Programs).Select(LabelPrograms.Random).ToList();
        using var engines = new GraphEngines(programs, isPlain: isPlain);
        for (var i = 0; i < Programs; i++)
        {
            using var device = Device.CpuWith(1 + i % 3, Widths[i % 4]);
            var actual = engines.Run(programs[i], device);
            foreach (var (name, expected) in programs[i].Expected())
                Tolerances.Close($"{programs[i].Name} {name} at {Widths[i % 4]}", expected, actual[name], Tolerances.Gradient, 1);
        }
    }
}
