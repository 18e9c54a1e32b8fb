using Zoo.Generators.Diagnostics;

namespace Zoo.Generators.Tracing;

/// <summary>A method of an interface that nothing of the user's implements.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Parameters">As of <see cref="InheritedMember"/>.</param>
/// <param name="TakesNull">For each parameter, with commas between, <c>?</c> where the interface lets null be handed over.</param>
/// <param name="NeverReturns">Whether it says that it does not return.</param>
/// <param name="Declared">What an explicit implementation would be written as.</param>
/// <param name="Place">Where the class takes the interface on.</param>
public readonly record struct AskedMember(
    string Name, string Parameters, string TakesNull, bool NeverReturns, string Declared, SourceSpan Place);
