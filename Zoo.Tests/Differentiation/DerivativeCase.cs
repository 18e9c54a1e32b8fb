using Zoo.Generators.Graphs;

namespace Zoo.Tests.Differentiation;

/// <summary>A small graph around one op, to be differentiated by each of its leaves.</summary>
sealed record DerivativeCase(Op Op, string Name, Leaf[] Leaves, Func<GraphBuilder, Node[], Node> Build)
{
    /// <summary>Three examples: a batch that no shape of a case has, so that rows cannot pass for an axis.</summary>
    public const int BatchRows = 3;
}
