using System.Linq;
using Zoo.Generators.Graphs;
using Zoo.Generators.Tracing;

namespace Zoo.Generators.Variants;

/// <summary>A stretch of trained state: one parameter, or several that one product reads side by side along the last axis.</summary>
/// <param name="Name">Name of its <see cref="Op.Parameter"/> nodes.</param>
/// <param name="Shape">Shape in the IR.</param>
/// <param name="Members">The parameters in it.</param>
/// <param name="Optimizer">Ordinal of the optimiser in <see cref="ModelGraph.Optimizers"/>.</param>
/// <param name="IsTurned">Whether <paramref name="Shape"/> and the memory are the transpose of what the members say: [out, in].</param>
public sealed record Storage(string Name, Shape Shape, EquatableArray<StorageMember> Members, int Optimizer, bool IsTurned = false);

/// <summary>A parameter's place in a storage: columns from <paramref name="Start"/> on. The rest is as tracing found it.</summary>
public sealed record StorageMember(string Parameter, Shape Shape, bool IsTransposed, string Init, int FanIn, int FanOut, int Start)
{
    public StorageMember(ParameterTrace parameter, int start)
        : this(parameter.Name, parameter.Shape, parameter.IsTransposed, parameter.Init, parameter.FanIn, parameter.FanOut, start) { }
}

/// <summary>An optimiser with the names of its hyperparameters; their values are not part of the graph, since they are state.</summary>
/// <param name="Kind">Adam, Sgd, RmsProp.</param>
/// <param name="Prefix">Before the names of its hyperparameters: empty, or <c>encoder.</c>.</param>
/// <param name="HasMomentum">Sgd: whether it keeps a momentum buffer.</param>
/// <param name="IsNesterov">Sgd.</param>
/// <param name="ClipsNorm">Whether the gradient's norm is limited.</param>
public sealed record OptimizerGraph(string Kind, string Prefix, bool HasMomentum, bool IsNesterov, bool ClipsNorm);

/// <summary>One entry program of a model.</summary>
/// <param name="Name">Name of the emitted method.</param>
/// <param name="Summary">What it computes, for people.</param>
/// <param name="Rows">The literal batch, or 0 where any number of rows up to <see cref="ModelGraph.ChunkRows"/> may be given.</param>
/// <param name="Inputs">Names of its data in the order in which the host hands them over, whether or not anything reads them.</param>
/// <param name="Roots">
/// Results: <c>objective</c> (before differentiation), <c>gradient.STORAGE</c> (after), <c>loss.NAME</c>, <c>output.NAME</c>, <c>row.NAME</c> (a loss per row).
/// </param>
public sealed record ProgramGraph(string Name, string Summary, int Rows, EquatableArray<string> Inputs, Roots Roots);

/// <summary>A model as programs over one state.</summary>
/// <param name="Identity">The class.</param>
/// <param name="Batch">Rows of a training batch.</param>
/// <param name="ChunkRows">Most rows that an inference program takes at once.</param>
/// <param name="Parameters">Names of the parameters in order of declaration.</param>
/// <param name="Storages">Trained state, in order of their place in a section: by optimiser, then as declared.</param>
/// <param name="Optimizers">Optimisers, in order.</param>
/// <param name="Hyperparameters">Names of the variant's own hyperparameters, such as <c>beta</c>.</param>
/// <param name="Programs">Entry programs.</param>
public sealed record ModelGraph(
    ModelIdentity Identity,
    int Batch,
    int ChunkRows,
    EquatableArray<string> Parameters,
    EquatableArray<Storage> Storages,
    EquatableArray<OptimizerGraph> Optimizers,
    EquatableArray<string> Hyperparameters,
    EquatableArray<ProgramGraph> Programs)
{
    public ProgramGraph Program(string name) => Programs.First(p => p.Name == name);
}
