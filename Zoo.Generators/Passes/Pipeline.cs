using System;
using System.Collections.Generic;
using System.Threading;
using Zoo.Generators.Infrastructure;
using Zoo.Generators.Plans;
using Zoo.Generators.Tracing;
using Zoo.Generators.Variants;

namespace Zoo.Generators.Passes;

/// <summary>What a plan is for.</summary>
public enum Target { Cpu, Gpu }

/// <summary>
/// The stages between programs and text, in order: one list for the generator, the snapshots, the tests and the benchmarks. Each is a pure
/// function, and the result of each prints.
/// </summary>
public static class Pipeline
{
    /// <summary>Graph to graph.</summary>
    public static IReadOnlyList<(string Name, Func<ModelGraph, CancellationToken, ModelGraph> Run)> GraphStages { get; } =
    [
        (TrackingNames.Differentiate, Differentiate.Run),
        (TrackingNames.Simplify, Simplify.Run),
        // After simplification, because only then equal values of two phases are one node.
        (TrackingNames.Share, static (model, _) => SharePhases.Run(model)),
        (TrackingNames.Orient, static (model, _) => Orient.Run(model)),
    ];

    /// <summary>Kernels over buffers, the same for all targets.</summary>
    public static ModelPlan RunFuse(ModelGraph model, CancellationToken cancellation) => Fuse.Run(model, cancellation);

    /// <summary>Plan to plan, once for each target.</summary>
    public static IReadOnlyList<(string Name, Func<ModelPlan, CancellationToken, ModelPlan> Run)> PlanStages(Target target) =>
        target == Target.Cpu
        ? [(TrackingNames.Partition, Partition.ForCpu), (TrackingNames.Memory, static (plan, _) => PlanMemory.Run(plan))]
        : [(TrackingNames.PartitionGpu, Partition.ForGpu), (TrackingNames.MemoryGpu, static (plan, _) => PlanMemory.Run(plan))];

    /// <summary>All graph stages.</summary>
    public static ModelGraph Optimise(ModelGraph model)
    {
        foreach (var (_, run) in GraphStages) model = run(model, default);
        return model;
    }

    /// <summary>All stages from a declaration to a plan.</summary>
    public static ModelPlan Plan(ModelTrace trace, Target target) => Plan(Optimise(BuildPrograms.Run(trace).Graph), target);

    /// <summary>All stages from simplified programs to a plan.</summary>
    public static ModelPlan Plan(ModelGraph model, Target target)
    {
        var plan = RunFuse(model, default);
        foreach (var (_, run) in PlanStages(target)) plan = run(plan, default);
        return plan;
    }
}
