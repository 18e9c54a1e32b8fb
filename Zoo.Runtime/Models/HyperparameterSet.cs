using Zoo.Runtime;

namespace Zoo;

/// <summary>
/// <c>learning_rate</c>, <c>beta</c>, <c>penalty</c>, …, by name, with <c>phase:</c> before it where there are several phases. Initial
/// values come from the attributes; they can be set between steps, and are saved. A name that only one phase has may be given without the
/// phase.
/// </summary>
public sealed class HyperparameterSet
{
    readonly ModelState state;
    readonly Dictionary<string, HyperparameterDescription> byName;

    internal HyperparameterSet(ModelState state)
    {
        this.state = state;
        byName = state.Description.Hyperparameters.ToDictionary(hyperparameter => hyperparameter.Name, StringComparer.Ordinal);
        foreach (var hyperparameter in state.Description.Hyperparameters)
        {
            if ((uint)hyperparameter.Offset >= (uint)state.Description.StateFloats)
                throw new ArgumentException($"Hyperparameter '{hyperparameter.Name}' lies at float {hyperparameter.Offset} of a state of "
                    + $"{state.Description.StateFloats}.");
        }
    }

    /// <summary>The value the next step will use.</summary>
    /// <exception cref="KeyNotFoundException">There is no such hyperparameter; the message lists the names there are.</exception>
    /// <exception cref="ArgumentException">The value set is NaN, infinite, or outside what the attribute takes.</exception>
    /// <exception cref="ObjectDisposedException">The model is disposed.</exception>
    /// <exception cref="InvalidOperationException">It is set while another thread uses the model; reading is always possible.</exception>
    public float this[string name]
    {
        get
        {
            var value = state.State[Find(name).Offset];
            GC.KeepAlive(state);
            return value;
        }
        set
        {
            using var use = state.Enter();
            var hyperparameter = Find(name);
            if (!hyperparameter.Range.Holds(value))
                throw new ArgumentException($"Hyperparameter '{name}' must be {hyperparameter.Range.Words()}; {value} was given.",
                    nameof(value));
            var memory = state.State;
            memory[hyperparameter.Offset] = value;
            GC.KeepAlive(state);
        }
    }

    /// <summary>The names, in declaration order.</summary>
    public IEnumerable<string> Names => state.Description.Hyperparameters.Select(hyperparameter => hyperparameter.Name);

    /// <summary>What the default member of <see cref="IGenerativeModel"/> tells, which has no other way to the state.</summary>
    internal string? DivergedPhase => state.DivergedPhase;

    HyperparameterDescription Find(string name)
    {
        state.ThrowIfDisposed();
        return PhaseNames.Find(byName, name) ?? throw UnknownName.Of("hyperparameter", name, Names);
    }
}
