using System.Diagnostics.CodeAnalysis;
using Zoo.Models;
using Zoo.Samples.CommandLine;

namespace Zoo.Samples.Catalogue;

/// <summary>Every model that Zoo.Models declares, found in the assembly.</summary>
internal static class DeclaredModels
{
    /// <summary>By variant, then by name.</summary>
    public static IReadOnlyList<DeclaredModel> All { get; } = Find();

    /// <exception cref="CommandException">There is none of this name; those there are are listed.</exception>
    public static DeclaredModel Named(string name) =>
        All.FirstOrDefault(model => model.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new CommandException($"MODEL: expected one of {string.Join(", ", All.Select(model => model.Name))}, got '{name}'.");

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "The project keeps all of Zoo.Models when it is trimmed.")]
    static IReadOnlyList<DeclaredModel> Find() =>
    [
        .. typeof(FashionVae).Assembly.GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && typeof(IGenerativeModel).IsAssignableFrom(type))
            .Select(type => new DeclaredModel(type))
            .OrderBy(model => model.Card.Variant, StringComparer.Ordinal).ThenBy(model => model.Name, StringComparer.Ordinal),
    ];
}
