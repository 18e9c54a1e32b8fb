using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Zoo.Generators.Diagnostics;
using Zoo.Generators.Graphs;
using Zoo.Generators.Variants;

namespace Zoo.Generators.Tracing;

/// <summary>The trace of one declaration under way.</summary>
sealed class ModelTracing
{
    readonly INamedTypeSymbol type;
    readonly AttributeData attribute;
    readonly Variant variant;
    readonly TraceLog log;
    readonly CancellationToken cancellation;
    readonly Sites sites = new();
    readonly Location className;
    readonly TypeDeclarationSyntax declaration;
    readonly ClassTrace classTrace = ClassTrace.Plain;
    readonly Dictionary<string, IMethodSymbol> methods;
    readonly IReadOnlyList<PhaseMethod> phases;
    readonly NetworkScopes scopes;
    readonly BodyEvaluator evaluator;

    public ModelTracing(
        INamedTypeSymbol type, AttributeData attribute, SemanticModel model, Variant variant, TraceLog log, CancellationToken cancellation)
    {
        (this.type, this.attribute, this.variant, this.log, this.cancellation) = (type, attribute, variant, log, cancellation);
        declaration = attribute.ApplicationSyntaxReference!.GetSyntax(cancellation).FirstAncestorOrSelf<TypeDeclarationSyntax>()!;
        className = declaration.Identifier.GetLocation();
        if (DeclarationChecks.Run(type, declaration, log))
            classTrace = new ClassChecks(type, model.Compilation, className, log, cancellation).Run();
        Options = AttributeReader.Read(attribute);
        methods = NetworkMethods.Find(type, className, variant, log, cancellation);
        var takesCondition = Condition.Of(Options) is not null;
        phases = variant.HasOwnLosses ? PhaseMethods.Find(type, className, takesCondition, log, cancellation) : [];
        scopes = new NetworkScopes(
            methods.Values, phases.Select(p => p.Method), methods.Where(m => variant.Networks.Any(n => n.Name == m.Key && n.SeesBatch))
                .Select(m => m.Value),
            [.. InitialisationChecks.Attributes(type).Select(InitialisationChecks.Read)]);
        evaluator = new BodyEvaluator(model, log, sites, scopes, cancellation);
    }

    AttributeValues Options { get; }

    /// <summary>The trace; null where a network could not be traced, be it for a mistake that the C# compiler reports.</summary>
    public ModelTrace? Run()
    {
        var attributes = AttributeReader.Optimizers(type).ToList();
        var optimizers = attributes.Select(AttributeReader.ReadOptimizer).ToList();
        var trace = new ModelTrace(ModelIdentities.Of(type), variant.Name, Options, [], [], [], [], new(optimizers))
        {
            Class = classTrace, Summary = ClassSummary.Of(type, cancellation),
        };
        var options = OptionChecks.Run(variant, attribute, Options, methods, log, cancellation) ? Options : null;
        var networks = TraceNetworks(options);
        var own = TracePhases(options);
        if (variant.HasOwnLosses) TraceCalledNetworks(networks);
        var isWhole = options is not null && own.Count == phases.Count && (!variant.HasOwnLosses || phases.Count > 0)
            && variant.Networks.All(n => networks.ContainsKey(n.Name) || (!n.IsRequired && !methods.ContainsKey(n.Name)));
        if (!isWhole)
        {
            OptimizerChecks.Run(attributes, null, null, log, cancellation);
            InitialisationChecks.Run(InitialisationChecks.Attributes(type), null, log, cancellation);
            return null;
        }
        trace = trace with
        {
            Networks = new(networks.Values), Phases = new(own), States = new(scopes.All.SelectMany(s => s.States)),
        };
        var ofVariant = variant.Parameters(Options);
        trace = trace with { AverageDecay = AverageChecks.Run(type, ofVariant, log, cancellation) };
        var owners = scopes.All.Where(s => s.Parameters.Count > 0).Select(s => s.Method.Name)
            .Concat(ofVariant.Select(p => p.Network).Distinct()).ToList();
        OptimizerChecks.Run(attributes, [.. variant.Phases(trace).Select(p => p.Name)], owners, log, cancellation);
        InitialisationChecks.Run(
            InitialisationChecks.Attributes(type), [.. scopes.All.Where(s => s.Layers.Count > 0).Select(s => s.Method.Name)], log,
            cancellation);
        var errors = variant.Check(trace).ToList();
        foreach (var error in errors) Report(error);
        trace = WithParameters(trace);
        trace = trace with
        {
            Parameters = new(trace.Parameters.Concat(ofVariant)), Layers = new(trace.Layers.Concat(variant.Layers(Options))),
        };
        foreach (var error in PhaseChecks.Run(trace, owners)) Report(error);
        // Networks that do not go together train nothing for that reason.
        if (errors.Count == 0)
            foreach (var error in PhaseChecks.OfVariant(trace, variant)) Report(error);
        foreach (var (option, message) in OptionChecks.Sizes(Options, Widest(trace)))
            log.Report(Descriptors.InvalidOption, AttributeReader.Place(attribute, option, cancellation), message);
        return trace;
    }

