using Microsoft.CodeAnalysis;

namespace Zoo.Generators.Tracing;

/// <summary>Recognises the symbolic types by namespace and name: nothing is cached, since a cache would keep a compilation alive.</summary>
static class SurfaceTypes
{
    /// <summary>
    /// In the namespace, and where its name is one of the surface's, in the runtime's assembly: others may have a namespace Zoo too.
    /// </summary>
    public static bool IsZoo(this ITypeSymbol? type) =>
        type?.ContainingNamespace is { Name: "Zoo", ContainingNamespace.IsGlobalNamespace: true } && type.ContainingType is null
        && (!IsSymbolicName(type.Name) || type.ContainingAssembly?.Name == "Zoo.Runtime");

    public static bool IsZoo(this ITypeSymbol? type, string name) => type?.Name == name && type.IsZoo();

    /// <summary>One of the types whose members are operations.</summary>
    public static bool IsSymbolic(this ITypeSymbol? type) => type is not null && IsSymbolicName(type.Name) && type.IsZoo();

    public static bool IsSymbolicName(string name) =>
        name is "Tensor" or "Noise" or "Distribution" or "Gaussian" or "Bernoulli" or "Categorical" or "Priors";
}
