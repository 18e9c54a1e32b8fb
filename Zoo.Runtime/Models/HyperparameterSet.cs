using Zoo.Runtime;

namespace Zoo;

/// <summary>
/// <c>learning_rate</c>, <c>beta</c>, <c>penalty</c>, …, by name, with <c>phase:</c> before it where there are several phases. Initial values come from
/// the attributes; they can be set between steps, and are saved.
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
                throw new ArgumentException($"Hyperparameter '{hyperparameter.Name}' lies at float {hyperparameter.Offset} of a state of {state.Description.StateFloats}.");
        }
    }

    /// <summary>The value the next step will use.</summary>
    /// <exception cref="KeyNotFoundException">There is no such hyperparameter; the message lists the names there are.</exception>
    /// <exception cref="ArgumentException">The value set is NaN or infinite.</exception>
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
            if (!float.IsFinite(value)) throw new ArgumentException($"Hyperparameter '{name}' must be a finite number; {value} was given.", nameof(value));
            var memory = state.State;
            memory[hyperparameter.Offset] = value;
            GC.KeepAlive(state);
        }
    }

    /// <summary>The names, in declaration order.</summary>
    public IEnumerable<string> Names => state.Description.Hyperparameters.Select(hyperparameter => hyperparameter.Name);

    HyperparameterDescription Find(string name)
    {
        state.ThrowIfDisposed();
        return byName.TryGetValue(name, out var found) ? found : throw UnknownName.Of("hyperparameter", name, Names);
    }
}
