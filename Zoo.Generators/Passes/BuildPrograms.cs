using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Zoo.Generators.Graphs;
using Zoo.Generators.Tracing;
using Zoo.Generators.Variants;

namespace Zoo.Generators.Passes;

/// <summary>What stage 2 makes of a declaration: what is compiled, and what the public half is printed from.</summary>
public sealed record BuiltModel(ModelGraph Graph, Surface Surface);

/// <summary>
/// Stage 2: from a traced declaration to programs over one state.
/// <para>before: networks, phases, optimisers as written; after: programs with an objective for each phase, storages that know who trains
/// them.</para>
/// <para>A phase updates what it trains and its objective reaches, as PyTorch leaves alone what has no gradient.</para>
/// </summary>
public static class BuildPrograms
{
    /// <param name="trace">The declaration.</param>
    /// <param name="merge">False: every parameter keeps a storage of its own, for tests that compare.</param>
    public static BuiltModel Run(ModelTrace trace, bool merge = true)
    {
        var variant = Variant.All.FirstOrDefault(v => v.Name == trace.Variant)
            ?? throw new InvalidOperationException($"There is no variant {trace.Variant}.");
        return Run(trace, variant, merge);
    }

    /// <param name="trace">The declaration.</param>
    /// <param name="variant">What it is a declaration of.</param>
    /// <param name="merge">False: every parameter keeps a storage of its own, for tests that compare.</param>
    /// <param name="cancellation">Ends the stage early.</param>
    public static BuiltModel Run(ModelTrace trace, Variant variant, bool merge = true, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        var phases = variant.Phases(trace);
        var optimizers = phases.Select(p => new PhaseOptimizers(trace, p, variant)).ToList();
        var trainers = trace.Parameters.ToDictionary(p => p.Name, p => new EquatableArray<int>(optimizers.Select(o => o.Of(p))));
        // Layers that different phases reach must stay apart, and only the programs show what a phase reaches.
        if (merge && phases.Count > 1)
            foreach (var storage in Build(trace, variant, phases, optimizers, trainers, merge: false).Graph.Storages)
                trainers[storage.Name] = storage.Trainers;
        return Build(trace, variant, phases, optimizers, trainers, merge);
    }

    static BuiltModel Build(
        ModelTrace trace, Variant variant, IReadOnlyList<PhaseDeclaration> phases, IReadOnlyList<PhaseOptimizers> optimizers,
        IReadOnlyDictionary<string, EquatableArray<int>> trainers, bool merge)
    {
        var g = new GraphBuilder();
        var (networks, own, storages) = MergeParallelProducts.Run(g, trace, trainers, merge);
        var builder = new ModelBuilder(g, trace with { Phases = new(own) }, networks, phases);
        variant.Build(builder);
        var reached = phases.Select(p => Reached(builder.Programs, p.Name)).ToList();
        var placed = storages
            .Select(s => s with { Trainers = new(s.Trainers.Select((t, phase) => reached[phase].Contains(s.Name) ? t : -1)) })
            .OrderBy(s => s.Trainers, TrainerOrder.Instance).ToList();
        foreach (var storage in placed) RequireOneGradient(storage, phases);
        var graphs = phases.Select((p, i) => new PhaseGraph(
            p.Name, p.Every, p.IsSimultaneous, new(optimizers[i].Graphs), p.Bound is { } bound ? builder.Prefix(p.Name) + bound : null,
            phases.Count == 1, []) { Loops = new(builder.Loops(p.Name)) });
        var untrained = new EquatableArray<int>(phases.Select(_ => -1));
        var states = builder.States.Select(s => new Storage(
            s.Name, s.Shape,
            new([new StorageMember(s.Name, s.Shape, FileAxis.Of(s.Shape), s.First, 0, 0, 0) { Vector = s.Vector }]), untrained,
            IsAdvanced: true));
        var ofOptimizers = optimizers.SelectMany(o => o.Hyperparameters);
        if (trace.AverageDecay is { } decay) ofOptimizers = ofOptimizers.Append(new(AverageDecay, decay, ValueRange.Fraction));
        var surface = builder.Surface(ofOptimizers);
        var batch = trace.Options.Int("Batch", 1);
        var model = new ModelGraph(
            trace.Identity, batch, Math.Max(batch, 64),
            new(trace.Parameters.Select(p => p.Name).Concat(builder.States.Select(s => s.Name))),
            new(placed.Concat(states)), new(graphs),
            new(surface.Hyperparameters.Select(h => new HyperparameterGraph(h.Name, h.Range))), new(builder.Programs))
        {
            KeepsAverages = trace.AverageDecay is not null, HasUnitExamples = builder.HasUnitExamples,
        };
        return new(model, surface);
    }

    /// <summary>Name of the hyperparameter that weights' averages decay by.</summary>
    public const string AverageDecay = "average_decay";

    /// <summary>A storage has one gradient: phases that take theirs before any of them moves a weight must not both want it.</summary>
    static void RequireOneGradient(Storage storage, IReadOnlyList<PhaseDeclaration> phases)
    {
        var first = -1;
        for (var i = 0; i < phases.Count; i++)
        {
            if (!phases[i].IsSimultaneous) first = -1;
            if (storage.Trainers[i] < 0) continue;
            if (first >= 0)
                throw new InvalidOperationException(
                    $"{phases[i].Name} takes its gradients together with {phases[first].Name}, and both train {storage.Name}, which has "
                        + "one gradient.");
            first = i;
        }
    }

    /// <summary>Storages that a phase's objective depends on, not through a stopped gradient.</summary>
    static HashSet<string> Reached(IEnumerable<ProgramGraph> programs, string phase)
    {
        var (names, seen, open) = (new HashSet<string>(), new HashSet<Node>(), new Stack<Node>());
        foreach (var program in programs)
            if (program.Results.Find(new(ResultKind.Objective, phase)) is { } objective) open.Push(objective);
        while (open.Count > 0)
        {
            var node = open.Pop();
            if (!seen.Add(node) || node.Op == Op.StopGradient) continue;
            if (node.Op == Op.Parameter) names.Add(node.Name);
            foreach (var input in node.Inputs) open.Push(input);
        }
        return names;
    }

    /// <summary>
    /// What the first phase trains comes first, by optimiser; what no phase trains comes last. The sort is stable, so declaration decides
    /// the rest.
    /// </summary>
    sealed class TrainerOrder : IComparer<EquatableArray<int>>
    {
        public static readonly TrainerOrder Instance = new();

        public int Compare(EquatableArray<int> x, EquatableArray<int> y)
        {
            for (var i = 0; i < x.Count; i++)
                if (x[i] != y[i]) return unchecked((uint)x[i]).CompareTo(unchecked((uint)y[i]));
            return 0;
        }
    }
}
