using System.Collections.Generic;
using System.Linq;
using Zoo.Generators.Graphs;
using Zoo.Generators.Tracing;

namespace Zoo.Generators.Variants;

/// <summary>
/// A model with its own losses: methods with <c>[Phase]</c>, each a function of the batch <c>x</c>, of labels or a condition <c>y</c> and
/// of noise, whose named losses are summed and minimised. Every <c>[Network]</c> can be run by itself.
/// </summary>
public sealed class OwnModel : Variant
{
    public override string Name => "Model";

    public override IReadOnlyList<OptionSpec> Options { get; } = [new("Classes", 0, ValueRange.Count)];

    public override bool HasOwnLosses => true;

    public override Shape ShapeOf(string parameter, AttributeValues options, IReadOnlyDictionary<string, NetworkTrace> traced) => parameter switch
    {
        "y" when options.Int("Classes", 0) is > 0 and var classes => new(classes),
        "y" when options.Shape("Condition") is { Rank: > 0 } condition => condition,
        "y" => throw new KeyNotFoundException("y"),
        _ => options.Shape("Input") ?? Shape.Scalar,
    };

    public override IEnumerable<VariantError> CheckOptions(AttributeValues options, IReadOnlyCollection<string> networks)
    {
        if (options.Int("Classes", 0) > 0 && options.Shape("Condition") is { Rank: > 0 })
            yield return new(VariantErrorKind.InvalidOption, "Condition", "y is a label of Classes or has the shape Condition: leave one of them out");
    }

    public override IEnumerable<VariantError> Check(ModelTrace trace)
    {
        var names = new HashSet<string>();
        foreach (var phase in trace.Phases)
            foreach (var loss in phase.Losses)
                if (!names.Add(loss)) yield return new(VariantErrorKind.InvalidPhase, phase.Name, $"Loss '{loss}' is reported by another phase already: name the element of the tuple otherwise");
    }

    public override IReadOnlyList<PhaseDeclaration> Phases(ModelTrace trace)
    {
        var (phases, every) = (new List<PhaseDeclaration>(), 1);
        foreach (var phase in trace.Phases)
        {
            phases.Add(new(phase.Name, phase.Trains.Count > 0 ? phase.Trains : [.. trace.Networks.Select(n => n.Name)], every));
            every = checked(every * phase.Repeat);
        }
        return phases;
    }

    public override void Build(ModelBuilder m)
    {
        var g = m.Graph;
        var inputs = new Dictionary<string, Node> { ["x"] = m.Examples };
        if (m.OwnPhases.Any(p => p.Parameters.Contains("y"))) inputs["y"] = Condition(m);
        foreach (var phase in m.OwnPhases)
        {
            m.Phase(
                phase.Name, [.. phase.Losses.Select(l => (l, $"{l} of the phase {phase.Name}, which minimises the sum of its losses."))],
                draws =>
                {
                    var roots = m.Networks.Copy(phase.Outputs, Naming.SnakeCase(phase.Name), draws, inputs, isPhase: true);
                    Node[] losses = [.. roots.Select(r => g.Sum(r.Node))];
                    return new(losses.Select(l => l.Type.IsShared ? l : g.MeanRows(l)).Aggregate(g.Add), losses);
                });
        }
        m.Evaluate();
    }

    static Node Condition(ModelBuilder m) => m.Options.Int("Classes", 0) is > 0 and var classes
        ? m.Labels("y", "labels", classes, InputElement.Label)
        : m.Input("y", "condition", m.Options.Shape("Condition")!.Value);
}
