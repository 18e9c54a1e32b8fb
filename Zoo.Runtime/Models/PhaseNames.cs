namespace Zoo.Runtime;

/// <summary>Names with a phase in front: <c>critic:penalty</c>.</summary>
static class PhaseNames
{
    /// <summary>What has the name; else the only one that has it behind a phase; else null.</summary>
    public static T? Find<T>(Dictionary<string, T> byName, string name) where T : class
    {
        if (byName.TryGetValue(name, out var found)) return found;
        foreach (var (full, candidate) in byName)
        {
            var colon = full.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0 || !full.AsSpan(colon + 1).SequenceEqual(name)) continue;
            if (found is not null) return null;
            found = candidate;
        }

        return found;
    }
}
