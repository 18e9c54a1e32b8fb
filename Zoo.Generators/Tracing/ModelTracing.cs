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
sealed class ModelTracing(INamedTypeSymbol type, AttributeData attribute, SemanticModel model, Variant variant, TraceLog log, CancellationToken cancellation)
{
    readonly Sites sites = new();

    /// <summary>The trace; null where a network could not be traced, be it for a mistake that the C# compiler reports.</summary>
    public ModelTrace? Run()
    {
        var attributeSyntax = (AttributeSyntax)attribute.ApplicationSyntaxReference!.GetSyntax(cancellation);
        var declaration = attributeSyntax.FirstAncestorOrSelf<TypeDeclarationSyntax>()!;
        DeclarationChecks.Run(type, declaration, log);
        MemberClashes.Run(type, log);

        var options = AttributeReader.Read(attribute);
        var optimizers = AttributeReader.Optimizers(type).ToList();
        var trace = new ModelTrace(ModelIdentities.Of(type), variant.Name, options, [], [], [], new EquatableArray<OptimizerTrace>(optimizers.Select(AttributeReader.ReadOptimizer)));
        var hasOptions = CheckOptions(trace);

        var methods = NetworkMethods.Find(type, declaration.Identifier.GetLocation(), variant, log, cancellation);
        var scopes = new NetworkScopes(methods.Values);
        var networks = TraceNetworks(methods, scopes, hasOptions ? options : null);
        var isWhole = variant.Networks.All(n => networks.ContainsKey(n.Name) || (!n.IsRequired && !methods.ContainsKey(n.Name)));
        var owners = scopes.All.Where(s => s.Parameters.Count > 0).Select(s => s.Method.Name).ToList();
        OptimizerChecks.Run(optimizers, variant.Name, isWhole ? owners : null, log, cancellation);
        if (!isWhole) return null;

        trace = trace with { Networks = new EquatableArray<NetworkTrace>(networks.Values) };
        foreach (var error in variant.Check(trace).Where(e => e.Kind == VariantErrorKind.WrongOutputShape))
            log.Report(Descriptors.WrongOutputShape, methods[error.Target].Locations[0], error.Message.TrimEnd('.'));
        return WithParameters(trace, methods, scopes);
    }

    /// <summary>Whether every option is in range; shapes cannot be trusted otherwise.</summary>
    bool CheckOptions(ModelTrace withoutNetworks)
    {
        var errors = variant.Check(withoutNetworks).Where(e => e.Kind == VariantErrorKind.InvalidOption).ToList();
        foreach (var error in errors) log.Report(Descriptors.InvalidOption, AttributeReader.Place(attribute, error.Target, cancellation), error.Message.TrimEnd('.'));
        return errors.Count == 0;
    }

    /// <summary>Networks that could be traced, in the variant's order.</summary>
    Dictionary<string, NetworkTrace> TraceNetworks(Dictionary<string, IMethodSymbol> methods, NetworkScopes scopes, AttributeValues? options)
    {
        var evaluator = new BodyEvaluator(model, log, sites, scopes, cancellation);
        var traced = new Dictionary<string, NetworkTrace>();
        foreach (var signature in variant.Networks)
        {
            if (!methods.TryGetValue(signature.Name, out var method)) continue;
            var graph = new GraphBuilder();
            var errors = log.HasErrors;
            var arguments = method.Parameters.Select(p => p.Type.IsZoo("Noise") ? new Value.Noise() : Input(graph, p.Name, options, traced)).ToList();
            Value result;
            try
            {
                result = evaluator.Run(method, graph, arguments);
            }
            catch (InsufficientExecutionStackException)
            {
                log.Report(Descriptors.TooMuchWork, method.Locations[0], $"An expression in '{method.Name}' or in what it calls is nested too deeply to trace");
                continue;
            }
            var kind = NetworkMethods.Kind(method);
            var roots = (kind, result) switch
            {
                (OutputKind.Tensor, Value.Tensor { Node: var node }) => new Roots([("value", node)]),
                (OutputKind.Gaussian, Value.Gaussian { Law: var law }) => new Roots([("mean", law.Mean), ("log_variance", law.LogVariance)]),
                (OutputKind.Bernoulli, Value.Bernoulli { Law: var law }) => new Roots([("logits", law.Logits)]),
                _ => null,
            };
            if (roots is not null)
                traced.Add(signature.Name, new(signature.Name, signature.Parameters, kind, roots, sites.Of(method.DeclaringSyntaxReferences[0].GetSyntax(cancellation))));
            else if (result is Value.Constant { Literal: null })
                log.Report(Descriptors.Unsupported, method.Locations[0], "null in place of a result");
            // A result of another type is an error of C#.
            else if (result is Value.Poison && !log.HasErrors && !evaluator.MetCompilerError)
                throw new InvalidOperationException($"{method.Name} gave nothing and no diagnostic says why.");
        }
        return traced;
    }

    /// <summary>A parameter of a network: unknown, and silent, where an option or an earlier network that gives its shape has a mistake.</summary>
    Value Input(GraphBuilder graph, string name, AttributeValues? options, Dictionary<string, NetworkTrace> traced)
    {
        if (options is null) return Value.Poisoned;
        try
        {
            return new Value.Tensor(graph.Input(name, new TensorType(1, variant.ShapeOf(name, options, traced))));
        }
        catch (KeyNotFoundException)
        {
            return Value.Poisoned;
        }
    }

    /// <summary>Adds parameters and layers that reach a result, and warns of what does not.</summary>
    ModelTrace WithParameters(ModelTrace trace, Dictionary<string, IMethodSymbol> methods, NetworkScopes scopes)
    {
        var reached = new HashSet<string>();
        foreach (var network in trace.Networks)
        {
            var sources = Topology.Sort(network.Outputs.Select(r => r.Node)).Where(n => n.Op.IsSource()).ToList();
            reached.UnionWith(sources.Where(n => n.Op == Op.Parameter).Select(n => n.Name));
            foreach (var parameter in methods[network.Name].Parameters.Where(p => p.Type.IsZoo("Tensor") && !sources.Any(s => s.Op == Op.Input && s.Name == p.Name)))
                log.Report(Descriptors.UnusedInput, parameter.Locations[0], network.Name, parameter.Name);
        }
        var parameters = scopes.All.SelectMany(s => s.Parameters).ToList();
        foreach (var parameter in parameters.Where(p => !reached.Contains(p.Name))) log.Report(Descriptors.UnusedLayer, sites[parameter.Site], LayerOf(parameter.Name, scopes));
        return trace with
        {
            Parameters = new EquatableArray<ParameterTrace>(parameters.Where(p => reached.Contains(p.Name))),
            Layers = new EquatableArray<LayerTrace>(scopes.All.SelectMany(s => s.Layers).Where(l => l.Parameters == 0 || reached.Any(p => p == l.Name || p.StartsWith(l.Name + ".", StringComparison.Ordinal)))),
        };
    }

    static string LayerOf(string parameter, NetworkScopes scopes) =>
        scopes.All.SelectMany(s => s.Layers).Select(l => l.Name).FirstOrDefault(l => parameter == l || parameter.StartsWith(l + ".", StringComparison.Ordinal)) ?? parameter;
}
