using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Zoo.Generators.Diagnostics;
using Zoo.Generators.Graphs;

namespace Zoo.Generators.Tracing;

/// <summary>
/// Runs method bodies on abstract values: constants are computed, operations on tensors make nodes. A mistake gets one diagnostic and
/// leaves <see cref="Value.Poison"/>, which is silent from there on.
/// </summary>
sealed partial class BodyEvaluator(
    SemanticModel declaring, TraceLog log, Sites sites, NetworkScopes scopes, CancellationToken cancellation)
{
    /// <summary>
    /// Iterations and inlined calls of one model: far more than any network has, few enough to stop at once when a bound was mistyped.
    /// </summary>
    public const int WorkLimit = 10_000;

    readonly Dictionary<SyntaxTree, SemanticModel> models = new() { [declaring.SyntaxTree] = declaring };
    readonly Dictionary<IMethodSymbol, IOperation?> bodies = new(SymbolEqualityComparer.Default);
    readonly Sites sites = sites;
    readonly TraceMode mode = new();
    GraphBuilder graph = new();
    Frame frame = null!;
    int work;
    readonly List<CallTrace> calls = [];

    /// <summary>Networks that the last run called from a phase, as training has them.</summary>
    public IReadOnlyList<CallTrace> Calls { get; private set; } = [];

    /// <summary>
    /// Traces a network into a builder of its own: what it gives in training, and afterwards, which is the same where no operation in it
    /// tells the two apart; and what training makes of the network's state.
    /// </summary>
    public (Value Training, Value Inference, Roots Next) Run(IMethodSymbol network, GraphBuilder builder, IReadOnlyList<Value> arguments)
    {
        mode.Begin(training: true);
        scopes.BeginDraws();
        calls.Clear();
        var training = Trace(network, builder, arguments);
        Calls = [.. calls];
        // A mistake is reported once.
        var next = new Roots(mode.Next.Select(n => (n.Key, n.Value)));
        if (!mode.WasAsked || log.HasErrors) return (training, training, next);
        mode.Begin(training: false);
        scopes.RepeatDraws();
        return (training, Trace(network, builder, arguments), next);
    }

    Value Trace(IMethodSymbol network, GraphBuilder builder, IReadOnlyList<Value> arguments)
    {
        graph = builder;
        frame = null!;
        var declaration = network.DeclaringSyntaxReferences[0].GetSyntax(cancellation);
        try
        {
            return Call(network, arguments, declaration);
        }
        catch (TraceException mistake)
        {
            return Mistake(mistake.Descriptor, declaration, mistake.Arguments);
        }
    }

    /// <summary>A call of the user's method: inlined, into the network that calls it unless it is a network itself.</summary>
    Value Call(IMethodSymbol method, IReadOnlyList<Value> arguments, SyntaxNode call)
    {
        method = WithBody(method);
        for (var outer = frame; outer is not null; outer = outer.Caller)
            if (SymbolEqualityComparer.Default.Equals(outer.Method, method))
                return Mistake(Descriptors.Recursion, call, method.Name, CallChain(method));
        if (Body(method) is not { } body) return Mistake(Descriptors.NoSource, call, method.ToDisplayString(CallFormat));
        if (!Spend(call)) return Value.Poisoned;

        var caller = frame;
        var scope = scopes.Find(method) ?? caller.Scope;
        if (scope != caller?.Scope) scope.Enter(caller is null ? null : Sites.PlaceOf(call), arguments);
        frame = new(method, scope, caller);
        foreach (var parameter in method.Parameters)
            frame.Locals[parameter] = parameter.RefKind is RefKind.None or RefKind.In
                ? arguments[parameter.Ordinal]
                : Mistake(Descriptors.Unsupported, call, "A ref or out parameter");
        var returns = Execute(body) == Flow.Return || method.ReturnsVoid;
        var result = returns ? frame.Result : CompilerError();
        frame = caller!;
        if (scope != caller?.Scope && caller?.Scope.IsPhase == true) Record(method, arguments, result);
        return result;
    }

    void Record(IMethodSymbol network, IReadOnlyList<Value> arguments, Value result)
    {
        if (NetworkMethods.Parts(network) is not { } parts || NetworkMethods.Roots(parts, result) is not { } results) return;
        var operands = network.Parameters.Where(p => arguments[p.Ordinal] is Value.Tensor)
            .Select(p => (p.Name, ((Value.Tensor)arguments[p.Ordinal]).Node));
        calls.Add(new(network.Name, new(operands), results));
    }

    /// <summary>The half of a partial method that has the body.</summary>
    public static IMethodSymbol WithBody(IMethodSymbol method) =>
        method.OriginalDefinition.PartialImplementationPart ?? method.OriginalDefinition;

    string CallChain(IMethodSymbol repeated)
    {
        var chain = new List<string> { repeated.Name };
        for (var outer = frame; outer is not null; outer = outer.Caller)
        {
            chain.Add(outer.Method.Name);
            if (SymbolEqualityComparer.Default.Equals(outer.Method, repeated)) break;
        }
        chain.Reverse();
        return string.Join(" → ", chain);
    }

    /// <summary>The method's body, or null where this compilation has none.</summary>
    IOperation? Body(IMethodSymbol method)
    {
        if (bodies.TryGetValue(method, out var known)) return known;
        IOperation? body = null;
        if (method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation) is BaseMethodDeclarationSyntax syntax)
        {
            if (!models.TryGetValue(syntax.SyntaxTree, out var model))
                models.Add(syntax.SyntaxTree, model = declaring.Compilation.GetSemanticModel(syntax.SyntaxTree));
            body = model.GetOperation(syntax, cancellation) is IMethodBodyOperation operation
                ? operation.BlockBody ?? operation.ExpressionBody
                : null;
        }
        return bodies[method] = body;
    }

    bool Spend(SyntaxNode place)
    {
        cancellation.ThrowIfCancellationRequested();
        if (++work <= WorkLimit) return true;
        // One diagnostic, however many calls and loops are under way.
        if (work == WorkLimit + 1)
            Mistake(Descriptors.TooMuchWork, place,
                $"Tracing stops here after {WorkLimit.ToString(System.Globalization.CultureInfo.InvariantCulture)} iterations and inlined "
                    + "calls: a network is unrolled, so its loops must be short");
        return false;
    }

    /// <summary>Whether poison came from what the C# compiler reports itself.</summary>
    public bool MetCompilerError { get; private set; }

    Value CompilerError()
    {
        MetCompilerError = true;
        return Value.Poisoned;
    }

    /// <summary>One diagnostic, then silence.</summary>
    Value Mistake(DiagnosticDescriptor descriptor, SyntaxNode place, params string[] arguments)
    {
        log.Report(descriptor, Sites.PlaceOf(place), arguments);
        return Value.Poisoned;
    }
}