    /// <summary>Numbers that a row of the largest value has.</summary>
    static long Widest(ModelTrace trace) => trace.Networks.Select(n => n.Outputs).Concat(trace.Phases.Select(p => p.Outputs))
        .SelectMany(outputs => Topology.Sort(outputs.Select(r => r.Node)))
        .Where(n => n.Type.Rows > 0).Select(n => (long)n.Shape.Count).DefaultIfEmpty(1).Max();

    void Report(VariantError error)
    {
        var place = error.Kind switch
        {
            VariantErrorKind.InvalidOption => AttributeReader.Place(attribute, error.Target, cancellation),
            VariantErrorKind.InvalidPhase => phases.First(p => p.Method.Name == error.Target).Method.Locations[0],
            VariantErrorKind.UntrainedLayer =>
                sites[scopes.All.SelectMany(s => s.Parameters).First(p => p.Name == error.Target).Site],
            _ => methods[error.Target].Locations[0],
        };
        var descriptor = error.Kind switch
        {
            VariantErrorKind.InvalidOption => Descriptors.InvalidOption,
            VariantErrorKind.InvalidPhase => Descriptors.InvalidPhase,
            VariantErrorKind.UntrainedLayer => Descriptors.UntrainedLayer,
            VariantErrorKind.ImproperPosterior => Descriptors.ImproperPosterior,
            VariantErrorKind.ImproperPrior => Descriptors.ImproperPrior,
            VariantErrorKind.MixedNetworks => Descriptors.MixedNetworks,
            VariantErrorKind.UntrainedNetwork => Descriptors.UntrainedNetwork,
            VariantErrorKind.IdlePhase => Descriptors.IdlePhase,
            _ => Descriptors.WrongOutputShape,
        };
        log.Report(descriptor, place, error.Message.TrimEnd('.'));
    }

    /// <summary>Networks of the variant that could be traced, in its order.</summary>
    Dictionary<string, NetworkTrace> TraceNetworks(AttributeValues? options)
    {
        var traced = new Dictionary<string, NetworkTrace>();
        foreach (var signature in variant.Networks)
        {
            if (!methods.TryGetValue(signature.Name, out var method)) continue;
            var graph = new GraphBuilder();
            if (TraceNetwork(method, graph, Arguments(method, graph, options, traced)) is { } network) traced.Add(network.Name, network);
        }
        return traced;
    }

    /// <summary>Own losses that could be traced, in order of declaration.</summary>
    List<PhaseTrace> TracePhases(AttributeValues? options)
    {
        var traced = new List<PhaseTrace>();
        foreach (var phase in phases)
        {
            var graph = new GraphBuilder();
            if (Evaluate(phase.Method, graph, Arguments(phase.Method, graph, options, [])) is not { } result) continue;
            if (Losses(phase, result.Training) is not { } training || Losses(phase, result.Inference) is not { } inference)
            {
                Refuse(phase.Method, result.Training);
                continue;
            }
            var tensors = phase.Method.Parameters.Where(p => !p.Type.IsZoo("Noise")).Select(p => p.Name);
            traced.Add(new(phase.Method.Name, new(phase.Trains), phase.Repeat, new(tensors), new(phase.Losses), training, inference)
            {
                Next = result.Next, Calls = new(Reached(training, evaluator.Calls)),
            });
        }
        return traced;
    }

