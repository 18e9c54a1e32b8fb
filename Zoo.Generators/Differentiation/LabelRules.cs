using Zoo.Generators.Graphs;

namespace Zoo.Generators.Differentiation;

/// <summary>Gather and Scatter are each other's transpose in their first operand; a label is a name and has no gradient.</summary>
static class LabelRules
{
    public static Node? Apply(GraphBuilder g, Node y, Node up, int input) => (y.Op, input) switch
    {
        (Op.Gather, 0) => g.Scatter(up, y.Inputs[1], y.Inputs[0].Shape[0]),
        (Op.Scatter, 0) => g.Gather(up, y.Inputs[1]),
        _ => null,
    };
}
