using Microsoft.CodeAnalysis.CSharp;

namespace Zoo.Generators.Emission;

/// <summary>Names that would be keywords.</summary>
static class Keyword
{
    public static string Escape(string name) =>
        SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(name) != SyntaxKind.None ? "@" + name : name;
}
