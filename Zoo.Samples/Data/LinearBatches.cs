using Zoo.Runtime;

namespace Zoo.Samples.Data;

/// <summary>
/// Points of a linear-Gaussian law, x = Wz + b + σε with z in three dimensions and x in eight: the same set in every step.
/// </summary>
internal sealed class LinearBatches : ITrainingBatches
{
    public const int Size = 8;

    const int Latent = 3;
    const double Deviation = 0.4;

    readonly float[] rows;

    public LinearBatches(int count) => rows = Rows(count);

    /// <summary>So many points, whatever the seed of a run: the optimum is theirs.</summary>
    public static float[] Rows(int count)
    {
        ulong code = Philox.DrawKey(1, "data:z"), noise = Philox.DrawKey(1, "data:epsilon");
        var rows = new float[count * Size];
        for (var row = 0; row < count; row++)
        {
            for (var i = 0; i < Size; i++)
            {
                var x = 0.1 * i + Deviation * Philox.Normal(noise, 0, 0, row, i);
                for (var k = 0; k < Latent; k++) x += Loading(i, k) * Philox.Normal(code, 0, 0, row, k);
                rows[row * Size + i] = (float)x;
            }
        }
        return rows;
    }

    /// <summary>Waves of one to three half periods, of decreasing height.</summary>
    static double Loading(int i, int k) => (1.2 - 0.3 * k) * Math.Cos(Math.PI * (k + 1) * (i + 0.5) / Size);

    public void Seek(long step) { }

    public StepData Next() => new(rows);

    public void Dispose() { }
}
