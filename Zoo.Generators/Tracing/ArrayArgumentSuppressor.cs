using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Zoo.Generators.Tracing;

/// <summary>
/// Takes back what an assembly that claims CLS compliance is told of each model, CS3016: that its attribute has arrays as arguments, the
/// shapes, which not every language can read. They are for the compiler, and nobody reads them from the assembly.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ArrayArgumentSuppressor : DiagnosticSuppressor
{
    static readonly SuppressionDescriptor OfShapes =
        new("ZOO3016", "CS3016", "Shapes in the attributes of a model are read by the compiler alone.");

    public override ImmutableArray<SuppressionDescriptor> SupportedSuppressions { get; } = [OfShapes];

    public override void ReportSuppressions(SuppressionAnalysisContext context)
    {
        foreach (var diagnostic in context.ReportedDiagnostics)
        {
            if (diagnostic.Location.SourceTree is not { } tree) continue;
            var node = tree.GetRoot(context.CancellationToken).FindNode(diagnostic.Location.SourceSpan);
            if (node.FirstAncestorOrSelf<AttributeSyntax>() is { } attribute
                && context.GetSemanticModel(tree).GetTypeInfo(attribute, context.CancellationToken).Type.IsZoo())
                context.ReportSuppression(Suppression.Create(OfShapes, diagnostic));
        }
    }
}
