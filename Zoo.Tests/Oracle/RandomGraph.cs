using Zoo.Generators.Graphs;

namespace Zoo.Tests.Oracle;

/// <summary>A random program with values for its sources.</summary>
/// <param name="Builder">Made all nodes.</param>
/// <param name="Loss">A shared scalar.</param>
/// <param name="Leaves">Inputs and parameters that the loss may depend on.</param>
/// <param name="Outputs">Values of every type, as outputs of a program.</param>
/// <param name="Bindings">Values of the sources.</param>
/// <param name="Batch">Rows.</param>
/// <param name="IsDyadic">Whether all constants, sizes and the batch are exact in few bits, so that folding them in single precision loses
/// nothing.</param>
sealed record RandomGraph(
    GraphBuilder Builder, Node Loss, IReadOnlyList<Node> Leaves, IReadOnlyList<Node> Outputs, Bindings Bindings, int Batch, bool IsDyadic);
