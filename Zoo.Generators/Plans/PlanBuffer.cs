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
    /// <summary>A value that one program of a step leaves for another: kept between runs.</summary>
    Carried,
    /// <summary>A storage in the parameter section.</summary>
    Parameter,
    /// <summary>The same storage in the gradient section.</summary>
    Gradient,
    /// <summary>A scalar that users may set.</summary>
    Hyperparameter,
    /// <summary>Data of the caller, where it lies.</summary>
    Input,
    /// <summary>Steps completed, written by the host before the program.</summary>
    StepCount,
}

/// <summary>A stretch of memory that kernels read and write.</summary>
/// <param name="Id">Ordinal in the program.</param>
/// <param name="Name">Name for people; for parameters, gradients, hyperparameters, inputs and results the key.</param>
/// <param name="Kind">Where it lies.</param>
/// <param name="Length">Floats.</param>
/// <param name="Offset">Float offset in its arena, once memory is planned; −1 before.</param>
public sealed record PlanBuffer(int Id, string Name, BufferKind Kind, Extent Length, int Offset);