    /// <summary>
    /// Calls that a loss depends on, or whose gradient it has; what nothing is made of is in no program, and neither are its draws.
    /// </summary>
    static IEnumerable<CallTrace> Reached(Roots losses, IEnumerable<CallTrace> calls)
    {
        var nodes = new HashSet<Node>(Topology.Sort(losses.Select(r => r.Node)));
        foreach (var call in calls)
        {
            var given = new HashSet<Node>(call.Operands.Select(o => o.Node));
            var made = Topology.Sort(call.Results.Select(r => r.Node), given.Contains);
            if (made.Exists(n => !n.Op.IsSource() && nodes.Contains(n) && n.Inputs.Any(given.Contains)) && made.TrueForAll(n =>
                n.Op != Op.Draw || nodes.Contains(n)) || call.Results.All(r => nodes.Contains(r.Node))) yield return call;
        }
    }

    /// <summary>What a phase returned as losses by name; null where it is something else.</summary>
    static Roots? Losses(PhaseMethod phase, Value result)
    {
        var values = phase.Losses.Count == 1 && result is Value.Tensor ? [result] : (result as Value.Tuple)?.Items;
        if (values is null || values.Count != phase.Losses.Count || !values.All(v => v is Value.Tensor)) return null;
        return new(phase.Losses.Zip(values, (loss, value) => (loss, ((Value.Tensor)value).Node)));
    }

    /// <summary>Networks that own losses call, each by itself, for inputs of the shapes that its first call had.</summary>
    void TraceCalledNetworks(Dictionary<string, NetworkTrace> traced)
    {
        foreach (var scope in scopes.All.Where(s => !s.IsPhase).ToList())
        {
            var graph = new GraphBuilder();
            scopes.RestartDraws();
            Value Given(IParameterSymbol parameter, int i) =>
                scope.Arguments[i] is Value.Tensor { Node: var node }
                    ? new Value.Tensor(graph.Input(parameter.Name, new(1, node.Shape)))
                    : scope.Arguments[i];

            List<Value> arguments = [.. scope.Method.Parameters.Select(Given)];
            if (NetworkMethods.Parts(scope.Method) is not null && TraceNetwork(scope.Method, graph, arguments) is { } network)
                traced[network.Name] = network;
        }
    }

    List<Value> Arguments(IMethodSymbol method, GraphBuilder graph, AttributeValues? options, Dictionary<string, NetworkTrace> traced) =>
        [.. method.Parameters.Select(p => p.Type.IsZoo("Noise") ? new Value.Noise() : Input(graph, method.Name, p.Name, options, traced))];

    NetworkTrace? TraceNetwork(IMethodSymbol method, GraphBuilder graph, IReadOnlyList<Value> arguments)
    {
        if (Evaluate(method, graph, arguments) is not { } result) return null;
        var parts = NetworkMethods.Parts(method)!;
        if (NetworkMethods.Roots(parts, result.Training) is not { } training
            || NetworkMethods.Roots(parts, result.Inference) is not { } inference)
        {
            Refuse(method, result.Training);
            return null;
        }
        var tensors = method.Parameters.Where(p => p.Type.IsZoo("Tensor")).ToList();
        var shapes = tensors.Select(p => arguments[p.Ordinal] is Value.Tensor { Node: var node } ? node.Shape : Shape.Scalar);
        return new(
            method.Name, new(tensors.Select(p => p.Name)), new(shapes), method.Parameters.Any(p => p.Type.IsZoo("Noise")), new(parts),
            training, inference,
            sites.Of(method.DeclaringSyntaxReferences[0].GetSyntax(cancellation)))
        {
            Next = result.Next,
        };
    }

    (Value Training, Value Inference, Roots Next)? Evaluate(IMethodSymbol method, GraphBuilder graph, IReadOnlyList<Value> arguments)
    {
        try
        {
            return evaluator.Run(method, graph, arguments);
        }
        catch (InsufficientExecutionStackException)
        {
            log.Report(
                Descriptors.TooMuchWork, method.Locations[0],
                $"An expression in '{method.Name}' or in what it calls is nested too deeply to trace");
            return null;
        }
    }

