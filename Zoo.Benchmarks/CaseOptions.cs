using System.Globalization;

namespace Zoo.Benchmarks;

/// <summary>
/// Which rows are wanted: <c>--case NAME</c>, as often as wanted, takes the cases whose names begin so; <c>--threads N</c>, as often as
/// wanted, numbers of threads. Without them all cases on one and on two.
/// </summary>
sealed record CaseOptions<TCase>(IReadOnlyList<TCase> Cases, IReadOnlyList<int> Threads)
{
    /// <summary>The options, or null with what is wrong with them.</summary>
    /// <param name="arguments">After the report's name.</param>
    /// <param name="all">Cases that there are.</param>
    /// <param name="nameOf">The name of one.</param>
    /// <param name="error">What is wrong.</param>
    public static CaseOptions<TCase>? Parse(
        ReadOnlySpan<string> arguments, IReadOnlyList<TCase> all, Func<TCase, string> nameOf, out string error)
    {
        var (names, threads) = (new List<string>(), new List<int>());
        error = "";
        for (var i = 0; i < arguments.Length; i++)
        {
            switch (arguments[i])
            {
                case "--json":
                    break;
                case "--case" when i + 1 < arguments.Length:
                    names.Add(arguments[++i]);
                    break;
                case "--threads" when i + 1 < arguments.Length
                    && int.TryParse(arguments[i + 1], CultureInfo.InvariantCulture, out var count) && count > 0:
                    threads.Add(count);
                    i++;
                    break;
                default:
                    error = $"'{arguments[i]}' is not understood; there are --case NAME, --threads N and --json.";
                    return null;
            }
        }
        bool Begins(TCase of, string name) => nameOf(of).StartsWith(name, StringComparison.Ordinal);
        if (names.Find(name => !all.Any(of => Begins(of, name))) is { } unknown)
        {
            error = $"No case begins with '{unknown}'. There are {string.Join(", ", all.Select(nameOf))}.";
            return null;
        }
        return new(
            [.. all.Where(of => names.Count == 0 || names.Exists(name => Begins(of, name)))], threads.Count == 0 ? [1, 2] : threads);
    }
}
