using Zoo.Generators.Graphs;

namespace Zoo.Generators.Tracing;

/// <summary>A trained parameter as a layer made it.</summary>
/// <param name="Name">network.layer.role, e.g. <c>encoder.dense1.weight</c>; also the name of its <see cref="Op.Parameter"/> nodes.</param>
/// <param name="Network">Name of the method that owns it, e.g. <c>Encoder</c>.</param>
/// <param name="Shape">Shape in the IR: a Dense weight is [in, out].</param>
/// <param name="IsTransposed">Whether PyTorch's layout (that of files and of the public surface) is the transpose of
/// <paramref name="Shape"/>.</param>
/// <param name="Init">Member of <c>Zoo.Init</c>.</param>
/// <param name="FanIn">Inputs per unit, for initialisation.</param>
/// <param name="FanOut">Outputs per unit.</param>
/// <param name="Site">Ordinal of the call that made it.</param>
public sealed record ParameterTrace(
    string Name, string Network, Shape Shape, bool IsTransposed, string Init, int FanIn, int FanOut, int Site);

/// <summary>A layer, for the model's card.</summary>
/// <param name="Name">network.layer, e.g. <c>encoder.dense1</c>.</param>
/// <param name="Kind">dense, layernorm, parameter.</param>
public sealed record LayerTrace(string Name, string Kind, Shape Input, Shape Output, long Parameters, long FlopsPerExample);
