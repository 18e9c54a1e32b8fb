using System.Collections.Generic;
using Zoo.Generators.Graphs;

namespace Zoo.Generators.Tracing;

/// <summary>What an expression stands for while a body is traced.</summary>
abstract record Value
{
    /// <summary>The result of a mistake that has its diagnostic: everything that touches it is silent.</summary>
    public static readonly Value Poisoned = new Poison();

    public static readonly Value Nothing = new Constant(null);

    public sealed record Poison : Value;

    /// <summary>A number, a bool, a string or null, boxed as the type that C# gives it; a member of an enum as its number.</summary>
    public sealed record Constant(object? Literal) : Value;

    public sealed record Array(IReadOnlyList<Value> Items) : Value;

    public sealed record Tuple(IReadOnlyList<Value> Items) : Value;

    public sealed record Tensor(Node Node) : Value;

    public sealed record Gaussian(GaussianValue Law) : Value;

    public sealed record Bernoulli(BernoulliValue Law) : Value;

    public sealed record Categorical(CategoricalValue Law) : Value;

    public sealed record Noise : Value;
}
