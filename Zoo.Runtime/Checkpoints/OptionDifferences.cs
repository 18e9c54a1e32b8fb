using System.Collections.Immutable;

namespace Zoo.Runtime;

/// <summary>
/// What options of a class changed since a complete checkpoint was written, read from the names of its tensors: an option that is part of
/// the state has a hyperparameter or a tensor there, an optimiser its moments, a phase both. One line each, instead of one for every tensor
/// that follows from it.
/// </summary>
internal sealed class OptionDifferences
{
    const string Hyperparameter = CheckpointNames.Prefix + "hyperparameters.";

    /// <summary>Tensors of a restricted Boltzmann machine that an option brings, and the hyperparameter that it brings too.</summary>
    static readonly (string Option, string[] Tensors, string? Hyperparameter)[] OfMachines =
    [
        ("Persistent", ["chains"], null), ("Centered", ["visible_offset", "hidden_offset"], "sliding_factor"),
        ("LearnsVariance", ["visible_log_variance"], null),
    ];

    /// <summary>Hyperparameters that an optimiser of some kind has, and one of another kind has not.</summary>
    static readonly string[] OfOptimizers = ["beta1", "beta2", "epsilon", "alpha", "momentum"];

    // What a section of averages is called among the moments.
    const string Averages = "average";

    const string OptimizerChanged = "the optimiser's attribute, or its Momentum, has changed";

    readonly HashSet<string> explained = new(StringComparer.Ordinal);

    /// <summary>
    /// Options that change what a model's numbers mean and no tensor's name or shape, which the file's metadata tell. Files of before, and
    /// those that another program has rewritten, say nothing of them.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="metadata">The file's.</param>
    public static IEnumerable<string> OfMeaning(ModelDescription model, IReadOnlyDictionary<string, string> metadata)
    {
        foreach (var (name, value) in model.Options)
        {
            if (!metadata.TryGetValue(CheckpointNames.Option(name), out var saved) || saved == value) continue;
            yield return $"it was saved with {name} = {saved}; {model.Name} has {name} = {value}";
            // Those behind it are of it.
            yield break;
        }
    }

    /// <param name="model">The model.</param>
    /// <param name="names">Names of the file's tensors, as the model would have them.</param>
    public OptionDifferences(ModelDescription model, IReadOnlySet<string> names)
    {
        var parameters = model.Parameters.Select(parameter => parameter.Name).ToHashSet(StringComparer.Ordinal);
        var state = names.Where(name => name.StartsWith(CheckpointNames.Prefix, StringComparison.Ordinal) && !parameters.Contains(name))
            .ToHashSet(StringComparer.Ordinal);
        if (state.Count == 0) return;
        var expected = Expected(model).ToHashSet(StringComparer.Ordinal);
        Problems =
        [
            .. Phases(model, state, expected), .. Tensors(model, names, parameters, state.Concat(expected)), .. Moments(model, state),
            .. Hyperparameters(model, state),
        ];
    }

    public ImmutableArray<string> Problems { get; } = [];

    /// <summary>Whether a line already says why this tensor is missing, there, or of another shape.</summary>
    public bool Explains(string name) => explained.Contains(name);

    /// <summary>Names of the model's own state, counters among them.</summary>
    static IEnumerable<string> Expected(ModelDescription model) =>
    [
        .. model.Hyperparameters.Select(CheckpointNames.Hyperparameter),
        .. model.Moments.SelectMany(moment => model.Parameters.Select(parameter => CheckpointNames.Moment(model, moment, parameter))),
        CheckpointNames.Updates, CheckpointNames.UpdatesInStep,
    ];

