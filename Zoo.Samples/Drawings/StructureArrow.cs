namespace Zoo.Samples.Drawings;

/// <summary>What is given to what, as a line that begins and ends at boxes and lies between them.</summary>
/// <param name="HasGradient">Whether the objective's gradient comes back along it.</param>
/// <param name="Points">Corners, from below upwards.</param>
internal sealed record StructureArrow(bool HasGradient, IReadOnlyList<(float X, float Y)> Points);
