using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Zoo.Generators.Graphs;
using Zoo.Generators.Plans;

namespace Zoo.Generators.Passes;

/// <summary>
/// Stage 8: every buffer gets a literal offset. Draws and results keep memory of their own, since users read them later; activations of
/// all programs share the rest of the arena, placed by liveness: in place first, then by decreasing size into the best gap.
/// </summary>
public static class PlanMemory
{
    /// <param name="model">Partitioned programs.</param>
    /// <param name="reuse">False: no two buffers share memory, for tests that compare.</param>
    /// <param name="cancellation">Ends the pass early.</param>
    public static ModelPlan Run(ModelPlan model, bool reuse = true, CancellationToken cancellation = default)
    {
        var kept = 0;
        var draws = new Dictionary<string, int>();
        var programs = new List<ProgramPlan>();
        foreach (var program in model.Programs)
        {
            var rows = model.RowsOf(program);
            programs.Add(program with
            {
                Buffers = new(program.Buffers.Select(b =>
                {
                    if (b.Kind is not (BufferKind.Draw or BufferKind.Result or BufferKind.Handed or BufferKind.Carried)) return b;
                    // Gradients with and without losses make the same draws: one place. What a program hands on, others find there.
                    var key = $"{(b.Kind == BufferKind.Handed ? BufferKind.Carried : b.Kind)} {b.Name} {b.Length}";
                    if (!draws.TryGetValue(key, out var offset))
                    {
                        draws[key] = offset = kept;
                        kept = checked(kept + StorageLayout.Align((int)b.Length.For(rows)));
                    }
                    return b with { Offset = offset };
                })),
            });
        }
        var (planned, end) = (new List<ProgramPlan>(), kept);
        foreach (var program in programs)
        {
            cancellation.ThrowIfCancellationRequested();
            var (result, top) = Place(program, model.RowsOf(program), kept, reuse);
            planned.Add(result);
            end = Math.Max(end, top);
        }
        // Clipping by norm keeps a partial sum for each block of 1,024 or more gradients there (blocks have 4,096), and accelerators the
        // factor behind them.
        if (model.Phases.Any(p => p.Optimizers.Any(o => o.ClipsNorm)))
            end = Math.Max(end, checked(kept + StorageLayout.Align(model.SectionFloats / 1024 + model.Storages.Count + 1)));
        return (model with { Programs = new(planned), KeptFloats = kept, ActivationFloats = end }).Verified(PlanStage.Placed);
    }

    sealed class Life
    {
        public int First = int.MaxValue;
        public int Last = -1;
        public long Size;
        public int Offset = -1;
    }

    static (ProgramPlan Program, int End) Place(ProgramPlan program, int rows, int start, bool reuse)
    {
        var lives = program.Buffers.Where(b => b.Kind == BufferKind.Activation)
            .ToDictionary(b => b.Id, b => new Life { Size = StorageLayout.Align((int)b.Length.For(rows)) });
        foreach (var kernel in program.Kernels)
        {
            foreach (var id in kernel.Reads) Touch(id, kernel.Level);
            foreach (var id in kernel.Writes) Touch(id, kernel.Level);
        }
        var alias = reuse ? InPlace(program, lives) : [];
        var taken = new Occupancy(program.Kernels.Max(k => k.Level) + 1);
        var end = start;
        var own = lives.Where(l => !alias.ContainsKey(l.Key) && l.Value.Last >= 0);
        foreach (var life in own.OrderByDescending(l => l.Value.Size).ThenBy(l => l.Key).Select(l => l.Value))
        {
            life.Offset = reuse ? taken.FirstFree(life.First, life.Last, (int)life.Size, start) : end;
            taken.Take(life.First, life.Last, life.Offset, (int)life.Size);
            end = (int)Math.Max(end, checked(life.Offset + life.Size));
        }
        void Touch(int id, int level)
        {
            if (!lives.TryGetValue(id, out var life)) return;
            life.First = Math.Min(life.First, level);
            life.Last = Math.Max(life.Last, level);
        }

        int Offset(int id) => lives[alias.TryGetValue(id, out var source) ? source : id].Offset;
        return (program with { Buffers = new(program.Buffers.Select(b => b.Kind == BufferKind.Activation && lives[b.Id].Last >= 0
            ? b with { Offset = Offset(b.Id) }
            : b)) }, end);
    }

    /// <summary>
    /// A map that reads a buffer for the last time and writes another of the same size with the same addresses writes over it. Returns
    /// target → the buffer whose memory it is in the end.
    /// </summary>
    static Dictionary<int, int> InPlace(ProgramPlan program, Dictionary<int, Life> lives)
    {
        var alias = new Dictionary<int, int>();
        var taken = new HashSet<int>();
        // How many kernels write a buffer, and how many of its last level read it.
        var (writers, lastReaders) = (new int[program.Buffers.Count], new int[program.Buffers.Count]);
        foreach (var kernel in program.Kernels)
        {
            foreach (var id in kernel.Writes) writers[id]++;
            foreach (var id in kernel.Reads)
                if (lives.TryGetValue(id, out var life) && life.Last == kernel.Level) lastReaders[id]++;
        }
        foreach (var kernel in program.Kernels)
        {
            if (kernel.Map is not { } body) continue;
            var product = kernel as ProductKernel;
            foreach (var target in body.Stores.Select(s => s.Target.Buffer).Distinct())
            {
                if (!lives.TryGetValue(target, out var life) || life.First != kernel.Level || writers[target] != 1) continue;
                // C is written before the map runs: what it overlays must not be read elsewhere in C.
                if (product is not null && product.C.Buffer == target) continue;
                foreach (var source in body.Reads())
                {
                    if (source == target || taken.Contains(source) || !lives.TryGetValue(source, out var old) || old.Last != kernel.Level
                        || old.Size != life.Size) continue;
                    if (product is not null && (product.A.Buffer == source || product.B.Buffer == source || product.C.Buffer == source))
                        continue;
                    if (lastReaders[source] > 1) continue;
                    // A row that a label names is read at another place than the one that is written.
                    if (body.Instructions.Any(i => i.Row is not null && i.Reads.Contains(source))) continue;
                    var addresses = body.Instructions.Where(i => i.Load?.Buffer == source)
                        .Select(i => (i.Load!.Offset, i.Load.Rows, i.Load.ColumnStride)).Distinct().ToList();
                    var targets = body.Stores.Where(s => s.Target.Buffer == target)
                        .Select(s => (s.Target.Offset, s.Target.Rows, s.Target.ColumnStride)).Distinct().ToList();
                    if (addresses.Count != 1 || targets.Count != 1 || !addresses[0].Equals(targets[0])) continue;
                    taken.Add(source);
                    // One stretch from now on, which lives until the last of its tenants is dead.
                    var owner = alias[target] = alias.TryGetValue(source, out var first) ? first : source;
                    lives[owner].Last = Math.Max(lives[owner].Last, life.Last);
                    break;
                }
            }
        }
        return alias;
    }
}
