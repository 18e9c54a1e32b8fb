namespace Zoo;

/// <summary>What every generated class is, so that a trainer or a command line can hold any of them.</summary>
/// <remarks>
/// A model is for one thread at a time, whichever; a call that overlaps with one of another thread throws
/// <see cref="InvalidOperationException"/> and leaves that one undisturbed. Safe at any time: <see cref="BatchSize"/>, <see cref="Steps"/>,
/// <see cref="LossNames"/>, names and reading hyperparameters. Several models may share a <see cref="Device"/> and be called from several
/// threads; on one device they take turns.
/// </remarks>
public interface IGenerativeModel : IDisposable
{
    /// <summary>Examples in a training batch.</summary>
    int BatchSize { get; }

    /// <summary>
    /// Calls of <c>Step</c>, <c>Train</c> or <c>Update</c> so far, over all sessions of training that checkpoints joined.
    /// </summary>
    long Steps { get; }

    /// <summary>The parameters.</summary>
    ParameterSet Parameters { get; }

    /// <summary>The hyperparameters.</summary>
    HyperparameterSet Hyperparameters { get; }

    /// <summary>What the last step drew.</summary>
    DrawSet Draws { get; }

    /// <summary>Names of the losses, in the order <see cref="Step"/> writes them.</summary>
    ReadOnlySpan<string> LossNames { get; }

    /// <summary>
    /// The first phase of the last <c>Step</c> that was due and had a loss of NaN or infinity, in snake case, as names of its
    /// hyperparameters begin; null where all losses were finite. Where there is one the weights are lost: a checkpoint saved before has
    /// better ones.
    /// </summary>
    string? DivergedPhase => Hyperparameters.DivergedPhase;

    /// <summary>One update of what is due, as the typed <c>Step</c> of the class.</summary>
    /// <param name="batch"><see cref="BatchSize"/> examples, one after the other, row-major, channels first. From 0 to 1 where the class
    /// has a
    /// Bernoulli likelihood of them, else any finite numbers; not looked at.</param>
    /// <param name="labels">One label per example; empty where the model has none.</param>
    /// <param name="condition">One condition per example, one after the other; empty where the model has none.</param>
    /// <param name="losses">Receives the losses in the order of <see cref="LossNames"/>; NaN for phases that were not due.</param>
    /// <exception cref="ArgumentException">A span has another length; the message has both numbers.</exception>
    /// <exception cref="ObjectDisposedException">The model is disposed.</exception>
    void Step(ReadOnlySpan<float> batch, ReadOnlySpan<int> labels, ReadOnlySpan<float> condition, Span<float> losses);

    /// <summary>
    /// Writes a complete checkpoint, a safetensors file: parameters under PyTorch's names and layouts, and what else training needs to go
    /// on to the bit. An existing file is replaced at once when all is written, so that a crash leaves the old one.
    /// </summary>
    /// <exception cref="IOException">The file cannot be written; whatever was at <paramref name="path"/> is unchanged.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    /// <exception cref="ObjectDisposedException">The model is disposed.</exception>
    void Save(string path);
}
