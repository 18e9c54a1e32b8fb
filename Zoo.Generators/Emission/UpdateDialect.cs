namespace Zoo.Generators.Emission;

/// <summary>What differs between targets in the printed update.</summary>
/// <param name="Head">Head of the method of a name.</param>
/// <param name="Hyperparameters">Statement that gives <c>state</c>, where hyperparameters are read.</param>
/// <param name="Call">Before an optimiser's name and its first argument.</param>
/// <param name="Address">A place in the state.</param>
/// <param name="ScaleIsInMemory">Whether the factor of clipping is computed and kept on the device, and the optimiser told where.</param>
sealed record UpdateDialect(
    System.Func<string, string> Head, string Hyperparameters, (string Prefix, string First) Call, System.Func<int, string> Address,
    bool ScaleIsInMemory)
{
    public static UpdateDialect Cpu { get; } = new(
        name => $"void {name}(Worker worker)", "var state = StateMemory;", ("Optimizer.", "worker, "),
        offset => offset == 0 ? "state" : $"state.At({Text.Number(offset)})", false);

    public static UpdateDialect Gpu { get; } = new(name => $"private void {name}()", "var state = HostState;", ("", ""),
        offset => Text.Number(offset), true);
}
