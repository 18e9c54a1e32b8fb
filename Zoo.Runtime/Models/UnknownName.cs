namespace Zoo.Runtime;

/// <summary>The exception for a name that is not among the known ones.</summary>
internal static class UnknownName
{
    internal static KeyNotFoundException Of(string kind, string name, IEnumerable<string> known)
    {
        ArgumentNullException.ThrowIfNull(name);
        var names = string.Join(", ", known);
        return new KeyNotFoundException($"The model has no {kind} '{name}'. It has: {(names.Length == 0 ? "none" : names)}.");
    }
}
