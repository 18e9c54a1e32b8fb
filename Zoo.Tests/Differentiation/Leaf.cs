using Zoo.Generators.Graphs;

namespace Zoo.Tests.Differentiation;

/// <summary>An operand to differentiate by, and where its values lie.</summary>
/// <param name="Type">A shared leaf becomes a parameter, one with rows an input.</param>
/// <param name="Low">Lower end of the values.</param>
/// <param name="High">Upper end.</param>
/// <param name="Apart">Values far from 0 and from each other, over all leaves of a case: finite differences do not see a kink.</param>
/// <param name="Classes">Of labels, whose values are −1 to Classes − 1 in turn and whose derivative is 0; 0 for other leaves.</param>
sealed record Leaf(TensorType Type, double Low = -2, double High = 2, bool Apart = false, int Classes = 0)
{
    public static Leaf Shared(params int[] shape) => new(TensorType.Shared(shape));

    public static Leaf Batch(params int[] shape) => new(TensorType.Batch(shape));

    public static Leaf Rows(int rows, params int[] shape) => new(new TensorType(rows, new Shape(shape)));

    public static Leaf Labels(int classes, int rows = 1) => new(new TensorType(rows, Shape.Scalar), Classes: classes);

    public Leaf Within(double low, double high) => this with { Low = low, High = high };

    public Leaf SpacedApart() => this with { Apart = true };
}
