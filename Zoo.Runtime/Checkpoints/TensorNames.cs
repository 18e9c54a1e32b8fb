namespace Zoo.Runtime;

/// <summary>The tensors of a file under the names that they have in the model.</summary>
internal static class TensorNames
{
    // PyTorch's batch normalisation counts the batches it has seen; only its averages without a momentum read that.
    const string BatchCount = "num_batches_tracked";

    /// <summary>Strips prefixes and applies the map.</summary>
    /// <param name="entries">The tensors under the names of the file.</param>
    /// <param name="options">Prefixes and map.</param>
    /// <param name="isKnown">Whether the model has a tensor of that name.</param>
    /// <param name="ignored">Takes the names of tensors that are not looked at.</param>
    /// <param name="problems">Takes a line for each contradiction.</param>
    public static Dictionary<string, TensorEntry> Of(
        IReadOnlyDictionary<string, TensorEntry> entries, CheckpointOptions options, Func<string, bool> isKnown,
        List<string> ignored, List<string> problems)
    {
        var named = new Dictionary<string, TensorEntry>(entries.Count, StringComparer.Ordinal);
        var unused = new HashSet<string>(options.Names.Keys, StringComparer.Ordinal);
        foreach (var entry in entries.Values)
        {
            var stripped = Strip(entry.Name, options.Prefixes);
            if (options.Names.TryGetValue(entry.Name, out var name)) unused.Remove(entry.Name);
            else if (options.Names.TryGetValue(stripped, out name)) unused.Remove(stripped);
            else name = stripped;
            // A network may be called State; its parameters are no state.
            var isState = !isKnown(name) && name.StartsWith(CheckpointNames.Prefix, StringComparison.Ordinal);
            if (options.ParametersOnly && isState) ignored.Add(entry.Name);
            else if (!isKnown(name) && name[(name.LastIndexOf('.') + 1)..] == BatchCount) ignored.Add(entry.Name);
            else if (!isKnown(name) && !isState && name != stripped)
                problems.Add($"the map of names calls '{entry.Name}' '{name}', which the model does not have");
            else if (!named.TryAdd(name, entry))
                problems.Add($"tensors '{named[name].Name}' and '{entry.Name}' are both '{name}' in the model");
        }
        foreach (var name in unused.Order(StringComparer.Ordinal))
            problems.Add($"the map of names has '{name}', which the file does not have");
        return named;
    }

    static string Strip(string name, IReadOnlyList<string> prefixes)
    {
        for (var i = 0; i < prefixes.Count; i++)
        {
            if (prefixes[i].Length == 0 || !name.StartsWith(prefixes[i], StringComparison.Ordinal)) continue;
            name = name[prefixes[i].Length..];
            i = -1;
        }
        return name;
    }
}
