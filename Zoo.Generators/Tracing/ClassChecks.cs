using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Zoo.Generators.Diagnostics;
using Zoo.Generators.Graphs;

namespace Zoo.Generators.Tracing;

/// <summary>
/// Whether the generated constructor can make the class: what its base asks for, what its members need, what its other constructors do.
/// </summary>
sealed class ClassChecks(INamedTypeSymbol type, Compilation compilation, Location className, TraceLog log, CancellationToken cancellation)
{
    const string CodeAnalysis = "System.Diagnostics.CodeAnalysis";

    static readonly SymbolDisplayFormat ParameterFormat = SymbolDisplayFormat.MinimallyQualifiedFormat;

    public ClassTrace Run()
    {
        var constructor = BaseConstructor();
        var setsRequired = constructor is not null && Has(constructor, "SetsRequiredMembersAttribute");
        Chains();
        Required(setsRequired);
        var silenced = new List<string>();
        if (constructor is not null && BaseMembers.IsObsolete(constructor)) silenced.AddRange(["CS0612", "CS0618"]);
        if (constructor is not null && BaseMembers.ExperimentOf(constructor) is { } experiment) silenced.Add(experiment);
        if (Unset()) silenced.Add("CS8618");
        return new(
            new(BaseMembers.Of(type, compilation)), BaseMembers.DisposalOf(type, compilation), setsRequired, new(silenced),
            HidesNameof());
    }

    /// <summary>Whether C# finds something to call under <c>nameof</c>: in the class, its bases, the types around it, or a using.</summary>
    bool HidesNameof()
    {
        foreach (var reference in type.DeclaringSyntaxReferences)
        {
            // Behind the brace: what a class inherits is not in scope in its head.
            if (reference.GetSyntax(cancellation) is not TypeDeclarationSyntax { OpenBraceToken: { RawKind: not 0 } brace } part) continue;
            var found = compilation.GetSemanticModel(part.SyntaxTree).LookupSymbols(brace.Span.End, name: "nameof");
            if (found.Any(symbol => symbol is IMethodSymbol or IEventSymbol
                || ((symbol as IFieldSymbol)?.Type ?? (symbol as IPropertySymbol)?.Type) is { } of && CanBeCalled(of))) return true;
        }
        return false;
    }

    static bool CanBeCalled(ITypeSymbol type) => type.TypeKind is TypeKind.Delegate or TypeKind.Dynamic or TypeKind.FunctionPointer;

    /// <summary>The base class in the list of one of the class's parts.</summary>
    public static Location BaseOf(INamedTypeSymbol type, Compilation compilation, Location className, CancellationToken cancellation)
    {
        foreach (var reference in type.DeclaringSyntaxReferences)
        {
            // Only the first of a list can be a class.
            if (reference.GetSyntax(cancellation) is not TypeDeclarationSyntax { BaseList.Types: [{ Type: var first }, ..] }) continue;
            var written = compilation.GetSemanticModel(reference.SyntaxTree).GetTypeInfo(first, cancellation).Type;
            if (SymbolEqualityComparer.Default.Equals(written, type.BaseType)) return first.GetLocation();
        }
        return className;
    }

    /// <summary>What <c>base()</c> calls; null where there is none, or where the base is nobody's.</summary>
    IMethodSymbol? BaseConstructor()
    {
        if (type.BaseType is not { TypeKind: TypeKind.Class } declared) return null;
        var callable = declared.InstanceConstructors
            .Where(c => c.Parameters.All(p => p.IsOptional || p.IsParams) && compilation.IsSymbolAccessibleWithin(c, type))
            .OrderBy(c => c.Parameters.Length).ToList();
        // Of several that take nothing but defaults C# calls none, and one that it refuses to call hides the others.
        if (callable.Count > 0 && (callable[0].Parameters.Length == 0 || callable.Count == 1) && !IsError(callable[0])) return callable[0];
        var name = declared.Name;
        var shown = declared.ToDisplayString(ParameterFormat);
        var remedy = declared.DeclaringSyntaxReferences.Length > 0
            ? $"add 'protected {name}() {{ }}' to '{shown}'"
            : $"derive from a class of your own, "
                + $"'abstract class {type.Name}Base : {shown} {{ protected {type.Name}Base() : base(…) {{ }} }}'";
        log.Report(Descriptors.NoBaseConstructor, BaseOf(type, compilation, className, cancellation), type.Name, remedy);
        return null;
    }

    static bool IsError(IMethodSymbol constructor) =>
        BaseMembers.IsObsolete(constructor) && constructor.GetAttributes().Any(a => a.ConstructorArguments is [_, { Value: true }]);

