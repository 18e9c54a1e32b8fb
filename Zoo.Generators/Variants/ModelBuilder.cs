using System;
using System.Collections.Generic;
using System.Linq;
using Zoo.Generators.Graphs;
using Zoo.Generators.Structure;
using Zoo.Generators.Tracing;

namespace Zoo.Generators.Variants;

/// <summary>What a phase minimises and what it reports.</summary>
/// <param name="Objective">One number for the batch.</param>
/// <param name="Losses">One number per example each; what is reported is the mean over the batch.</param>
public sealed record PhaseLosses(Node Objective, params Node[] Losses)
{
    /// <summary>What pieces of state are after the step's gradients, by their names; see <see cref="ModelBuilder.State"/>.</summary>
    public IReadOnlyList<(string State, Node Next)> Next { get; init; } = [];

    /// <summary>
    /// The objective's formula for the model's structure; where it is empty, one that is short enough is read off the graph.
    /// </summary>
    public string Formula { get; init; } = "";
}

/// <summary>State that programs advance themselves: a running statistic.</summary>
/// <param name="Name">Its name among the parameters and in files, as PyTorch has it.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="First">Member of <c>Zoo.Init</c>.</param>
/// <param name="Vector">What it is of a weight; null where it is none.</param>
public sealed record StateSpec(string Name, Shape Shape, string First, SingularVectorTrace? Vector = null);

/// <summary>
/// Where a variant writes its model: inputs, hyperparameters, the losses of each phase, programs for inference, and public members.
/// Training and evaluation come from the same function of a scope of draws.
/// </summary>
public sealed class ModelBuilder
{
    readonly ModelTrace trace;
    readonly IReadOnlyList<PhaseDeclaration> declared;
    readonly List<ProgramGraph> programs = [];
    readonly List<LossSpec> losses = [];
    readonly List<SurfaceMember> members = [];
    readonly List<HyperparameterSpec> hyperparameters = [];
    readonly List<(ResultName, Node)> evaluated = [];
    readonly List<StateSpec> states = [];
    readonly List<(string Phase, LoopGraph Loop)> loops = [];
    readonly List<InputSpec> inputs = [];
    readonly List<string> inputNames = [];
    readonly List<ProgramStructure> structures = [];
    readonly Dictionary<Node, LawDraw> laws = [];
    readonly Dictionary<string, int> labels = [];
    readonly DrawScope evaluation = new("evaluate.");
    bool evaluatesBatches;

    /// <param name="g">Where programs are written.</param>
    /// <param name="trace">The declaration.</param>
    /// <param name="networks">Its networks, over storages.</param>
    /// <param name="phases">Its phases.</param>
    public ModelBuilder(GraphBuilder g, ModelTrace trace, IEnumerable<NetworkTrace> networks, IReadOnlyList<PhaseDeclaration> phases)
    {
        (Graph, this.trace, declared) = (g, trace, phases);
        Networks = new NetworkLibrary(g, networks);
        states.AddRange(trace.States.Select(s => new StateSpec(s.Name, s.Shape, s.First, s.Vector)));
        Batch = trace.Options.Int("Batch", 1);
        ExampleShape = trace.Options.Shape("Input") ?? Shape.Scalar;
        Examples = Input("x", "batch", ExampleShape);
    }

    public GraphBuilder Graph { get; }

    public NetworkLibrary Networks { get; }

    public AttributeValues Options => trace.Options;

    /// <summary>Own losses, where the class writes them.</summary>
    public IReadOnlyList<PhaseTrace> OwnPhases => trace.Phases;

    public int Batch { get; }

    /// <summary>Shape of one example.</summary>
    public Shape ExampleShape { get; }

    /// <summary>The batch: <c>x</c>.</summary>
    public Node Examples { get; }

    /// <summary>What the record of losses holds.</summary>
    public string LossesSummary { get; set; } = "Means over the rows.";

    /// <summary>Whether examples must be from 0 to 1, as a likelihood of pixels wants them; else any finite number.</summary>
    public bool HasUnitExamples { get; set; }

