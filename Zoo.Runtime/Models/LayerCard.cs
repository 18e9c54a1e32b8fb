namespace Zoo;

/// <summary>One layer of a <see cref="ModelCard"/>.</summary>
/// <param name="Name"><c>encoder.dense1</c>.</param>
/// <param name="Kind"><c>dense</c>, <c>layernorm</c>, ….</param>
/// <param name="Input">Shape of one example going in.</param>
/// <param name="Output">Shape of one example coming out.</param>
/// <param name="Parameters">Numbers that it owns.</param>
/// <param name="FlopsPerExample">Floating-point operations of one forward pass of one example, a multiply-add counted as two.</param>
public sealed record LayerCard(
    string Name, string Kind, IReadOnlyList<int> Input, IReadOnlyList<int> Output, long Parameters, long FlopsPerExample);