    /// <summary>Constructors that the generated one knows nothing of would leave the class without an engine.</summary>
    void Chains()
    {
        foreach (var constructor in type.InstanceConstructors)
        {
            if (constructor.IsImplicitlyDeclared || MemberClashes.IsGeneratedConstructor(constructor)) continue;
            if (Syntax(BodyEvaluator.WithBody(constructor)) is not ConstructorDeclarationSyntax syntax) continue;
            if (syntax.Initializer is { ThisOrBaseKeyword.RawKind: (int)SyntaxKind.ThisKeyword }) continue;
            var types = string.Join(", ", constructor.Parameters.Select(p => p.Type.ToDisplayString(ParameterFormat)));
            log.Report(
                Descriptors.UnchainedConstructor, syntax.Identifier.GetLocation(), $"{type.Name}({types})",
                $"{type.Name}{syntax.ParameterList.NormalizeWhitespace()} : "
                + new ChainedCall(type, constructor, compilation, syntax));
        }
    }

    /// <summary>Nobody can set a required member where <c>Load</c> makes the model.</summary>
    void Required(bool setsRequired)
    {
        foreach (var member in type.GetMembers().Where(IsRequired))
            log.Report(Descriptors.RequiredMember, member.Locations[0], member.Name, type.Name);
        if (setsRequired) return;
        var place = BaseOf(type, compilation, className, cancellation);
        foreach (var member in BaseMembers.Bases(type).SelectMany(b => b.GetMembers()).Where(IsRequired))
            log.Report(Descriptors.RequiredMember, place, $"{member.ContainingType.Name}.{member.Name}", type.Name);
    }

    static bool IsRequired(ISymbol member) => member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true };

    /// <summary>
    /// Warns of what C# would warn of in the constructor: members that are null after it though their type says that they never are.
    /// Whether there may be any, with those that only the compiler can tell.
    /// </summary>
    bool Unset()
    {
        var any = false;
        foreach (var (member, memory, annotation) in Memory())
        {
            if (annotation != NullableAnnotation.NotAnnotated || IsRequired(member) || HasFirstValue(member)) continue;
            if (AllowsNull(member) || AllowsNull(memory)) continue;
            any = true;
            // A getter that makes the value when it is first read is right, and one that does not is the compiler's to judge.
            var context = member.DeclaringSyntaxReferences.FirstOrDefault() is { } reference
                ? compilation.GetSemanticModel(reference.SyntaxTree).GetNullableContext(reference.Span.Start)
                : NullableContext.Disabled;
            if (context.WarningsEnabled() && !HasOwnGetter(member)) log.Report(Descriptors.UnsetMember, member.Locations[0], member.Name);
        }
        return any;
    }

    /// <summary>Members that the instance has memory of a reference for, with the field behind a property.</summary>
    IEnumerable<(ISymbol Member, ISymbol Memory, NullableAnnotation Annotation)> Memory()
    {
        foreach (var member in type.GetMembers().Where(m => !m.IsStatic))
        {
            if (member is IFieldSymbol { IsConst: false, Type.IsValueType: false } field)
                yield return (field.AssociatedSymbol ?? field, field, field.NullableAnnotation);
            // An event has memory where it is declared as a variable is.
            if (member is IEventSymbol raised && Syntax(raised) is VariableDeclaratorSyntax)
                yield return (raised, raised, raised.NullableAnnotation);
        }
    }

    SyntaxNode? Syntax(ISymbol member) => member.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation);

    bool HasFirstValue(ISymbol member) => Syntax(member) is
        VariableDeclaratorSyntax { Initializer: not null } or PropertyDeclarationSyntax { Initializer: not null };

    bool HasOwnGetter(ISymbol member) =>
        Syntax(member) is PropertyDeclarationSyntax property
        && (property.ExpressionBody is not null || property.AccessorList?.Accessors.Any(IsWrittenGetter) == true);

    static bool IsWrittenGetter(AccessorDeclarationSyntax accessor) =>
        accessor.IsKind(SyntaxKind.GetAccessorDeclaration) && (accessor.Body is not null || accessor.ExpressionBody is not null);

    static bool AllowsNull(ISymbol member) => Has(member, "AllowNullAttribute") || Has(member, "MaybeNullAttribute");

    static bool Has(ISymbol symbol, string attribute) => symbol.GetAttributes()
        .Any(a => a.AttributeClass is { } type && type.Name == attribute && type.ContainingNamespace.ToDisplayString() == CodeAnalysis);
}