    /// <summary>Options that change what the model's numbers mean and no name or shape, which a checkpoint therefore tells.</summary>
    public IReadOnlyList<(string Name, string Value)> ToldOptions { get; set; } = [];

    /// <summary>Full names of hyperparameters that belong to a phase have this in front.</summary>
    public string Prefix(string phase) => declared.Count == 1 ? "" : Naming.SnakeCase(phase) + ":";

    /// <summary>Further data of a training step: numbers of a shape per example.</summary>
    public Node Input(string name, string parameter, Shape shape)
    {
        inputs.Add(new(parameter, InputElement.Number, shape.Count));
        inputNames.Add(name);
        return Graph.Input(name, new(1, shape));
    }

    /// <summary>
    /// Labels of a training step as one-hot rows, zeros where a label is left out. What programs are given is the label itself, one number
    /// per row, and what is multiplied is a row of a weight: see <see cref="Op.OneHot"/>.
    /// </summary>
    public Node Labels(string name, string parameter, int classes, InputElement element)
    {
        inputs.Add(new(parameter, element, classes));
        inputNames.Add(name);
        return OneHot(name, classes);
    }

    /// <summary>One-hot rows of the labels that a program is given under a name.</summary>
    public Node OneHot(string name, int classes)
    {
        labels[name] = classes;
        return Graph.OneHot(Graph.Input(name, TensorType.Batch()), classes);
    }

    /// <summary>A number that the phase's programs read from memory.</summary>
    public Node Hyperparameter(string phase, string name, float initial, ValueRange range)
    {
        var full = Prefix(phase) + name;
        if (hyperparameters.All(h => h.Name != full)) hyperparameters.Add(new(full, initial, range));
        return Graph.Hyperparameter(full);
    }

    /// <summary>The option of that name as a hyperparameter, under its name in snake case.</summary>
    public Node Hyperparameter(string phase, OptionSpec option) =>
        Hyperparameter(phase, Naming.SnakeCase(option.Name), Options.Float(option.Name, option.Default), option.Range);

    /// <summary>
    /// State as it is before a program; what it is afterwards, a phase says in <see cref="PhaseLosses.Next"/>. Computing gradients advances
    /// it, as a forward pass of PyTorch does; evaluation and inference read it.
    /// </summary>
    public Node State(string name, Shape shape, string first = "Zeros")
    {
        if (states.All(s => s.Name != name)) states.Add(new(name, shape, first));
        return Graph.State(name, shape);
    }

    /// <summary>Scope of a phase's draws in training.</summary>
    public DrawScope Draws(string phase) => new(Prefix(phase), isTraining: true);

    /// <summary>The value for every example, where it may be one for all.</summary>
    public Node PerExample(Node node) => Graph.Broadcast(node, new(Math.Max(node.Type.Rows, 1), node.Shape));