    /// <summary>Phases that one of the two has alone, with all that they keep.</summary>
    IEnumerable<string> Phases(ModelDescription model, IReadOnlySet<string> state, IReadOnlySet<string> expected)
    {
        var hyperparameters = state.Where(name => name.StartsWith(Hyperparameter, StringComparison.Ordinal)).ToList();
        // A file without any has lost them; no phase explains that.
        if (hyperparameters.Count == 0) yield break;
        var saved = hyperparameters.Select(PhaseOf).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var own = model.Hyperparameters.Select(CheckpointNames.Hyperparameter).Select(PhaseOf).OfType<string>()
            .ToHashSet(StringComparer.Ordinal);
        if (saved.SetEquals(own)) yield break;
        var alone = saved.Except(own).Concat(own.Except(saved)).ToList();
        bool IsOf(string name, string phase) =>
            name.StartsWith($"{Hyperparameter}{phase}:", StringComparison.Ordinal)
            || name.StartsWith($"{CheckpointNames.Prefix}{phase}.", StringComparison.Ordinal);

        explained.UnionWith([CheckpointNames.Updates, CheckpointNames.UpdatesInStep]);
        // Of a single phase the name is nowhere, so that all is called otherwise.
        explained.UnionWith(state.Concat(expected).Where(name => saved.Count == 0 || own.Count == 0 || alone.Any(p => IsOf(name, p))));
        yield return $"it was saved with {Counted(saved)}; {model.Name} has {Counted(own)}: a network, a [Phase] or an option that makes "
            + "phases has changed";
    }

    static string? PhaseOf(string hyperparameter)
    {
        var own = hyperparameter[Hyperparameter.Length..];
        return own.IndexOf(':') is > 0 and var colon ? own[..colon] : null;
    }

    static bool IsOfOptimizer(string name) =>
        name.StartsWith(Hyperparameter, StringComparison.Ordinal) && OfOptimizers.Contains(Last(name));

    /// <summary>A hyperparameter's name without phase and network, and what is before it.</summary>
    static string Last(string name) => name[Owner(name).Length..];

    static string Owner(string name) => name[..(name.LastIndexOfAny(['.', ':']) + 1)];

    static string Counted(IReadOnlySet<string> phases) =>
        phases.Count == 0 ? "one phase" : $"the phases {List(phases.Order(StringComparer.Ordinal))}";

    /// <summary>Tensors beside the weights that an option brings.</summary>
    IEnumerable<string> Tensors(
        ModelDescription model, IReadOnlySet<string> names, IReadOnlySet<string> parameters, IEnumerable<string> states)
    {
        if (model.Variant != "restricted_boltzmann_machine") yield break;
        foreach (var (option, tensors, hyperparameter) in OfMachines)
        {
            var (saved, own) = (tensors.All(names.Contains), tensors.All(parameters.Contains));
            // One of several alone is damage.
            if (saved == own || (own ? tensors.Any(names.Contains) : tensors.Any(parameters.Contains))) continue;
            explained.UnionWith(tensors);
            explained.UnionWith(states.Where(state => tensors.Any(t => state.EndsWith($".{t}", StringComparison.Ordinal))));
            if (hyperparameter is not null) explained.Add(Hyperparameter + hyperparameter);
            yield return saved
                ? $"it was saved with the option {option}, which {model.Name} does not have now"
                : $"it was saved without the option {option}, which {model.Name} has now";
        }
    }

