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

    /// <summary>
    /// A parameter's name as a string, for an exception. No nameof: it is a call where the user's class, or what is around it, has a method
    /// of that name.
    /// </summary>
    public static string Named(string name) => Text.String(name.TrimStart('@'));
}
