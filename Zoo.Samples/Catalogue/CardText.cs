using System.Globalization;

namespace Zoo.Samples.Catalogue;

/// <summary>What a card says, in words.</summary>
internal static class CardText
{
    /// <summary>What a model can be asked for beside training, each once.</summary>
    public static IEnumerable<string> Abilities(ModelCard card) =>
        card.Capabilities.Select(capability => Verb(capability.Capability)).OfType<string>().Distinct();

    /// <summary>Null for what no command is about.</summary>
    static string? Verb(Capability capability) => capability switch
    {
        Capability.Evaluate => "evaluate",
        Capability.Sample or Capability.GibbsSample => "sample",
        Capability.Encode => "encode",
        Capability.Reconstruct => "reconstruct",
        Capability.Classify => "classify",
        Capability.LogLikelihood or Capability.PartitionFunction => "log-likelihood",
        _ => null,
    };

    /// <summary>A shape: <c>1 × 28 × 28</c>.</summary>
    public static string Shape(IReadOnlyList<int> shape) =>
        string.Join(" × ", shape.Select(size => size.ToString(CultureInfo.InvariantCulture)));

    /// <summary>What an example is, and what is given with it.</summary>
    public static string Input(ModelCard card) => Shape(card.Input) + Given(card.Classes, card.Condition);

    /// <summary>What has to be given beside examples.</summary>
    public static string Given(int classes, int condition) =>
        classes > 0 ? string.Create(CultureInfo.InvariantCulture, $", a label of {classes}")
        : condition > 0 ? string.Create(CultureInfo.InvariantCulture, $", a condition of {condition}")
        : "";

    /// <summary>The variant, as its attribute is written: <c>ConditionalVae</c>.</summary>
    public static string Variant(ModelCard card) =>
        string.Concat(card.Variant.Split('_').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    /// <summary>
    /// The beginning of a text up to the first colon, semicolon or end of a sentence that stands outside of parentheses. What follows a
    /// point in small letters goes on with the sentence: <c>et al.</c>
    /// </summary>
    public static string Head(string text)
    {
        var depth = 0;
        for (var i = 0; i < text.Length; i++)
        {
            depth += text[i] switch { '(' => 1, ')' => -1, _ => 0 };
            if (depth > 0 || (i + 1 < text.Length && text[i + 1] != ' ')) continue;
            if (text[i] is ':' or ';' || (text[i] == '.' && (i + 2 >= text.Length || char.IsUpper(text[i + 2])))) return text[..i];
        }
        return text;
    }
}
