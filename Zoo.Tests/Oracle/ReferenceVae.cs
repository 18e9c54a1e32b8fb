using Zoo.Generators.Differentiation;
using Zoo.Generators.Graphs;
using Zoo.Generators.Tracing;
using Zoo.Generators.Variants;

namespace Zoo.Tests.Oracle;

/// <summary>
/// A traced VAE that runs on the interpreter: its programs as the variant writes them, with no pass over them, in double precision. Weights
/// and gradients are given by parameter name in PyTorch's layout, as the public surface has them.
/// </summary>
sealed class ReferenceVae
{
    readonly ModelTrace trace;
    readonly Dictionary<string, Roots<string>> programs;
    readonly Dictionary<string, ParameterTrace> parameters;
    readonly Bindings state = new();
    readonly ReferenceOptimizers optimizers;

    public ReferenceVae(ModelTrace trace)
    {
        this.trace = trace;
        parameters = trace.Parameters.ToDictionary(p => p.Name);
        var g = new GraphBuilder();
        var (variant, builder) = (new Vae(), new ModelBuilder(g, trace, trace.Networks, new Vae().Phases(trace)));
        variant.Build(builder);
        programs = builder.Programs.ToDictionary(p => p.Name,
            p => WithGradients(g, new(p.Results.Select(r => (r.Name.ToString(), r.Node)))));
        foreach (var parameter in trace.Parameters) state.Parameters[parameter.Name] = new double[parameter.Shape.Count];
        state.Hyperparameters["beta"] = trace.Options.Float("Beta", 1);
        state.Hyperparameters["warm_up_steps"] = trace.Options.Int("WarmUpSteps", 0);
        state.Hyperparameters["free_bits"] = trace.Options.Float("FreeBits", 0);
        optimizers = new(trace);
    }

    public int Batch => trace.Options.Int("Batch", 1);

    public IEnumerable<string> ParameterNames => trace.Parameters.Select(p => p.Name);

    /// <summary>β and the like: change them as a program may between steps.</summary>
    public Dictionary<string, double> Hyperparameters => state.Hyperparameters;

    /// <summary>Steps completed.</summary>
    public long StepCount => (long)state.StepCount;

    Roots<string> WithGradients(GraphBuilder g, Roots<string> roots)
    {
        if (roots.Find("objective") is not { } objective) return roots;
        var gradients = Gradients.Of(g, objective, [.. trace.Parameters.Select(p => g.Parameter(p.Name, p.Shape))]);
        return new(roots.Concat(trace.Parameters.Select((p, i) => ($"gradient.{p.Name}", gradients[i]))));
    }

    /// <summary>Sets a parameter from values in PyTorch's layout.</summary>
    public void Load(string name, ReadOnlySpan<float> values)
    {
        var given = new double[values.Length];
        for (var i = 0; i < given.Length; i++) given[i] = values[i];
        state.Parameters[name] = Swap(name, given, toFile: false);
    }

    /// <summary>A parameter in PyTorch's layout.</summary>
    public double[] Value(string name) => Swap(name, state.Parameters[name], toFile: true);

    /// <summary>
    /// The roots of a program by name (<c>loss.Elbo</c>, <c>row.Elbo</c>, <c>output.mean</c>, …; with an objective also
    /// <c>gradient.PARAMETER</c>, in PyTorch's layout) for rows of data and given draws.
    /// </summary>
    public Dictionary<string, double[]> Run(
        string program, int rows, Dictionary<string, double[]> inputs, Dictionary<string, double[]> draws)
    {
        var bindings = new Bindings { Inputs = inputs, Draws = draws, Parameters = state.Parameters,
            Hyperparameters = state.Hyperparameters, StepCount = state.StepCount };
        var values = Interpreter.Evaluate(programs[program], rows, bindings);
        return values.ToDictionary(v => v.Key,
            v => v.Key.StartsWith("gradient.", StringComparison.Ordinal)
                ? Swap(v.Key["gradient.".Length..], v.Value, toFile: true)
                : v.Value);
    }

    /// <summary>Losses and gradients of a training batch.</summary>
    public Dictionary<string, double[]> LossesAndGradients(double[] x, double[] epsilon) =>
        Run("Gradients", Batch, new() { ["x"] = x }, new() { ["epsilon"] = epsilon });

    /// <summary>
    /// One step of each optimiser with these gradients (<c>gradient.PARAMETER</c>): the reference's own, or an engine's, so that errors do
    /// not add up.
    /// </summary>
    public void Update(IReadOnlyDictionary<string, double[]> gradients)
    {
        state.StepCount++;
        optimizers.Update(state.Parameters,
            parameters.Keys.ToDictionary(name => name, name => Swap(name, gradients[$"gradient.{name}"], toFile: false)),
            (long)state.StepCount);
    }

    /// <summary>Between the IR's layout and that of files, where a Dense weight is transposed.</summary>
    double[] Swap(string name, double[] values, bool toFile)
    {
        var parameter = parameters[name];
        if (values.Length != parameter.Shape.Count)
            throw new ArgumentException($"{name} has {parameter.Shape.Count} elements, but got {values.Length}.");
        if (!parameter.IsTransposed) return [.. values];
        var (rows, columns) = toFile ? (parameter.Shape[0], parameter.Shape[1]) : (parameter.Shape[1], parameter.Shape[0]);
        return [.. Enumerable.Range(0, values.Length).Select(i => values[i % rows * columns + i / rows])];
    }
}