    /// <summary>A phase's programs: gradients with and without losses, and its losses per row for evaluation.</summary>
    /// <param name="name">Name of the phase.</param>
    /// <param name="reports">What is said of its losses.</param>
    /// <param name="build">Writes the losses with draws from a scope.</param>
    /// <param name="shared">Scope of draws that the phase shares with another; else its own.</param>
    public void Phase(string name, IReadOnlyList<LossReport> reports, Func<DrawScope, PhaseLosses> build, DrawScope? shared = null)
    {
        var ordinal = declared.Select((p, i) => (p, i)).First(p => p.p.Name == name).i;
        foreach (var report in reports) losses.Add(new(report.Name, report.Documentation, ordinal));
        var scope = shared ?? Draws(name);
        var training = build(scope);
        if (Networks.Calls.Count(c => c.Scope == scope) <= StructureWriter.MostCalls)
            structures.Add(Structure(scope, declared[ordinal].Trains).Phase(name, training, reports));
        var suffix = declared.Count == 1 ? "" : name;
        var of = declared.Count == 1 ? "" : $" of the {Naming.SnakeCase(name).Replace('_', ' ')} phase for";
        var objective = (new ResultName(ResultKind.Objective, name), training.Objective);
        var reported = training.Losses.Select((l, i) => (new ResultName(ResultKind.Loss, reports[i].Name),
            l.Type.IsShared ? l : Graph.MeanRows(l)));
        var gradients = of.Length == 0 ? "losses and gradients of one batch" : $"losses and gradients{of} one batch";
        // Statistics of a network go on where it is trained: a GAN's generator counts each batch of its own once.
        var trained = declared[ordinal].Trains;
        var ofLayers = trace.States.Where(s => trained.Contains(s.Network) && scope.Advanced.ContainsKey(s.Name))
            .Select(s => (State: s.Name, Next: scope.Advanced[s.Name]));
        var next = training.Next.Concat(ofLayers)
            .Select(n => (new ResultName(ResultKind.NextState, n.State), Fitting(n.State, n.Next))).ToList();
        programs.Add(new("Gradients" + suffix, gradients, Batch, new(inputNames), new([objective, .. reported, .. next])));
        var alone = of.Length == 0 ? "gradients of one batch, without the losses" : $"gradients{of} one batch, without the losses";
        programs.Add(new("TrainingGradients" + suffix, alone, Batch, new(inputNames), new([objective, .. next])));
        var rows = build(evaluation);
        evaluated.AddRange(rows.Losses.Select((l, i) => (new ResultName(ResultKind.RowLoss, reports[i].Name), PerExample(l))));
    }

    /// <summary>
    /// A loop before a phase's gradients: a program that runs so many times, each time with draws of its own. What it leaves for its next
    /// run, for loops behind it and for the gradients is a state that it advances (<see cref="ResultKind.NextState"/>) or a value that it
    /// hands on (<see cref="ResultKind.Carried"/>), which they read as <see cref="Op.State"/> and <see cref="Op.Carried"/>.
    /// </summary>
    public void Loop(
        string phase, string name, string summary, int times, params (ResultKind Kind, string Name, Node Node)[] results)
    {
        var roots = results.Select(r => (new ResultName(r.Kind, r.Name),
            r.Kind == ResultKind.NextState ? Fitting(r.Name, r.Node) : r.Node));
        programs.Add(new(name, summary, Batch, new(inputNames), new(roots)));
        loops.Add((phase, new(name, times)));
        Show(times == 1 ? name : $"{name}, {times} times", isTraining: true, [.. results.Select(r => (r.Name, r.Node))]);
    }

    /// <summary>
    /// Has the model's structure show a draw by its law, which depends on values, and not by the uniform or normal numbers behind it.
    /// </summary>
    public Node Drawn(string name, string law, Node given, Node drawn)
    {
        laws[drawn] = new(name, law, given);
        return drawn;
    }

    /// <summary>Has the model's structure show a program that gives values.</summary>
    public void Show(string name, params (string Name, Node Node)[] outputs) => Show(name, isTraining: false, outputs);

    void Show(string name, bool isTraining, (string Name, Node Node)[] outputs) =>
        structures.Add(Structure(null, []).Program(name, isTraining, outputs));

    StructureWriter Structure(DrawScope? scope, IEnumerable<string> trains) => new(trace, Networks.Calls, laws, labels, scope, trains);

    /// <summary>The loops before a phase's gradients, in order.</summary>
    public IEnumerable<LoopGraph> Loops(string phase) => loops.Where(l => l.Phase == phase).Select(l => l.Loop);

    /// <summary>The value, if it can take the place of a piece of state.</summary>
    Node Fitting(string state, Node next)
    {
        if (states.Find(s => s.Name == state) is not { } spec) throw new InvalidOperationException($"There is no state {state}.");
        if (next.Type == new TensorType(0, spec.Shape)) return next;
        throw new InvalidOperationException($"What is next of {state} must be one value of shape {spec.Shape} for all examples, but is "
            + $"{next.Type}.");
    }

