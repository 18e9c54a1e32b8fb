using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Zoo.Generators.Graphs;
using Zoo.Generators.Passes;
using Zoo.Generators.Variants;

namespace Zoo.Generators.Plans;

/// <summary>What a piece of state is.</summary>
public enum StateKind
{
    /// <summary>A weight, whether or not any phase trains it.</summary>
    Parameter,

    /// <summary>What programs advance themselves: running statistics.</summary>
    Statistic,

    /// <summary>Gradient of the last objective, at the same place in its section.</summary>
    Gradient,

    /// <summary>Average of what is trained, at the same place in its section.</summary>
    Average,

    /// <summary>What an optimiser keeps of a phase's gradients.</summary>
    Moment,

    /// <summary>A number that users may set.</summary>
    Hyperparameter,

    /// <summary>Steps completed and rows of the call, which the host writes before a program.</summary>
    Counter,
}

/// <summary>One row of the table.</summary>
/// <param name="Name">Storage, or hyperparameter; of a moment the storage.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Offset">Floats from the start of the state.</param>
/// <param name="Moment">Of a moment: PyTorch's name.</param>
/// <param name="Phase">Of a moment: ordinal of the phase.</param>
public sealed record StateBuffer(string Name, StateKind Kind, Shape Shape, int Offset, string Moment = "", int Phase = -1)
{
    /// <summary>Floats with what aligns the next one.</summary>
    public int Length => Kind is StateKind.Hyperparameter or StateKind.Counter ? 1 : StorageLayout.Align(Shape.Count);

    /// <summary>Whether checkpoints hold it.</summary>
    public bool IsSaved => Kind is not (StateKind.Gradient or StateKind.Counter);

    /// <summary>Whether inference programs may read it.</summary>
    public bool IsReadByInference =>
        Kind is StateKind.Parameter or StateKind.Average or StateKind.Statistic or StateKind.Hyperparameter;

    /// <summary>First value, where tracing does not say one for each parameter.</summary>
    public string FirstValue =>
        Kind switch { StateKind.Parameter or StateKind.Average or StateKind.Statistic => "as declared",
            StateKind.Hyperparameter => "from attributes", _ => "0" };
}

/// <summary>A flat stretch of parameters that one optimiser updates in one phase; its moments lie flat too.</summary>
/// <param name="Optimizer">Ordinal of the optimiser in the phase.</param>
/// <param name="Start">First float, in the section of parameters.</param>
/// <param name="Length">Floats.</param>
/// <param name="Parameters">Floats without what aligns them.</param>
/// <param name="Moments">Offsets of the optimiser's moments.</param>
public sealed record UpdateRange(int Optimizer, int Start, int Length, long Parameters, EquatableArray<int> Moments);

/// <summary>
/// All state of a model, one row each, in one arena: parameters, gradients of what is trained, moments by phase, then hyperparameters and
/// counters. Engines, checkpoints and the sets that users see are printed from it.
/// </summary>
public sealed class StateTable
{
    readonly Dictionary<string, int> hyperparameters = [];
    readonly List<StateBuffer> rows = [];
    readonly ModelPlan plan;

    public StateTable(ModelPlan plan)
    {
        this.plan = plan;
        var offset = 0;
        StateBuffer Add(StateBuffer row)
        {
            rows.Add(row);
            offset = Math.Max(offset, checked(row.Offset + row.Length));
            return row;
        }

        foreach (var place in plan.Storages)
            Add(new(place.Storage.Name, place.Storage.IsAdvanced ? StateKind.Statistic : StateKind.Parameter, place.Storage.Shape,
                place.Offset));
        GradientOffset = plan.SectionFloats;
        foreach (var place in plan.Storages.Where(p => p.Storage.IsTrained))
            Add(new(place.Storage.Name, StateKind.Gradient, place.Storage.Shape, GradientOffset + place.Offset));
        GradientFloats = offset - GradientOffset;
        AverageOffset = offset;
        if (plan.KeepsAverages)
            foreach (var place in plan.Storages.Where(p => p.Storage.IsTrained))
                Add(new(place.Storage.Name, StateKind.Average, place.Storage.Shape, AverageOffset + place.Offset));
        for (var phase = 0; phase < plan.Phases.Count; phase++)
        {
            var optimizers = plan.Phases[phase].Optimizers;
            foreach (var moment in optimizers.SelectMany(o => o.Moments).Distinct())
                foreach (var place in plan.Storages)
                    if (place.Storage.Trainers[phase] is >= 0 and var trainer && optimizers[trainer].Moments.Contains(moment))
                        Add(new(place.Storage.Name, StateKind.Moment, place.Storage.Shape, offset, moment, phase));
        }
        HyperparameterOffset = offset;
        foreach (var (name,
            _) in plan.Hyperparameters) hyperparameters[name] = Add(new(name, StateKind.Hyperparameter, Shape.Scalar, offset)).Offset;
        StepCountOffset = Add(new("steps", StateKind.Counter, Shape.Scalar, offset)).Offset;
        RowCountOffset = Add(new("rows", StateKind.Counter, Shape.Scalar, offset)).Offset;
        StateFloats = StorageLayout.Align(offset);
    }

    public IReadOnlyList<StateBuffer> Rows => rows;

    public int GradientOffset { get; }

    public int GradientFloats { get; }

    /// <summary>Averages of what is trained, in a section as long as that of gradients; there where the plan keeps any.</summary>
    public int AverageOffset { get; }

    public int HyperparameterOffset { get; }

    public int StepCountOffset { get; }

    /// <summary>The host writes it together with the step count.</summary>
    public int RowCountOffset { get; }

    /// <summary>Hyperparameters, the step count and the row count: what the host gives a program beside its data.</summary>
    public int Scalars => hyperparameters.Count + 2;

    public int StateFloats { get; }

    /// <summary>Where a hyperparameter lies.</summary>
    public int Hyperparameter(string name) => hyperparameters[name];

    /// <summary>What an update of a phase goes through: neighbours of one optimiser are one stretch.</summary>
    public IReadOnlyList<UpdateRange> Ranges(int phase)
    {
        var ranges = new List<UpdateRange>();
        var moments = rows.Where(r => r.Kind == StateKind.Moment && r.Phase == phase).ToDictionary(r => (r.Name, r.Moment), r => r.Offset);
        foreach (var place in plan.Storages)
        {
            if (place.Storage.Trainers[phase] is not (>= 0 and var optimizer)) continue;
            var (length, count) = (StorageLayout.Align(place.Storage.Shape.Count), place.Storage.Shape.Count);
            var own = new EquatableArray<int>(plan.Phases[phase].Optimizers[optimizer].Moments.Select(m => moments[(place.Storage.Name,
                m)]));
            if (ranges.Count > 0 && ranges[ranges.Count - 1] is var last && last.Optimizer == optimizer
                && last.Start + last.Length == place.Offset)
                ranges[ranges.Count - 1] = last with { Length = last.Length + length, Parameters = last.Parameters + count };
            else ranges.Add(new(optimizer, place.Offset, length, count, own));
        }
        return ranges;
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var row in rows)
        {
            var name = row.Kind == StateKind.Moment ? $"{plan.Phases[row.Phase].Name} {row.Moment} of {row.Name}" : row.Name;
            text.Append(row.Offset.ToString(CultureInfo.InvariantCulture).PadLeft(8))
                .Append($"  {row.Kind} {name} {row.Shape}, first {row.FirstValue}");
            text.Append(row.IsSaved ? ", saved" : "").Append(row.IsReadByInference ? ", read by inference" : "").Append('\n');
        }
        return text.ToString();
    }
}