    /// <summary>A result that is none. One of another type is an error of C#, and poison has its diagnostic.</summary>
    void Refuse(IMethodSymbol method, Value result)
    {
        var values = result is Value.Tuple tuple ? tuple.Items : [result];
        if (values.Any(v => v is Value.Constant { Literal: null }))
            log.Report(Descriptors.Unsupported, method.Locations[0], "null in place of a result");
        else if (values.Any(v => v is Value.Poison) && !log.HasErrors && !evaluator.MetCompilerError)
            throw new InvalidOperationException($"{method.Name} gave nothing and no diagnostic says why.");
    }

    /// <summary>
    /// A parameter of a network: unknown, and silent, where an option or an earlier network that gives its shape has a mistake.
    /// </summary>
    Value Input(
        GraphBuilder graph, string network, string name, AttributeValues? options, Dictionary<string, NetworkTrace> traced)
    {
        if (options is null) return Value.Poisoned;
        try
        {
            return new Value.Tensor(graph.Input(name, new TensorType(1, variant.ShapeOf(network, name, options, traced))));
        }
        catch (KeyNotFoundException)
        {
            return Value.Poisoned;
        }
    }

    /// <summary>
    /// Whether a checkpoint has the name for what is no parameter: <c>Zoo.Runtime.CheckpointNames</c> refuses a model with both.
    /// </summary>
    static bool IsOfCheckpoints(string name, IReadOnlyList<ParameterTrace> parameters)
    {
        const string prefix = "state.";
        if (!name.StartsWith(prefix, StringComparison.Ordinal)) return false;
        return name is "state.seed" or "state.steps" or "state.updates" or "state.updates_in_step"
            || name.StartsWith(prefix + "hyperparameters.", StringComparison.Ordinal)
            || parameters.Any(p => name.Length > prefix.Length + p.Name.Length && name.EndsWith("." + p.Name, StringComparison.Ordinal));
    }

    /// <summary>Adds parameters and layers that reach a result, and warns of what does not.</summary>
    ModelTrace WithParameters(ModelTrace trace)
    {
        var reached = new HashSet<string>();
        void Visit(Roots outputs, IMethodSymbol method)
        {
            var sources = Topology.Sort(outputs.Select(r => r.Node)).Where(n => n.Op.IsSource()).ToList();
            reached.UnionWith(sources.Where(n => n.Op == Op.Parameter).Select(n => n.Name));
            var unread = method.Parameters.Where(p => p.Type.IsZoo("Tensor") && !sources.Any(s => s.Op == Op.Input && s.Name == p.Name));
            foreach (var parameter in unread)
                log.Report(Descriptors.UnusedInput, parameter.Locations[0], method.Name, parameter.Name);
        }

        if (variant.HasOwnLosses)
            foreach (var (own, phase) in trace.Phases.Zip(phases, (o, p) => (o, p))) Visit(own.Outputs, phase.Method);
        else
            foreach (var network in trace.Networks) Visit(network.Outputs, methods[network.Name]);
        var parameters = scopes.All.SelectMany(s => s.Parameters).ToList();
        var layers = scopes.All.SelectMany(s => s.Layers).ToList();
        string LayerOf(string parameter) => layers.Select(l => l.Name)
            .FirstOrDefault(l => parameter == l || parameter.StartsWith(l + ".", StringComparison.Ordinal)) ?? parameter;

        foreach (var parameter in parameters.Where(p => IsOfCheckpoints(p.Name, parameters)))
            log.Report(Descriptors.NameOfCheckpoints, sites[parameter.Site], parameter.Name);
        foreach (var parameter in parameters.Where(p => !reached.Contains(p.Name)))
            log.Report(Descriptors.UnusedLayer, sites[parameter.Site], LayerOf(parameter.Name));
        var owners = new HashSet<string>(reached.Select(LayerOf));
        foreach (var state in trace.States.Where(s => trace.Options.Int("Batch", 1) * s.Positions == 1).GroupBy(s => s.Site))
            log.Report(Descriptors.OutOfRange, sites[state.Key],
                "BatchNorm takes more than one row to train on, but Batch is 1: its variance would be 0");
        return trace with
        {
            Parameters = new(parameters.Where(p => reached.Contains(p.Name))),
            Layers = new(layers.Where(l => l.Parameters == 0 || owners.Contains(l.Name))),
        };
    }
}
