using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Zoo.Generators.Tracing;

/// <summary>
/// The call of the generated constructor to write behind one of the user's: the user's own seed and device where it has them, and such that
/// C# takes it for no call of a constructor of the user's.
/// </summary>
/// <param name="type">The model's class.</param>
/// <param name="constructor">The user's constructor.</param>
/// <param name="compilation">What both are of.</param>
/// <param name="syntax">Where the call will stand, which types' names depend on.</param>
sealed class ChainedCall(INamedTypeSymbol type, IMethodSymbol constructor, Compilation compilation, ConstructorDeclarationSyntax syntax)
{
    readonly ITypeSymbol number = compilation.GetSpecialType(SpecialType.System_UInt64);
    readonly ITypeSymbol? ofDevice = compilation.GetTypeByMetadataName("Zoo.Device");

    /// <summary>The text.</summary>
    public override string ToString()
    {
        var rivals = type.InstanceConstructors.Where(IsRival).ToList();
        // Types that are exactly the generated one's are best for it, and where another has them too, and more parameters, C# takes it.
        var isTyped = rivals.Count > 0;
        var device = DeviceName();
        var seed = Given("seed", number, "0", "0UL", "ulong", isTyped);
        var on = Given("device", ofDevice, "null", $"({device})null", device, isTyped);
        // Where the two names would do for another just as well, their order tells.
        return rivals.Any(IsTurned) ? $"this({seed}, {on})" : $"this(seed: {seed}, device: {on})";
    }

    string DeviceName()
    {
        var (model, place) = (compilation.GetSemanticModel(syntax.SyntaxTree), syntax.ParameterList.SpanStart);
        var name = ofDevice?.ToMinimalDisplayString(model, place) ?? "Device";
        return model.GetNullableContext(place).AnnotationsEnabled() ? $"{name}?" : name;
    }

    /// <summary>Whether it could be called with the two by their names.</summary>
    static bool IsRival(IMethodSymbol other) =>
        !other.IsImplicitlyDeclared && !MemberClashes.IsGeneratedConstructor(other)
        && other.Parameters.Count(p => p.Name is "seed" or "device" && p.RefKind is not (RefKind.Out or RefKind.Ref)) == 2
        && other.Parameters.All(p => p.Name is "seed" or "device" || p.IsOptional || p.IsParams);

    /// <summary>Whether it has the generated one's parameters in another order.</summary>
    bool IsTurned(IMethodSymbol rival) =>
        Named(rival, "device") is { } device && Named(rival, "seed") is { } seed && device.Ordinal < seed.Ordinal
        && Is(seed.Type, number) && Is(device.Type, ofDevice);

    /// <summary>The user's own parameter where it can be handed on, and otherwise what that parameter would not take itself.</summary>
    string Given(string name, ITypeSymbol? asked, string otherwise, string typed, string cast, bool isTyped)
    {
        if (Named(constructor, name) is not { } own) return isTyped ? typed : otherwise;
        if (own.RefKind == RefKind.Out || asked is null || !compilation.ClassifyCommonConversion(own.Type, asked).IsImplicit) return typed;
        // Nothing is looked up at run time on the way to another constructor.
        return (isTyped && !Is(own.Type, asked)) || own.Type.TypeKind == TypeKind.Dynamic ? $"({cast}){name}" : name;
    }

    static bool Is(ITypeSymbol type, ITypeSymbol? other) => SymbolEqualityComparer.Default.Equals(type, other);

    static IParameterSymbol? Named(IMethodSymbol method, string name) => method.Parameters.FirstOrDefault(p => p.Name == name);
}
