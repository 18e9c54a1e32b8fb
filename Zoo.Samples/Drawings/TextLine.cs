namespace Zoo.Samples.Drawings;

/// <summary>A line of text in a drawing.</summary>
/// <param name="Text">The text.</param>
/// <param name="IsHeading">Whether it is larger and bold.</param>
internal readonly record struct TextLine(string Text, bool IsHeading)
{
    public float Size => IsHeading ? 14 : 12;

    public float Height => Size + 5;

    /// <summary>The text on as many lines as it takes.</summary>
    /// <param name="width">What a line may be wide; a longer word has a line of its own.</param>
    /// <param name="measure">Width of a line.</param>
    public IEnumerable<TextLine> Wrap(float width, Func<TextLine, float> measure)
    {
        var line = "";
        foreach (var word in Words())
        {
            var longer = line.Length == 0 ? word : $"{line} {word}";
            if (line.Length > 0 && measure(this with { Text = longer }) > width)
            {
                yield return this with { Text = line };
                longer = word;
            }
            line = longer;
        }
        yield return this with { Text = line };
    }

    /// <summary>A sign stays with what follows it, and that of a product with both sides.</summary>
    IEnumerable<string> Words()
    {
        var (words, whole) = (Text.Split(' '), "");
        for (var i = 0; i < words.Length; i++)
        {
            whole += words[i];
            var isOpen = words[i] is "→" or "+" or "−" or "E" or "log" or "Σ" or "×" or "~" or "=" or "‖";
            if (i + 1 < words.Length && (isOpen || words[i + 1] == "×")) whole += " ";
            else
            {
                yield return whole;
                whole = "";
            }
        }
    }
}
