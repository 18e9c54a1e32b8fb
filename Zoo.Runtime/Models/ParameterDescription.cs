using System.Collections.Immutable;

namespace Zoo.Runtime;

/// <summary>One parameter, as the compiler laid it out.</summary>
/// <param name="Name">PyTorch's: <c>encoder.dense1.weight</c>.</param>
/// <param name="Shape">PyTorch's layout: [out, in] for the weight of Dense.</param>
/// <param name="Offset">Float offset of element (0, 0, …) within a section (parameters, gradients, or a moment).</param>
/// <param name="Strides">
/// Where element (i, j, …) of PyTorch's layout lives within a section: <paramref name="Offset"/> + i·Strides[0] + j·Strides[1] + ….
/// Explicit because two
/// parameters may share one storage, interleaved, so that two heads are one product; and because a weight may be stored transposed or
/// padded.
/// </param>
/// <param name="Init">First values.</param>
/// <param name="FanIn">Inputs that one output sums over, as PyTorch counts them (a bias has its weight's); 0 for a raw parameter.</param>
/// <param name="FanOut">Outputs that one input reaches, as PyTorch counts them; 0 for a raw parameter.</param>
/// <param name="IsTrained">Whether an optimiser updates it.</param>
public sealed record ParameterDescription(
    string Name, ImmutableArray<int> Shape, int Offset, ImmutableArray<int> Strides, Init Init, int FanIn, int FanOut, bool IsTrained)
{
    /// <summary>Factor on the first values.</summary>
    public float Gain { get; init; } = 1;

    /// <summary>What it is of another parameter; null where it is none.</summary>
    public SingularVector? Vector { get; init; }
}
