namespace Zoo.Generators.Tracing;

/// <summary>
/// Whether bodies are run as training has them or as what runs afterwards has them, for operations that differ: a network that never asks
/// is traced once.
/// </summary>
sealed class TraceMode
{
    bool isTraining = true;

    /// <summary>Asking is what makes a second trace necessary.</summary>
    public bool IsTraining
    {
        get
        {
            WasAsked = true;
            return isTraining;
        }
    }

    public bool WasAsked { get; private set; }

    /// <summary>From here on bodies are run as in training, or not.</summary>
    public void Begin(bool training) => (isTraining, WasAsked) = (training, false);
}
