using System.Collections.Generic;
using System.Linq;
using Zoo.Generators.Graphs;
using Zoo.Generators.Variants;

namespace Zoo.Generators.Passes.Fusion;

/// <summary>
/// Which values of a program hold zeros and ones only: samples of binary units, what they are handed on as, and chains of them. Examples
/// may, which is seen when the program runs.
/// </summary>
/// <remarks>
/// How a product by such a value adds up may then depend on numbers, and those of one row on another's: so of examples it is looked for in
/// a training batch alone, where no row has a result of its own.
/// </remarks>
sealed class BitValues(ModelGraph model, ProgramGraph program)
{
    readonly Dictionary<ResultName, bool> handed = [];

    /// <summary>Whether a value holds zeros and ones only, or may.</summary>
    public bool MayHold(Node node) => node.Op switch
    {
        Op.Greater or Op.Equal or Op.Step => true,
        Op.Reshape or Op.Slice or Op.Permute or Op.StopGradient => MayHold(node.Inputs[0]),
        Op.Concat => node.Inputs.All(MayHold),
        Op.Input => model.HasUnitExamples && program.Rows > 0,
        Op.State => AllThatIsHanded(new(ResultKind.NextState, node.Name)),
        Op.Carried => AllThatIsHanded(new(ResultKind.Carried, node.Name)),
        _ => false,
    };

    /// <summary>Whatever any program leaves under a name. A chain that its own last state is a part of speaks for itself.</summary>
    bool AllThatIsHanded(ResultName name)
    {
        if (handed.TryGetValue(name, out var known)) return known;
        handed[name] = true;
        var makers = model.Programs.Select(p => p.Results.Find(name)).OfType<Node>().ToList();
        if (makers.Count > 0 && makers.All(MayHold)) return true;
        // What was found on the way may rest on this one.
        foreach (var found in handed.Where(h => h.Value).Select(h => h.Key).ToList()) handed.Remove(found);
        return handed[name] = false;
    }
}
