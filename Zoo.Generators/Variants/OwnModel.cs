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

    public override IReadOnlyList<OptionSpec> Options { get; } = [Condition.Classes];

    public override bool HasOwnLosses => true;

    public override Shape ShapeOf(string parameter, AttributeValues options, IReadOnlyDictionary<string, NetworkTrace> traced) =>
        parameter != "y" ? options.Shape("Input") ?? Shape.Scalar : Condition.Of(options)?.Shape ?? throw new KeyNotFoundException("y");

    public override IEnumerable<VariantError> CheckOptions(AttributeValues options, IReadOnlyCollection<string> networks) =>
        Condition.Check(options);

    public override IEnumerable<VariantError> Check(ModelTrace trace)
    {
        var names = new HashSet<string>();
        foreach (var phase in trace.Phases)
            foreach (var loss in phase.Losses)
                if (!names.Add(loss))
                    yield return new(VariantErrorKind.InvalidPhase, phase.Name,
                        $"Loss '{loss}' is reported by another phase already: name the element of the tuple otherwise");
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
        if (m.OwnPhases.Any(p => p.Parameters.Contains("y"))) inputs["y"] = Condition.Of(m.Options)!.OfStep(m);
        foreach (var phase in m.OwnPhases)
        {
            m.Phase(
                phase.Name,
                [.. phase.Losses.Select(l => new LossReport(l, $"{l} of the phase {phase.Name}, which minimises the sum of its losses."))],
                draws =>
                {
                    var roots = m.Networks.Phase(phase, draws, inputs);
                    Node[] losses = [.. roots.Select(r => g.Sum(r.Node))];
                    return new(losses.Select(l => l.Type.IsShared ? l : g.MeanRows(l)).Aggregate(g.Add), losses);
                });
        }
        m.Evaluate();
        foreach (var network in m.Networks.All) Run(m, network);
    }

    /// <summary>A network by itself, as inference has it: Run and its name.</summary>
    static void Run(ModelBuilder m, NetworkTrace network)
    {
        var (g, name) = (m.Graph, "Run" + network.Name);
        var taken = new HashSet<string> { "rows", "seed" };
        // A parameter keeps its name unless the member's own parameters or locals have it.
        string Free(string wanted)
        {
            while (!taken.Add(wanted)) wanted += "Values";
            return wanted;
        }

        var given = network.Parameters.Zip(network.Shapes, (parameter, shape) => (parameter, shape)).ToList();
        // A y of as many numbers as there are classes is what losses are given of a label.
        var classes = m.Options.Int("Classes", 0);
        bool IsLabel((string Parameter, Shape Shape) p) => p.Parameter == "y" && classes > 0 && p.Shape == new Shape(classes);
        var operands = given.Select(p => IsLabel(p) ? m.OneHot(p.parameter, classes) : g.Input(p.parameter, new(1, p.shape))).ToArray();
        var rows = given.Select(p => IsLabel(p)
            ? new(Free(p.parameter), $"Labels from 0 to {classes - 1}, one a row.", ParameterKind.Labels, classes)
            : ModelBuilder.Rows(Free(p.parameter), p.shape.Count, $"Rows for <c>{p.parameter}</c>,")).ToList();
        var outputs = m.Networks.Call(network.Name, new(Naming.SnakeCase(name) + "."), operands)
            .Select(r => (r.Name, Node: m.PerExample(r.Node))).ToList();
        var results = outputs.Select(r => ModelBuilder.Result(
            Free(Naming.CamelCase(r.Name)), r.Node.Shape.Count,
            $"Receives {ModelBuilder.Values(r.Node.Shape.Count)} per row: {Described(r.Name)}.", r.Name));
        m.Program(name, $"{network.Name} by itself", network.Parameters.ToList(),
            [.. outputs.Select(r => (ResultKind.Output, r.Name, r.Node))]);
        IEnumerable<SurfaceParameter> seed = network.TakesNoise
            ? [new("seed", "Seed of the draws. The first n of more rows are the same as n rows.", ParameterKind.Seed, 0)]
            : [];
        m.Member(name, $"<c>{network.Name}</c> by itself, as inference has it.", new InferenceCall(name), [.. seed, .. rows, .. results]);
    }

    /// <summary>A network's result in words: its part of a tuple, and which of a distribution's numbers.</summary>
    static string Described(string root)
    {
        var dot = root.LastIndexOf('.');
        var what = root.Substring(dot + 1) switch { "value" => "the tensor", "log_variance" => "log-variances", "mean" => "means",
            var logits => logits };
        return dot < 0 ? what : $"{what} of <c>{root.Substring(0, dot)}</c>";
    }
}