    IEnumerable<string> Moments(ModelDescription model, IEnumerable<string> state)
    {
        // state.⟨moment⟩.⟨parameter⟩, with the phase before the moment where there are several.
        var kept = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var name in state.Where(name => !Explains(name)))
        {
            var own = name[CheckpointNames.Prefix.Length..];
            if (model.Parameters.FirstOrDefault(p => own.EndsWith($".{p.Name}", StringComparison.Ordinal)) is not { } parameter) continue;
            var moment = own[..^(parameter.Name.Length + 1)];
            if (!kept.TryGetValue(moment, out var names)) kept.Add(moment, names = []);
            names.Add(name);
        }
        var expected = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var moment in model.Moments)
        {
            List<string> names = [.. model.Parameters.Select(parameter => CheckpointNames.Moment(model, moment, parameter))];
            if (!names.All(Explains)) expected[moment.Key(model)] = names;
        }
        // Averages are no optimiser's: they have an attribute of their own.
        if (kept.ContainsKey(Averages) != expected.ContainsKey(Averages))
        {
            explained.UnionWith(kept.GetValueOrDefault(Averages) ?? expected[Averages]);
            explained.Add(Hyperparameter + "average_decay");
            yield return kept.ContainsKey(Averages)
                ? $"it was saved with [ExponentialMovingAverage], which {model.Name} does not have now"
                : $"it was saved without [ExponentialMovingAverage], which {model.Name} has now";
            kept.Remove(Averages);
            expected.Remove(Averages);
        }
        if (kept.Keys.SequenceEqual(expected.Keys)) yield break;
        foreach (var (moment, names) in kept.Where(pair => !expected.ContainsKey(pair.Key))
            .Concat(expected.Where(pair => !kept.ContainsKey(pair.Key))))
        {
            explained.UnionWith(names);
            // An optimiser's own numbers come and go with what it keeps.
            var phase = moment.IndexOf('.') is > 0 and var dot ? moment[..dot] : null;
            explained.UnionWith(state.Concat(model.Hyperparameters.Select(CheckpointNames.Hyperparameter))
                .Where(name => IsOfOptimizer(name) && PhaseOf(name) == phase));
        }
        yield return $"it was saved with an optimiser that keeps {List(kept.Keys)}; the one of {model.Name} keeps "
            + $"{List(expected.Keys)}: {OptimizerChanged}";
    }

    IEnumerable<string> Hyperparameters(ModelDescription model, IEnumerable<string> state)
    {
        var expected = model.Hyperparameters.Select(CheckpointNames.Hyperparameter).ToHashSet(StringComparer.Ordinal);
        var kept = state.Where(name => name.StartsWith(Hyperparameter, StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal);
        // A file without any has lost them; no option explains that.
        if (kept.Count == 0) yield break;
        // Of an optimiser that another network's of the same phase hides, since the two keep the same.
        foreach (var changed in kept.Concat(expected).Where(name => IsOfOptimizer(name) && !Explains(name)).GroupBy(Owner).ToList())
        {
            if (changed.Key.Length <= Hyperparameter.Length || changed.Key[^1] != '.') continue;
            if (!kept.Contains($"{changed.Key}learning_rate") || !expected.Contains($"{changed.Key}learning_rate")) continue;
            List<string> Of(HashSet<string> names) => [.. names.Intersect(changed).Select(Last).Order(StringComparer.Ordinal)];
            var (saved, own) = (Of(kept), Of(expected));
            if (saved.SequenceEqual(own)) continue;
            explained.UnionWith(changed);
            var network = changed.Key[(changed.Key.LastIndexOfAny([':'], changed.Key.Length - 2) + 1)..];
            if (network.StartsWith(Hyperparameter, StringComparison.Ordinal)) network = network[Hyperparameter.Length..];
            // What it keeps of that network.
            explained.UnionWith(state.Concat(Expected(model)).Where(name =>
                !name.StartsWith(Hyperparameter, StringComparison.Ordinal) && name.Contains($".{network}", StringComparison.Ordinal)));
            yield return $"it was saved with an optimiser of '{changed.Key[Hyperparameter.Length..^1]}' that has {List(saved)}; the one of "
                + $"{model.Name} has {List(own)}: {OptimizerChanged}";
        }
        foreach (var name in kept.Except(expected).Where(name => !Explains(name)).Order(StringComparer.Ordinal).ToList())
        {
            explained.Add(name);
            yield return $"it was saved with the option {Option(name[Hyperparameter.Length..])}, which {model.Name} does not have now";
        }
        foreach (var name in expected.Except(kept).Where(name => !Explains(name)).Order(StringComparer.Ordinal).ToList())
        {
            explained.Add(name);
            yield return $"it was saved without the option {Option(name[Hyperparameter.Length..])}, which {model.Name} has now";
        }
    }

    static string List(IEnumerable<string> names) => string.Join(" and ", names) is { Length: > 0 } list ? list : "nothing";

    /// <summary>The option as the attribute spells it, and the hyperparameter that it is: ClipNorm ('clip_norm').</summary>
    static string Option(string hyperparameter)
    {
        var own = hyperparameter[(hyperparameter.LastIndexOf(':') + 1)..];
        var words = own.Split('_', StringSplitOptions.RemoveEmptyEntries);
        return $"{string.Concat(words.Select(word => char.ToUpperInvariant(word[0]) + word[1..]))} ('{hyperparameter}')";
    }
}
