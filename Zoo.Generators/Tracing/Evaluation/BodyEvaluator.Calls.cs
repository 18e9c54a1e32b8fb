using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Zoo.Generators.Diagnostics;
using Zoo.Generators.Graphs;

namespace Zoo.Generators.Tracing;

sealed partial class BodyEvaluator
{
    Value Invoke(IInvocationOperation invocation)
    {
        var method = invocation.TargetMethod;
        var isSymbolic = method.ContainingType.IsSymbolic();
        var receiver = invocation.Instance is { } instance ? Evaluate(instance) : null;
        if (!isSymbolic)
        {
            if (receiver is Value.Poison) return receiver;
            if (method.MethodKind is MethodKind.LocalFunction or MethodKind.DelegateInvoke)
                return Mistake(Descriptors.Unsupported, invocation.Syntax,
                    method.MethodKind == MethodKind.LocalFunction ? "A local function" : "A call of a delegate");
            if (method.DeclaringSyntaxReferences.IsEmpty)
                return Mistake(Descriptors.NoSource, invocation.Syntax, method.ToDisplayString(CallFormat));
            if (!method.IsStatic) return Mistake(Descriptors.Unsupported, invocation.Syntax, $"'{method.Name}', which is not static,");
        }
        var arguments = Evaluate(method, invocation.Arguments);
        if (!isSymbolic) return Call(method, arguments, invocation.Syntax);
        return IsUsable(invocation, receiver, arguments) ? Operation(method, receiver, arguments) : Value.Poisoned;
    }

    const string NullTensor = "null in place of a tensor";

    static readonly SymbolDisplayFormat CallFormat =
        SymbolDisplayFormat.CSharpErrorMessageFormat.WithParameterOptions(SymbolDisplayParameterOptions.None);

    Value Create(IObjectCreationOperation creation)
    {
        if (creation.Constructor is not { } constructor || !creation.Type.IsSymbolic() || creation.Initializer is not null)
            return Mistake(Descriptors.Unsupported, creation.Syntax, Describe(creation));
        var arguments = Evaluate(constructor, creation.Arguments);
        if (!IsUsable(creation, null, arguments)) return Value.Poisoned;
        return Limited(DistributionCalls.Create(creation.Type!.Name, new(graph, frame.Scope, mode, constructor, null, arguments)));
    }

    /// <summary>Values in the order of the parameters, evaluated in the order in which they are written.</summary>
    Value[] Evaluate(IMethodSymbol method, ImmutableArray<IArgumentOperation> arguments)
    {
        var values = new Value[method.Parameters.Length];
        foreach (var argument in arguments)
            if (argument.Parameter is { } parameter) values[parameter.Ordinal] = Evaluate(argument.Value);
        for (var i = 0; i < values.Length; i++) values[i] ??= CompilerError();
        return values;
    }

    /// <summary>
    /// Whether an operation can be made of its operands. Poison is silent; null where a tensor, an array or a noise is needed is a mistake.
    /// </summary>
    bool IsUsable(IOperation operation, Value? receiver, IReadOnlyList<Value> arguments)
    {
        var parameters = operation switch
        {
            IInvocationOperation invocation => invocation.TargetMethod.Parameters,
            IObjectCreationOperation { Constructor: { } constructor } => constructor.Parameters,
            _ => [],
        };
        if (receiver is Value.Poison || arguments.Any(IsPoisoned)) return false;
        var isNull = receiver is Value.Constant
            || parameters.Any(p => p.Type.SpecialType == SpecialType.None && p.Type.TypeKind != TypeKind.Enum && !p.IsOptional
                && arguments[p.Ordinal] is Value.Constant { Literal: null });
        if (isNull) Mistake(Descriptors.Unsupported, operation.Syntax, NullTensor);
        return !isNull;
    }

    static bool IsPoisoned(Value value) => value is Value.Poison || (value is Value.Array array && array.Items.Any(IsPoisoned));

    Value Operator(IOperation operation, IMethodSymbol method, Value[] operands)
    {
        if (!method.ContainingType.IsSymbolic())
            return Mistake(Descriptors.Unsupported, operation.Syntax, $"The operator {method.ToDisplayString()}");
        if (operands.Any(o => o is Value.Poison)) return Value.Poisoned;
        return operands.All(o => o is Value.Tensor)
            ? Operation(method, null, operands)
            : Mistake(Descriptors.Unsupported, operation.Syntax, NullTensor);
    }

    Value Operation(IMethodSymbol method, Value? receiver, IReadOnlyList<Value> arguments)
    {
        var call = new SymbolicCall(graph, frame.Scope, mode, method, receiver, arguments);
        return Limited(method.ContainingType.Name switch
        {
            "Tensor" => TensorCalls.Evaluate(call),
            "Noise" => NoiseCalls.Evaluate(call),
            "Priors" => PriorCalls.Evaluate(call),
            _ => DistributionCalls.Evaluate(call),
        });
    }

    /// <summary>Refuses what no arena holds, before an element count overflows.</summary>
    static Value Limited(Value value)
    {
        if (value is Value.Tensor { Node: var node }) SizeLimit.Check(node.Shape);
        return value;
    }
}
