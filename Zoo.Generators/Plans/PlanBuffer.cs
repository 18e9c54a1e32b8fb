namespace Zoo.Generators.Plans;

/// <summary>What a buffer is for, which decides the arena it lies in.</summary>
public enum BufferKind
{
    /// <summary>A value between kernels: planned by liveness.</summary>
    Activation,
    /// <summary>A draw: kept after the step, for users.</summary>
    Draw,
    /// <summary>A result that the host reads when the program has ended.</summary>
    Result,
    /// <summary>A value that a program leaves for later ones, or for its own next run: kept between runs.</summary>
    Handed,
    /// <summary>The same where a later program or run reads it, in the same place.</summary>
    Carried,
    /// <summary>A storage in the parameter section.</summary>
    Parameter,
    /// <summary>The same storage in the gradient section.</summary>
    Gradient,
    /// <summary>A storage that programs advance, as it is before the program.</summary>
    State,
    /// <summary>
    /// What it is afterwards, in the same place: written once all kernels that read <see cref="State"/> are done with it.
    /// </summary>
    NextState,
    /// <summary>A scalar that users may set.</summary>
    Hyperparameter,
    /// <summary>Data of the caller, where it lies.</summary>
    Input,
    /// <summary>Steps completed, written by the host before the program.</summary>
    StepCount,
    /// <summary>Rows of the call, of which a run of an inference program may have a part; written by the host before the program.</summary>
    RowCount,
}

/// <summary>What becomes of the kinds of buffers in a program.</summary>
public static class BufferRoles
{
    /// <summary>There before the program begins; no kernel writes it.</summary>
    public static bool IsGiven(this BufferKind kind) =>
        kind is BufferKind.Parameter or BufferKind.State or BufferKind.Hyperparameter or BufferKind.Input or BufferKind.StepCount
            or BufferKind.RowCount or BufferKind.Carried;

    /// <summary>Read by others when the program has ended.</summary>
    public static bool IsKept(this BufferKind kind) =>
        kind is BufferKind.Draw or BufferKind.Result or BufferKind.Handed or BufferKind.Gradient or BufferKind.NextState;
}

/// <summary>A stretch of memory that kernels read and write.</summary>
/// <param name="Id">Ordinal in the program.</param>
/// <param name="Name">Name for people; for parameters, gradients, hyperparameters, inputs and results the key.</param>
/// <param name="Kind">Where it lies.</param>
/// <param name="Length">Floats.</param>
/// <param name="Offset">Float offset in its arena, once memory is planned; −1 before.</param>
public sealed record PlanBuffer(int Id, string Name, BufferKind Kind, Extent Length, int Offset);
