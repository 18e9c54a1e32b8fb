using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Zoo.Generators.Diagnostics;
using Zoo.Generators.Graphs;

namespace Zoo.Generators.Tracing;

/// <summary>
/// What a network owns: names, ordinals, parameters, layers and draws. Lives as long as the model is traced, so that every call shares it.
/// </summary>
sealed class NetworkScope(IMethodSymbol method, string prefix, bool isPhase, bool seesBatch, FirstValues firstValues)
{
    readonly Dictionary<string, ParameterTrace> parameters = [];
    readonly Dictionary<string, LayerTrace> layers = [];
    readonly Dictionary<string, TensorType> draws = [];
    Dictionary<string, int> drawOrdinals = [];
    Dictionary<string, int> drawOrdinalsBefore = [];
    readonly Dictionary<string, int> ordinals = [];
    readonly Dictionary<string, string> usedNames = [];

    public IMethodSymbol Method { get; } = method;

    public string Prefix { get; } = prefix;

    /// <summary>Whether the method is a phase with own losses, which owns nothing.</summary>
    public bool IsPhase { get; } = isPhase;

    /// <summary>Whether it may look across the batch: a phase, or a network whose variant says so.</summary>
    public bool SeesBatch { get; } = seesBatch;

    /// <summary>How layers begin that do not say it.</summary>
    public FirstValues FirstValues { get; } = firstValues;

    /// <summary>What its first call was given.</summary>
    public IReadOnlyList<Value> Arguments { get; private set; } = [];

    /// <summary>In evaluation order.</summary>
    public List<ParameterTrace> Parameters { get; } = [];

    public List<LayerTrace> Layers { get; } = [];

    /// <summary>What its layers keep and training advances.</summary>
    public List<StateTrace> States { get; } = [];

    /// <summary>Where the call stands whose arguments decide the shapes, from the second call on.</summary>
    Location? repeatedCall;

    bool wasCalled;

    /// <summary>A new call: layers count from 1 again and meet the parameters of the call before.</summary>
    public void Enter(Location? call, IReadOnlyList<Value> arguments)
    {
        if (!wasCalled) Arguments = arguments;
        repeatedCall = wasCalled ? call : null;
        wasCalled = true;
        ordinals.Clear();
        usedNames.Clear();
    }

    /// <summary>Full name of the next layer of a kind.</summary>
    public string NameLayer(string kind, string? name)
    {
        var chosen = name is null ? kind + Next(ordinals, kind) : CheckedName(name, "a layer");
        if (usedNames.TryGetValue(chosen, out var owner)) throw new TraceException(Descriptors.DuplicateName, chosen, owner);
        usedNames.Add(chosen, $"a {kind} layer");
        return $"{Prefix}.{chosen}";
    }

    /// <summary>Full name of a raw parameter; the same name is the same parameter.</summary>
    public string NameParameter(string name)
    {
        CheckedName(name, "a parameter");
        if (usedNames.TryGetValue(name, out var owner) && owner != RawParameter)
            throw new TraceException(Descriptors.DuplicateName, name, owner);
        usedNames[name] = RawParameter;
        return $"{Prefix}.{name}";
    }

    const string RawParameter = "a parameter";

    /// <summary>A parameter of this network: made, or met again by another call.</summary>
    public Node Declare(GraphBuilder g, ParameterTrace parameter)
    {
        if (IsPhase) throw new TraceException(Descriptors.LayerInPhase, Method.Name);
        if (!parameters.TryGetValue(parameter.Name, out var known))
        {
            parameters.Add(parameter.Name, parameter);
            Parameters.Add(parameter);
        }
        else if (known.Shape != parameter.Shape || known.Init != parameter.Init || known.Gain != parameter.Gain
            || !known.FileAxes.Equals(parameter.FileAxes))
        {
            throw new TraceException(Descriptors.ParameterMismatch, parameter.Name, Describe(known),
                Describe(parameter)) { Place = repeatedCall };
        }
        return g.Parameter(parameter.Name, parameter.Shape);

        // People read the layout of files: a Dense weight is [out, in].
        string Describe(ParameterTrace p)
        {
            var isSame = known.FileShape == parameter.FileShape;
            var gain = known.Gain == parameter.Gain ? "" : FormattableString.Invariant($" of gain {p.Gain}");
            return isSame ? $"{p.FileShape} with first values {p.Init}{gain}" : p.FileShape.ToString();
        }
    }

    /// <summary>State of this network, as the calls before have left it.</summary>
    public Node Declare(GraphBuilder g, TraceMode mode, StateTrace state)
    {
        if (IsPhase) throw new TraceException(Descriptors.LayerInPhase, Method.Name);
        if (States.All(s => s.Name != state.Name)) States.Add(state);
        return mode.Next.TryGetValue(state.Name, out var known) ? known : g.State(state.Name, state.Shape);
    }

    public void Declare(LayerTrace layer)
    {
        if (layers.ContainsKey(layer.Name)) return;
        layers.Add(layer.Name, layer);
        Layers.Add(layer);
    }

    /// <summary>A draw: each evaluation without a name is another one, also across calls; the same name is the same numbers.</summary>
    public Node Draw(GraphBuilder g, string kind, string? name, DrawKind law, Shape shape)
    {
        var full = $"{Prefix}.{(name is null ? kind + Next(drawOrdinals, kind) : CheckedName(name, "a draw"))}";
        var type = new TensorType(1, shape);
        if (!draws.TryGetValue(full, out var known)) draws.Add(full, type);
        else if (known != type) throw new TraceException(Descriptors.ParameterMismatch, full, known.Shape.ToString(), shape.ToString());
        return g.Draw(full, law, type);
    }

    /// <summary>See <see cref="NetworkScopes.BeginDraws"/>.</summary>
    public void BeginDraws() => drawOrdinalsBefore = new(drawOrdinals);

    /// <summary>See <see cref="NetworkScopes.RestartDraws"/>.</summary>
    public void RestartDraws() => drawOrdinals.Clear();

    /// <summary>See <see cref="NetworkScopes.RepeatDraws"/>.</summary>
    public void RepeatDraws() => drawOrdinals = new(drawOrdinalsBefore);

    static string Next(Dictionary<string, int> ordinals, string kind)
    {
        ordinals[kind] = ordinals.TryGetValue(kind, out var last) ? last + 1 : 1;
        return FormattableString.Invariant($"{ordinals[kind]}");
    }

    // Names become keys of files, parts of emitted identifiers and text in comments.
    static string CheckedName(string name, string what) =>
        name.Any(char.IsLetterOrDigit)
            && name.All(c => c is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9' or '_' or '-' or '.')
            ? name
            : throw new TraceException(Descriptors.InvalidName, name, what);
}
