using System.Text;

namespace Zoo.Runtime;

/// <summary>The random numbers behind the first values of one parameter: a pure function of (seed, parameter name, attempt, row, column).</summary>
internal readonly struct InitialDraws(ulong seed, string parameter)
{
    const double Unit = 1.0 / (1L << 53);

    readonly ulong key = Mix(seed ^ Hash("init:" + parameter));

    /// <summary>U[0, 1).</summary>
    public float Uniform(int row, int column, int attempt = 0) => (int)(Bits(row, column, 2 * attempt) >> 40) * (1f / (1 << 24));

    /// <summary>N(0, 1), by Box and Muller 1958.</summary>
    public float Normal(int row, int column, int attempt = 0)
    {
        var (u, v) = (((Bits(row, column, 2 * attempt) >> 11) + 1) * Unit, (Bits(row, column, 2 * attempt + 1) >> 11) * Unit);
        return (float)(Math.Sqrt(-2 * Math.Log(u)) * Math.Cos(2 * Math.PI * v));
    }

    ulong Bits(int row, int column, int stream) => unchecked(Mix(Mix(key + (ulong)stream) ^ ((ulong)(uint)row << 32 | (uint)column)));

    // The finaliser of splitmix64 (Steele, Lea and Flood 2014).
    static ulong Mix(ulong x)
    {
        unchecked
        {
            x += 0x9E3779B97F4A7C15;
            x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9;
            x = (x ^ x >> 27) * 0x94D049BB133111EB;
            return x ^ x >> 31;
        }
    }

    static ulong Hash(string name)
    {
        var hash = 14695981039346656037;
        foreach (var b in Encoding.UTF8.GetBytes(name)) hash = unchecked((hash ^ b) * 1099511628211);
        return hash;
    }
}
