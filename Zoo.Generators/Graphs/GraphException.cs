using System;

namespace Zoo.Generators.Graphs;

/// <summary>What can be wrong with an operation's operands. The tracer turns each into a diagnostic on the user's call.</summary>
public enum GraphError
{
    /// <summary>Two shapes that do not broadcast.</summary>
    ShapeMismatch,
    /// <summary>An operand of a rank that the operation does not take.</summary>
    WrongRank,
    /// <summary>A matrix product whose inner sizes differ.</summary>
    InnerSizeMismatch,
    /// <summary>A reshape that changes the number of elements.</summary>
    ReshapeCount,
    /// <summary>An axis that the operand does not have.</summary>
    AxisOutOfRange,
    /// <summary>A slice that leaves the axis.</summary>
    SliceOutOfRange,
    /// <summary>A size or count that is not positive.</summary>
    NotPositive,
    /// <summary>Values with different numbers of rows per example.</summary>
    RowMismatch,
    /// <summary>A value with no examples where one number per example is needed, or the other way round.</summary>
    BatchMismatch,
}

/// <summary>An operation refused its operands. The message gives the shapes, in no culture's digits.</summary>
public sealed class GraphException(GraphError error, FormattableString message) : Exception(FormattableString.Invariant(message))
{
    public GraphError Error { get; } = error;
}
