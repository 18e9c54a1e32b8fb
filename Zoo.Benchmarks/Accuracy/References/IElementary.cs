using Zoo.Runtime;

namespace Zoo.Benchmarks.References;

/// <summary>One function of <see cref="VectorMath"/> beside what it should give.</summary>
interface IElementary
{
    /// <summary>Name, as in the table.</summary>
    static abstract string Name { get; }

    /// <summary>Largest error allowed, in units in the last place.</summary>
    static abstract double Bound { get; }

    /// <summary>Arguments of a larger magnitude are outside the bound.</summary>
    static virtual float Range => float.PositiveInfinity;

    /// <summary>The function under test.</summary>
    static abstract V Apply<V>(V x) where V : struct, IVector<V>;

    /// <summary>The exact value, to about double precision.</summary>
    static abstract double Exact(double x);
}
