using System.Runtime.CompilerServices;

namespace Zoo.Runtime;

/// <summary>
/// Sums of neighbours along an axis by fewer multiplications than there are summands: m outputs y_o = Σ_i d_{o+i}·g_i of r taps are
/// y = Eₘᵀ·(s ∘ (V·d) ∘ (Eᵣ·g)), with m + r − 1 products instead of m·r (Winograd 1980; for images Lavin and Gray 2016). Row p of E holds
/// the powers of the point at which polynomials of m and of r coefficients are multiplied: 0, 1, −1 and infinity, so that all numbers of V
/// and E are 0, 1 or −1. By the same products the taps' gradients are Eᵣᵀ·(s ∘ (V·d) ∘ (Eₘ·∂y)).
/// </summary>
/// <param name="Outputs">m: 2 or 3 for two taps, 2 for three taps, or 1, which multiplies each number by its tap.</param>
/// <param name="Taps">r: 2 or 3.</param>
readonly record struct MinimalFilter(int Outputs, int Taps)
{
    /// <summary>Products that it takes, and numbers that it reads.</summary>
    public int Points => Outputs + Taps - 1;

    /// <summary>Row <paramref name="point"/> of V: one number, or the first plus or minus a second one.</summary>
    /// <returns>The first number's place, the second's, and its sign, 0 where there is none.</returns>
    public (int First, int Second, int Sign) Reads(int point) => (Outputs, Points, point) switch
    {
        (1, _, _) => (point, point, 0),
        (_, 3, 0) => (0, 1, -1),
        (_, 3, 1) => (1, 1, 0),
        (_, 3, _) => (2, 1, -1),
        (_, _, 0) => (0, 2, -1),
        (_, _, 1) => (1, 2, 1),
        (_, _, 2) => (2, 1, -1),
        _ => (3, 1, -1),
    };

    /// <summary>A number of E for polynomials of so many coefficients, which are the outputs or the taps.</summary>
    public int Power(int coefficients, int point, int coefficient)
    {
        if (Outputs == 1) return coefficients == 1 || point == coefficient ? 1 : 0;
        if (point == 0) return coefficient == 0 ? 1 : 0;
        if (point == Points - 1) return coefficient == coefficients - 1 ? 1 : 0;
        return point == 1 || coefficient % 2 == 0 ? 1 : -1;
    }

    /// <summary>s of a point: a half where it is 1 or −1 and both are there.</summary>
    public float Scale(int point) => Outputs > 1 && Points == 4 && point is 1 or 2 ? 0.5f : 1;

    /// <summary>The first point that has a part in a coefficient.</summary>
    public int FirstPoint(int coefficients, int coefficient)
    {
        var point = 0;
        while (Power(coefficients, point, coefficient) == 0) point++;
        return point;
    }
}

/// <summary>An axis of outputs cut into stretches, each by a minimal filter: of one or two sizes, the larger ones first.</summary>
/// <param name="Extent">Outputs.</param>
/// <param name="Taps">Taps of each.</param>
readonly record struct FilteredAxis(int Extent, int Taps)
{
    /// <summary>Stretches of the larger size, and of the smaller one.</summary>
    (int Large, int Small) Counts => Taps == 2
        // Threes; a rest of one and a three are two twos.
        ? Extent < 3 ? (0, 1) : Extent % 3 == 1 ? (Extent / 3 - 1, 2) : (Extent / 3, Extent % 3 / 2)
        : (Extent / 2, Extent % 2);

    /// <summary>Sizes that occur.</summary>
    public const int Sizes = 2;

    /// <summary>The filter of a size, the number of its stretches, and where the first of them starts.</summary>
    public (MinimalFilter Filter, int Count, int Start) Of(int size)
    {
        var (large, small) = Counts;
        var most = Taps == 2 ? 3 : 2;
        if (size == 0) return (new(most, Taps), large, 0);
        return (new(Taps == 2 && Extent > 1 ? 2 : 1, Taps), small, large * most);
    }

    /// <summary>Products of all stretches.</summary>
    public int Points
    {
        get
        {
            var ((large, many, _), (small, few, _)) = (Of(0), Of(1));
            return many * large.Points + few * small.Points;
        }
    }
}
