using System;
using System.Collections.Generic;
using Zoo.Generators.Infrastructure;
using Zoo.Generators.Plans;
using Zoo.Generators.Tracing;
using Zoo.Generators.Variants;

namespace Zoo.Generators.Passes;

/// <summary>What a plan is for.</summary>
public enum Target { Cpu, Gpu }

/// <summary>
/// The stages between programs and text, in order: one list for the generator, the snapshots, the tests and the benchmarks. Each is a pure function, and the
/// result of each prints.
/// </summary>
public static class Pipeline
{
    /// <summary>Graph to graph.</summary>
    public static IReadOnlyList<(string Name, Func<ModelGraph, ModelGraph> Run)> GraphStages { get; } =
    [
        (TrackingNames.Differentiate, Differentiate.Run),
        (TrackingNames.Simplify, Simplify.Run),
        // After simplification, because only then equal values of two phases are one node.
        (TrackingNames.Share, SharePhases.Run),
        (TrackingNames.Orient, Orient.Run),
    ];

    /// <summary>Kernels over buffers, the same for all targets.</summary>
    public static ModelPlan RunFuse(ModelGraph model) => Fuse.Run(model);

    /// <summary>Plan to plan, once for each target.</summary>
    public static IReadOnlyList<(string Name, Func<ModelPlan, ModelPlan> Run)> PlanStages(Target target) => target == Target.Cpu
        ? [(TrackingNames.Partition, Partition.ForCpu), (TrackingNames.Memory, static plan => PlanMemory.Run(plan))]
        : [(TrackingNames.PartitionGpu, Partition.ForGpu), (TrackingNames.MemoryGpu, static plan => PlanMemory.Run(plan))];

    /// <summary>All graph stages.</summary>
    public static ModelGraph Optimise(ModelGraph model)
    {
        foreach (var (_, run) in GraphStages) model = run(model);
        return model;
    }

    /// <summary>All stages from a declaration to a plan.</summary>
    public static ModelPlan Plan(ModelTrace trace, Target target) => Plan(Optimise(BuildPrograms.Run(trace).Graph), target);

    /// <summary>All stages from simplified programs to a plan.</summary>
    public static ModelPlan Plan(ModelGraph model, Target target)
    {
        var plan = RunFuse(model);
        foreach (var (_, run) in PlanStages(target)) plan = run(plan);
        return plan;
    }
}
