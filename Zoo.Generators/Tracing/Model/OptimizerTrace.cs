namespace Zoo.Generators.Tracing;

/// <summary>An optimiser's attribute.</summary>
/// <param name="Kind">Adam, Sgd, RmsProp.</param>
/// <param name="For">Network it is narrowed to, or null.</param>
/// <param name="Phase">Phase it is narrowed to, or null.</param>
/// <param name="Values">Its arguments.</param>
public sealed record OptimizerTrace(string Kind, string? For, string? Phase, AttributeValues Values);
