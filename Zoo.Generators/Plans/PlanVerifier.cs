using System;
using System.Collections.Generic;
using System.Linq;
using Zoo.Generators.Plans.Verification;

namespace Zoo.Generators.Plans;

/// <summary>How far a plan has come.</summary>
public enum PlanStage
{
    /// <summary>Kernels in order, each after its makers.</summary>
    Fused,

    /// <summary>Tiles, parts of sums, levels.</summary>
    Partitioned,

    /// <summary>Offsets.</summary>
    Placed,
}

/// <summary>A plan that would read or write what it must not: a mistake of the compiler, found before anything is printed.</summary>
public sealed class PlanException(string message) : Exception(message);

/// <summary>
/// Proves of every plan, in every build, that nothing is read that was not written, nothing is written twice, nobody waits for too
/// little, and memory is shared only by what is never alive together. It knows a kernel by the floats that it says it touches.
/// </summary>
/// <remarks>
/// Which floats is exact, not only which buffers. What it cannot see: whether the arithmetic is right, whether a kernel of the runtime
/// touches what the plan says, what the host does between programs, and the programs of optimisers, which are no plans. A program for any
/// number of rows is proved for one row and for as many as a run can have: sizes are linear in the rows. Writes whose rows interlock, so
/// that a row begins before another ends and yet no float is written twice, are refused; no plan has them.
/// </remarks>
public static class PlanVerifier
{
    /// <summary>The plan, if it has no fault.</summary>
    /// <exception cref="PlanException">It has some; the message gives the first three.</exception>
    public static ModelPlan Verified(this ModelPlan plan, PlanStage stage)
    {
        var faults = Faults(plan, stage).Take(3).ToList();
        return faults.Count == 0 ? plan : throw new PlanException(string.Join(" ", faults));
    }

    /// <summary>What is wrong, a sentence each.</summary>
    public static IEnumerable<string> Faults(ModelPlan plan, PlanStage stage)
    {
        var storages = plan.Storages.ToDictionary(s => s.Storage.Name, s => s.Storage.Shape.Count);
        var ofPrograms = plan.Programs.SelectMany(p => Names(plan, p, storages).Concat(UnknownRows(plan, p))
            .Concat(Floats(plan, p, stage)));
        var faults = Storages(plan).Concat(ofPrograms);
        return stage == PlanStage.Placed ? faults.Concat(MemoryUse.KeptFaults(plan)) : faults;
    }

    static IEnumerable<string> Floats(ModelPlan plan, ProgramPlan program, PlanStage stage)
    {
        if (program.Rows == 0 && plan.ChunkRows != 1)
            foreach (var fault in new DataFlow(program, 1, stage, DataFlow.Accesses(program, 1)).Faults()) yield return fault;
        var rows = plan.RowsOf(program);
        var accesses = DataFlow.Accesses(program, rows);
        foreach (var fault in new DataFlow(program, rows, stage, accesses).Faults()) yield return fault;
        if (stage != PlanStage.Placed) yield break;
        foreach (var fault in new MemoryUse(plan, program, accesses).Faults()) yield return fault;
    }

    /// <summary>Storages lie one after another in their section.</summary>
    static IEnumerable<string> Storages(ModelPlan plan)
    {
        var end = 0;
        foreach (var (storage, offset) in plan.Storages.OrderBy(s => s.Offset))
        {
            if (offset < end) yield return $"Storage {storage.Name} at {offset} begins before {end}, where the one before it ends.";
            end = offset + storage.Shape.Count;
        }
        if (end > plan.SectionFloats) yield return $"Storages end at {end}, their section at {plan.SectionFloats}.";
    }

    /// <summary>Buffers that are known by name are what the name says.</summary>
    static IEnumerable<string> Names(ModelPlan plan, ProgramPlan program, Dictionary<string, int> storages)
    {
        foreach (var buffer in program.Buffers)
        {
            var isKnown = buffer.Kind switch
            {
                BufferKind.Parameter or BufferKind.Gradient or BufferKind.State or BufferKind.NextState =>
                    storages.TryGetValue(buffer.Name, out var floats) && buffer.Length == Extent.Of(floats),
                BufferKind.Input => program.Inputs.Contains(buffer.Name),
                BufferKind.Hyperparameter => plan.Hyperparameters.Any(h => h.Name == buffer.Name),
                _ => true,
            };
            if (!isKnown) yield return $"{program.Name}: there is no {buffer.Kind} {buffer.Name} of {buffer.Length} floats.";
        }
    }

    /// <summary>A program for any number of rows runs on some of a call's rows at a time: a sum over them would be one of a part.</summary>
    static IEnumerable<string> UnknownRows(ModelPlan plan, ProgramPlan program)
    {
        if (program.Rows > 0) yield break;
        foreach (var kernel in program.Kernels.Where(k => k.SumsRows))
        {
            yield return $"{program.Name} takes any number of rows, at most {plan.ChunkRows} in a run, but {kernel.Name} sums over them, "
                + "so what it gives would depend on how a call is cut into runs.";
        }
    }
}
