using System.Text;

namespace Zoo.Tests.Generators;

/// <summary>Source with the diagnostics that it should get, written where they should stand: <c>x.{|ZOO0203:Reshape|}(5)</c>.</summary>
sealed record Markup(string Source, IReadOnlyList<(string Id, int Start, string Text)> Expected)
{
    public static Markup Parse(string marked)
    {
        var source = new StringBuilder();
        var expected = new List<(string, int, string)>();
        for (var at = 0; at < marked.Length;)
        {
            if (!marked.AsSpan(at).StartsWith("{|"))
            {
                source.Append(marked[at++]);
                continue;
            }
            var (colon, end) = (marked.IndexOf(':', at), marked.IndexOf("|}", at, StringComparison.Ordinal));
            var text = marked[(colon + 1)..end];
            expected.Add((marked[(at + 2)..colon], source.Length, text));
            source.Append(text);
            at = end + 2;
        }
        return new(source.ToString(), expected);
    }
}
