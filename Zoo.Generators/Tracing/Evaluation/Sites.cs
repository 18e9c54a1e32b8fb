using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Zoo.Generators.Tracing;

/// <summary>
/// Ordinals of the places that make nodes, in order of first evaluation. Locations stay here: a graph holds ordinals only, so that moving
/// code changes no graph.
/// </summary>
sealed class Sites
{
    readonly Dictionary<SyntaxNode, int> ordinals = [];
    readonly List<SyntaxNode> places = [];

    /// <summary>The ordinal of a piece of syntax; the same in every iteration.</summary>
    public int Of(SyntaxNode syntax)
    {
        if (ordinals.TryGetValue(syntax, out var known)) return known;
        ordinals.Add(syntax, places.Count);
        places.Add(syntax);
        return places.Count - 1;
    }

    public Location this[int ordinal] => PlaceOf(places[ordinal]);

    /// <summary>What a squiggle goes under: the called name or the operator, not the whole chain before it.</summary>
    public static Location PlaceOf(SyntaxNode syntax) => syntax switch
    {
        InvocationExpressionSyntax call => PlaceOf(call.Expression),
        MemberAccessExpressionSyntax member => member.Name.GetLocation(),
        BinaryExpressionSyntax binary => binary.OperatorToken.GetLocation(),
        AssignmentExpressionSyntax assignment => assignment.OperatorToken.GetLocation(),
        PrefixUnaryExpressionSyntax prefix => prefix.OperatorToken.GetLocation(),
        PostfixUnaryExpressionSyntax postfix => postfix.OperatorToken.GetLocation(),
        ObjectCreationExpressionSyntax creation => creation.Type.GetLocation(),
        ImplicitObjectCreationExpressionSyntax creation => creation.NewKeyword.GetLocation(),
        ElementAccessExpressionSyntax element => element.ArgumentList.GetLocation(),
        MethodDeclarationSyntax method => method.Identifier.GetLocation(),
        StatementSyntax statement => statement.GetFirstToken().GetLocation(),
        _ => syntax.GetLocation(),
    };
}