    /// <summary>Losses of any number of rows: of all phases, with draws of their own. Called once, after the phases.</summary>
    public void Evaluate()
    {
        evaluatesBatches = Topology.Sort(evaluated.Select(e => e.Item2)).Any(LooksAcross);
        programs.Add(new("Evaluate", "losses of each row", evaluatesBatches ? Batch : 0, new(inputNames), new(evaluated)));
    }

    /// <summary>Whether a node makes one value of all rows: there is none for a chunk of them.</summary>
    public static bool LooksAcross(Node node) => node.Type.IsShared && node.Inputs.Any(i => !i.Type.IsShared);

    /// <summary>A program for any number of rows.</summary>
    /// <param name="name">Name of the emitted method.</param>
    /// <param name="summary">What it computes.</param>
    /// <param name="inputs">Names of its inputs.</param>
    /// <param name="results">Its results.</param>
    public void Program(
        string name, string summary, IReadOnlyList<string> inputs, params (ResultKind Kind, string Name, Node Node)[] results) =>
        programs.Add(new(name, summary, 0, new(inputs), new(results.Select(r => (new ResultName(r.Kind, r.Name), PerExample(r.Node))))));

    /// <summary>A public member.</summary>
    public void Member(string name, string documentation, MemberCall call, params SurfaceParameter[] parameters) =>
        members.Add(new(name, documentation, parameters, call));

    /// <summary>A member that runs a program of one output over all rows.</summary>
    public void Infer(
        string name, string documentation, string summary, Node output, SurfaceParameter result, params SurfaceParameter[] parameters)
    {
        var named = result.Output.Length > 0 ? result : result with { Output = Naming.SnakeCase(result.Name) };
        Program(name, summary, [.. parameters.Where(p => p.Kind is ParameterKind.Rows or ParameterKind.Labels).Select(p => p.Name)],
            (ResultKind.Output, named.Output, output));
        Member(name, documentation, new InferenceCall(name), [.. parameters, named]);
    }

    /// <summary>A member that gives samples: a function of a seed, the parameters, and of what else it is given.</summary>
    public void Sample(string documentation, string summary, Node output, SurfaceParameter result, params SurfaceParameter[] given)
    {
        var seed = new SurfaceParameter("seed", "Seed of the draws. The first n of more samples are the same as n samples.",
            ParameterKind.Seed, 0);
        Infer("Sample", documentation, summary, output, result with { Output = "mean" }, [seed, .. given]);
        Show("Sample", (result.Name, output));
    }

    /// <summary>So many values, in words.</summary>
    public static string Values(int count) => count == 1 ? "one value" : $"{count} values";

    /// <summary>Rows of a number of values.</summary>
    public static SurfaceParameter Rows(string name, int size, string what = "Examples") =>
        new(name, $"{what} of {Values(size)}.", ParameterKind.Rows, size);

    /// <summary>Room for rows of a number of values.</summary>
    public static SurfaceParameter Result(string name, int size, string documentation, string output = "") =>
        new(name, documentation, ParameterKind.Result, size, output);

    public IReadOnlyList<ProgramGraph> Programs => programs;

    public IReadOnlyList<HyperparameterSpec> Hyperparameters => hyperparameters;

    public IReadOnlyList<StateSpec> States => states;

    /// <summary>What the public half is printed from.</summary>
    /// <param name="ofOptimizers">Hyperparameters of the optimisers, which come first.</param>
    public Surface Surface(IEnumerable<HyperparameterSpec> ofOptimizers) => new(
        trace.Identity, trace.Variant, Batch, evaluatesBatches, new(inputs), LossesSummary, new(losses),
        new([.. ofOptimizers, .. hyperparameters]),
        new(declared.Select(p => p.Name)), new(members), new(trace.Networks.Select(n => n.Name).Concat(trace.Phases.Select(p => p.Name))),
        trace.Layers,
        trace.Parameters.Sum(p => (long)p.Shape.Count)) {
            Class = trace.Class, HasUnitExamples = HasUnitExamples, ToldOptions = new(ToldOptions), Summary = trace.Summary,
            Input = ExampleShape, Structure = new(structures),
        };
}
