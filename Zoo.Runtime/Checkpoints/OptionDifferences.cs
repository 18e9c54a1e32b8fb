using System.Collections.Immutable;

namespace Zoo.Runtime;

/// <summary>
/// What options of a class changed since a complete checkpoint was written, read from the names of its tensors: an option that is part of
/// the state has a hyperparameter there, an optimiser its moments. One line each, instead of one for every tensor that follows from it.
/// </summary>
internal sealed class OptionDifferences
{
    readonly HashSet<string> explained = new(StringComparer.Ordinal);

    public OptionDifferences(ModelDescription model, IReadOnlyDictionary<string, TensorEntry> entries)
    {
        var state = entries.Keys.Where(name => name.StartsWith(CheckpointNames.Prefix, StringComparison.Ordinal)).ToList();
        if (state.Count > 0) Problems = [.. Moments(model, state), .. Hyperparameters(model, state)];
    }

    public ImmutableArray<string> Problems { get; } = [];

    /// <summary>Whether a line already says why this tensor is missing, or is there.</summary>
    public bool Explains(string name) => explained.Contains(name);

    IEnumerable<string> Moments(ModelDescription model, List<string> state)
    {
        // state.⟨moment⟩.⟨parameter⟩, with the phase before the moment where there are several.
        var kept = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var name in state)
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
            expected[moment.Key(model)] = [.. model.Parameters.Select(parameter => CheckpointNames.Moment(model, moment, parameter))];
        }
        if (kept.Keys.SequenceEqual(expected.Keys)) yield break;
        foreach (var (moment, names) in kept) if (!expected.ContainsKey(moment)) explained.UnionWith(names);
        foreach (var (moment, names) in expected) if (!kept.ContainsKey(moment)) explained.UnionWith(names);
        const string change = "the optimiser's attribute, its Momentum, or that of averages, has changed";
        yield return $"it was saved with an optimiser that keeps {List(kept.Keys)}; the one of {model.Name} keeps "
            + $"{List(expected.Keys)}: {change}";
    }

    IEnumerable<string> Hyperparameters(ModelDescription model, List<string> state)
    {
        const string prefix = CheckpointNames.Prefix + "hyperparameters.";
        var expected = model.Hyperparameters.Select(CheckpointNames.Hyperparameter).ToHashSet(StringComparer.Ordinal);
        var kept = state.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal);
        // A file without any has lost them; no option explains that.
        if (kept.Count == 0) yield break;
        foreach (var name in kept.Except(expected).Order(StringComparer.Ordinal))
        {
            explained.Add(name);
            yield return $"it was saved with the option {Option(name[prefix.Length..])}, which {model.Name} does not have now";
        }
        foreach (var name in expected.Except(kept).Order(StringComparer.Ordinal))
        {
            explained.Add(name);
            yield return $"it was saved without the option {Option(name[prefix.Length..])}, which {model.Name} has now";
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
