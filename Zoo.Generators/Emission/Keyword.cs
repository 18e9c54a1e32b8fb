using Microsoft.CodeAnalysis.CSharp;

namespace Zoo.Generators.Emission;

/// <summary>Names that would be keywords.</summary>
static class Keyword
{
    /// <summary>A parameter's name, with what makes it one where it is a reserved word.</summary>
    public static string Reserved(string name) => SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None ? "@" + name : name;

    public static string Escape(string name) =>
        SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(name) != SyntaxKind.None
            ? "@" + name
            : name;
}
