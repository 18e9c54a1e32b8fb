using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Zoo.Generators.Graphs;
using Zoo.Generators.Variants;

namespace Zoo.Generators.Passes;

/// <summary>
/// What two phases of a step compute alike is computed once, where nothing that it depends on has moved in between: the images that a
/// discriminator judges and the generator is then trained on, or all features of two phases that take their gradients together.
/// <para>before: GradientsD: … = f(G(z)); GradientsG: … = g(G(z)), and D's update moves no weight of G</para>
/// <para>after: SharedD: carried.fake = G(z); GradientsD: … = f(Carried(fake)); GradientsG: … = g(Carried(fake))</para>
/// <para>Invariant: a shared program runs before the first phase that reads it and depends on nothing that phases up to the last reader
/// update, so a phase by itself gives the same bits after running the shared programs that it reads. Missed: values that differ in form
/// only, and work of less than a product.</para>
/// </summary>
public static class SharePhases
{
    public static ModelGraph Run(ModelGraph model)
    {
        for (var phase = 0; phase + 1 < model.Phases.Count; phase++) model = Share(model, phase);
        return model;
    }

    /// <summary>Takes out of a phase what later ones compute again.</summary>
    static ModelGraph Share(ModelGraph model, int phase)
    {
        var first = model.Phases[phase];
        var own = Topology.Sort(Nodes(model, first));
        var readers = new List<PhaseGraph>();
        // What loops hand on is there only once they have run, which is after the shared programs.
        var looped = new HashSet<string>(model.Phases.SelectMany(p => p.Loops).SelectMany(l => model.Program(l.Program).Results)
            .Where(r => r.Name.Kind == ResultKind.Carried).Select(r => r.Name.Name));
        // For each reader the nodes that it may take: made of nothing that has moved by then.
        var common = new HashSet<Hash128>();
        for (var later = phase + 1; later < model.Phases.Count; later++)
        {
            var moved = Moved(model, phase, later);
            var there = new HashSet<Hash128>(Topology.Sort(Nodes(model, model.Phases[later])).Select(n => n.Hash));
            var steady = Steady(own, moved, looped);
            var taken = own.Where(n => steady.Contains(n.Hash) && there.Contains(n.Hash) && n.Op is Op.MatMul or Op.BatchMatMul).ToList();
            if (taken.Count == 0 || (readers.Count > 0 && !taken.All(n => common.Contains(n.Hash)))) continue;
            var shared = new HashSet<Hash128>(steady.Where(there.Contains));
            if (readers.Count == 0) common = shared;
            else common.IntersectWith(shared);
            readers.Add(model.Phases[later]);
        }
        if (readers.Count == 0) return model;

        // Only what leads to or comes from a product is worth a place in memory; a draw that it needs comes along.
        var region = Region(own, common);
        var users = readers.Prepend(first).SelectMany(p => Nodes(model, p)).ToList();
        var frontier = Frontier(users, region);
        var names = Names(frontier);
        var carried = new Roots<ResultName>(frontier.Select(n => (new ResultName(ResultKind.Carried, names[n.Hash]), n)));
        var name = PhaseGraph.Shared(first.Name);
        var gradients = model.Program(first.Gradients);
        var summary = $"what the phases {string.Join(" and ", readers.Prepend(first).Select(p => Naming.SnakeCase(p.Name)))} compute alike";
        var program = new ProgramGraph(name, summary, model.Batch, gradients.Inputs, carried);
        var rewritten = new HashSet<string>(readers.Prepend(first).SelectMany(p => new[] { p.Gradients, p.TrainingGradients }));
        var programs = model.Programs.Select(p => rewritten.Contains(p.Name) ? p with { Results = Read(p.Results, names) } : p);
        return model with
        {
            Programs = new(programs.Append(program)),
            Phases = new(model.Phases.Select(p => p == first || readers.Contains(p)
                ? p with { Reads = new(p.Reads.Append(first.Name)) }
                : p)),
        };
    }

    static IEnumerable<Node> Nodes(ModelGraph model, PhaseGraph phase) => model.Program(phase.Gradients).Results.Select(r => r.Node);

