using System.Collections.Generic;
using Zoo.Generators.Graphs;

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

    /// <summary>What pieces of state are after the calls traced so far, by name: a second call goes on from the first.</summary>
    public Dictionary<string, Node> Next { get; private set; } = [];

    /// <summary>From here on bodies are run as in training, or not.</summary>
    public void Begin(bool training) => (isTraining, WasAsked, Next) = (training, false, []);
}
