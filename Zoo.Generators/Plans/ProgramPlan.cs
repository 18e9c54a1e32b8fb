using System.Collections.Generic;
using System.Linq;
using Zoo.Generators.Graphs;
using Zoo.Generators.Tracing;
using Zoo.Generators.Variants;

namespace Zoo.Generators.Plans;

/// <summary>A program as kernels over buffers.</summary>
/// <param name="Name">Name of the emitted method.</param>
/// <param name="Summary">What it computes.</param>
/// <param name="Rows">The literal batch, or 0 where the number of rows is given at run time.</param>
/// <param name="Inputs">Names of its data in the order in which the host hands them over.</param>
/// <param name="Buffers">By <see cref="PlanBuffer.Id"/>.</param>
/// <param name="Kernels">In order of execution.</param>
public sealed record ProgramPlan(
    string Name, string Summary, int Rows,
    EquatableArray<string> Inputs, EquatableArray<PlanBuffer> Buffers, EquatableArray<Kernel> Kernels)
{
    public long Flops(int rows) => Kernels.Sum(k => k.Flops(rows));
}

/// <summary>Where a storage lies within a section.</summary>
public sealed record StoragePlace(Storage Storage, int Offset);

/// <summary>A model as plans of its programs, for one target.</summary>
/// <param name="Identity">The class.</param>
/// <param name="Batch">Rows of a training batch.</param>
/// <param name="ChunkRows">Most rows of an inference program.</param>
/// <param name="Parameters">Names of the parameters in order of declaration.</param>
/// <param name="Storages">Trained state with its place in a section.</param>
/// <param name="Phases">What training alternates between.</param>
/// <param name="Hyperparameters">In their order in memory.</param>
/// <param name="SectionFloats">Length of a section: parameters, gradients, or a moment.</param>
/// <param name="KeptFloats">
/// Floats at the start of the activation arena that stay between runs: draws and results; 0 until memory is planned.
/// </param>
/// <param name="ActivationFloats">Length of the activation arena; 0 until memory is planned.</param>
/// <param name="Programs">Entry programs.</param>
public sealed record ModelPlan(
    ModelIdentity Identity, int Batch, int ChunkRows, EquatableArray<string> Parameters, EquatableArray<StoragePlace> Storages,
    EquatableArray<PhaseGraph> Phases,
    EquatableArray<HyperparameterGraph> Hyperparameters, int SectionFloats, int KeptFloats, int ActivationFloats,
    EquatableArray<ProgramPlan> Programs)
{
    /// <summary>Names of the draws of all programs; an engine knows a draw by its ordinal here.</summary>
    public List<string> DrawNames => [.. Programs.SelectMany(p => p.Kernels).OfType<DrawKernel>().Select(k => k.Draw).Distinct()];

    /// <summary>Whether there are averages of the weights.</summary>
    public bool KeepsAverages { get; init; }

    /// <summary>Whether a program reads averages in the place of weights: all that is no part of training does.</summary>
    public bool ReadsAverages(ProgramPlan program) => KeepsAverages && !Phases.Any(p => p.Has(program.Name));

    public int RowsOf(ProgramPlan program) => program.Rows > 0 ? program.Rows : ChunkRows;

    public ProgramPlan Program(string name) => Programs.First(p => p.Name == name);

    /// <summary>Operations of the matrix products of one step, phases that are not due at every step counted by their share.</summary>
    public long FlopsPerStep
    {
        get
        {
            long Products(string program) =>
                Program(program).Kernels.OfType<ProductKernel>().Sum(k => k.ProductFlops(Batch));
            return Phases.Sum(p => (Products(p.Gradients) + p.Loops.Sum(l => l.Times * Products(l.Program))
                + (Programs.Any(s => s.Name == PhaseGraph.Shared(p.Name)) ? Products(PhaseGraph.Shared(p.Name)) : 0)) / p.Every);
        }
    }
}