    /// <summary>Storages that move between a phase's gradients and those of a later one.</summary>
    static HashSet<string> Moved(ModelGraph model, int phase, int later)
    {
        var start = later;
        while (start > 0 && model.Phases[start].IsSimultaneous) start--;
        // Phases from the first up to the group of the later one have made their updates by then.
        return [.. model.Storages.Where(s => Enumerable.Range(phase, System.Math.Max(0, start - phase)).Any(p => s.Trainers[p] >= 0))
            .Select(s => s.Name)];
    }

    /// <summary>
    /// Nodes that depend on none of these storages, on nothing that loops hand on, and on no state that programs advance themselves.
    /// </summary>
    static HashSet<Hash128> Steady(IEnumerable<Node> order, HashSet<string> moved, HashSet<string> looped)
    {
        var steady = new HashSet<Hash128>();
        foreach (var node in order)
            if (node.Op != Op.State && !(node.Op == Op.Carried && looped.Contains(node.Name))
                && !(node.Op == Op.Parameter && moved.Contains(node.Name)) && node.Inputs.All(i => steady.Contains(i.Hash)))
                steady.Add(node.Hash);
        return steady;
    }

    /// <summary>Common nodes that are made with a product, and the draws among their operands.</summary>
    static HashSet<Hash128> Region(IReadOnlyList<Node> order, HashSet<Hash128> common)
    {
        var (made, region) = (new HashSet<Node>(), new HashSet<Hash128>());
        foreach (var node in order.Where(n => common.Contains(n.Hash)))
            if (node.Op is Op.MatMul or Op.BatchMatMul || node.Inputs.Any(made.Contains)) made.Add(node);
        foreach (var node in Topology.Sort(made))
            if (made.Contains(node) || node.Op == Op.Draw) region.Add(node.Hash);
        return region;
    }

    /// <summary>Nodes of the region that something outside reads, seen through views, which are free; in topological order.</summary>
    static IReadOnlyList<Node> Frontier(IReadOnlyList<Node> roots, HashSet<Hash128> region)
    {
        var (found, order) = (new HashSet<Hash128>(), Topology.Sort(roots));
        void Take(Node node)
        {
            while (node.Op is Op.Reshape or Op.Slice or Op.Broadcast && region.Contains(node.Inputs[0].Hash)) node = node.Inputs[0];
            found.Add(node.Hash);
        }

        foreach (var root in roots) if (region.Contains(root.Hash)) Take(root);
        foreach (var node in order.Where(n => !region.Contains(n.Hash)))
            foreach (var input in node.Inputs)
                if (region.Contains(input.Hash)) Take(input);
        return [.. order.Where(n => found.Remove(n.Hash))];
    }

    /// <summary>Names after the layer that makes a value, or the draw.</summary>
    static Dictionary<Hash128, string> Names(IReadOnlyList<Node> frontier)
    {
        var (names, taken) = (new Dictionary<Hash128, string>(), new HashSet<string>());
        foreach (var node in frontier)
        {
            var name = node.Op == Op.Draw ? node.Name : Layer(node);
            for (var n = 2; !taken.Add(name); n++) name = $"{Layer(node)}_{n.ToString(CultureInfo.InvariantCulture)}";
            names[node.Hash] = name;
        }
        return names;
    }

    static string Layer(Node node)
    {
        var op = node.Op.ToString().ToLowerInvariant();
        for (var at = node; ; at = at.Inputs[0])
        {
            var weight = at.Op switch { Op.MatMul => Weight(at.Inputs[1]), Op.Gather => Weight(at.Inputs[0]), _ => null };
            if (weight is not null) return $"{weight.Substring(0, weight.LastIndexOf('.'))}.{op}";
            if (at.Inputs.Count == 0) return op;
        }
    }

    /// <summary>Name of a weight, or of the one that some rows are of.</summary>
    static string? Weight(Node node) => node switch
    {
        { Op: Op.Parameter } => node.Name,
        { Op: Op.Slice, Inputs: [{ Op: Op.Parameter } whole] } => whole.Name,
        _ => null,
    };

    static Roots<ResultName> Read(Roots<ResultName> results, Dictionary<Hash128, string> names)
    {
        var g = new GraphBuilder();
        return results.Select(g.Importer(node => names.TryGetValue(node.Hash, out var name) ? g.Carried(name, node.Type) : null));
    }
}
