namespace Zoo;

/// <summary>A part of a <see cref="ProgramStructure"/>.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Its name, another for each node of the program: a network's second call has a prime, <c>Discriminator′</c>.</param>
/// <param name="Detail">Sizes of layers, the law of a draw, a formula; empty where there is nothing to say.</param>
/// <param name="Inputs">Names of the nodes that it is made of.</param>
/// <param name="Gradients">Those of <paramref name="Inputs"/> that the objective's gradient comes back to, on its way to weights that the
/// program trains.</param>
public sealed record StructureNode(
    StructureKind Kind, string Name, string Detail, IReadOnlyList<string> Inputs, IReadOnlyList<string> Gradients);
