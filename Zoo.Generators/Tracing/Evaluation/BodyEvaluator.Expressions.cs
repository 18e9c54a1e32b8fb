using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Zoo.Generators.Diagnostics;
using Zoo.Generators.Graphs;

namespace Zoo.Generators.Tracing;

sealed partial class BodyEvaluator
{
    Value Evaluate(IOperation operation)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (operation.ConstantValue is { HasValue: true, Value: var literal }) return new Value.Constant(literal);
        var outer = graph.Site;
        if (MakesNodes(operation)) graph.Site = sites.Of(operation.Syntax);
        try
        {
            return EvaluateUnguarded(operation);
        }
        catch (GraphException mistake)
        {
            log.Report(mistake, Sites.PlaceOf(operation.Syntax));
            return Value.Poisoned;
        }
        catch (TraceException mistake)
        {
            log.Report(mistake.Descriptor, mistake.Place ?? Sites.PlaceOf(operation.Syntax), mistake.Arguments);
            return Value.Poisoned;
        }
        finally
        {
            graph.Site = outer;
        }
    }

    // Only these have ordinals, so that an edit of anything else changes no trace.
    static bool MakesNodes(IOperation operation) => operation is
        IInvocationOperation or IObjectCreationOperation or IPropertyReferenceOperation or IConversionOperation { OperatorMethod: not null }
        or IBinaryOperation { OperatorMethod: not null } or IUnaryOperation { OperatorMethod: not null }
        or ICompoundAssignmentOperation { OperatorMethod: not null };

    Value EvaluateUnguarded(IOperation operation) => operation switch
    {
        ILocalReferenceOperation local => Read(local.Local),
        IParameterReferenceOperation parameter => Read(parameter.Parameter),
        IInvocationOperation call => Invoke(call),
        IObjectCreationOperation creation => Create(creation),
        IConversionOperation conversion => Convert(conversion),
        IBinaryOperation binary => Binary(binary),
        IUnaryOperation unary => Unary(unary),
        ISimpleAssignmentOperation assignment => Assign(assignment.Target, Evaluate(assignment.Value)),
        ICompoundAssignmentOperation assignment => Compound(assignment),
        IIncrementOrDecrementOperation increment => Increment(increment),
        IDeconstructionAssignmentOperation deconstruction => Assign(deconstruction.Target, Evaluate(deconstruction.Value)),
        IDeclarationExpressionOperation declaration => Evaluate(declaration.Expression),
        ITupleOperation tuple => new Value.Tuple([.. tuple.Elements.Select(Evaluate)]),
        IFieldReferenceOperation field => Field(field),
        IPropertyReferenceOperation property => Property(property),
        IArrayCreationOperation array => Array(array),
        ICollectionExpressionOperation collection => Collection(collection),
        IArrayElementReferenceOperation element => Element(element),
        IConditionalOperation choice => Condition(choice.Condition) switch
        {
            true => Evaluate(choice.WhenTrue),
            false when choice.WhenFalse is { } otherwise => Evaluate(otherwise),
            _ => Value.Poisoned,
        },
        ISwitchExpressionOperation choice => Switch(choice),
        IIsPatternOperation test => Test(test),
        ICoalesceOperation coalesce => Evaluate(coalesce.Value) is var value and not Value.Constant { Literal: null }
            ? value
            : Evaluate(coalesce.WhenNull),
        IInterpolatedStringOperation text => Interpolated(text),
        IDefaultValueOperation => new Value.Constant(null),
        IInvalidOperation => CompilerError(),
        _ => Mistake(Descriptors.Unsupported, operation.Syntax, Describe(operation)),
    };

    Value Read(ISymbol variable) => frame.Locals.TryGetValue(variable, out var value) ? value : CompilerError();

    Value Convert(IConversionOperation conversion)
    {
        var operand = Evaluate(conversion.Operand);
        if (operand is Value.Poison) return operand;
        if (conversion.OperatorMethod is { } method)
        {
            if (!method.ContainingType.IsSymbolic())
                return Mistake(Descriptors.Unsupported, conversion.Syntax, $"The conversion {method.ToDisplayString()}");
            return operand is Value.Constant { Literal: float number } ? new Value.Tensor(graph.Constant(number)) : operand;
        }
        return operand is Value.Constant constant
            ? new Value.Constant(Arithmetic.Convert(constant.Literal, Numeric(conversion.Type)))
            : operand;
    }

    static SpecialType Numeric(ITypeSymbol? type) =>
        (type as INamedTypeSymbol)?.EnumUnderlyingType?.SpecialType ?? type?.SpecialType ?? SpecialType.None;

    Value Binary(IBinaryOperation operation)
    {
        var left = Evaluate(operation.LeftOperand);
        // && and || do not look at the right operand where the left one decides.
        if (operation.OperatorKind is BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr
            && left is Value.Constant { Literal: bool decided })
            return decided == (operation.OperatorKind == BinaryOperatorKind.ConditionalOr) ? left : Evaluate(operation.RightOperand);
        var right = Evaluate(operation.RightOperand);
        return operation.OperatorMethod is { } method
            ? Operator(operation, method, [left, right])
            : Combine(operation, operation.OperatorKind, left, right);
    }

    Value Combine(IOperation operation, BinaryOperatorKind kind, Value left, Value right) => (left, right) switch
    {
        (Value.Poison, _) or (_, Value.Poison) => Value.Poisoned,
        (Value.Constant a, Value.Constant b) => new Value.Constant(Arithmetic.Binary(kind, a.Literal, b.Literal)),
        _ => Mistake(Descriptors.Unsupported, operation.Syntax, Describe(operation)),
    };

    Value Unary(IUnaryOperation operation)
    {
        var operand = Evaluate(operation.Operand);
        if (operation.OperatorMethod is { } method) return Operator(operation, method, [operand]);
        return operand switch
        {
            Value.Constant constant => new Value.Constant(Arithmetic.Unary(operation.OperatorKind, constant.Literal)),
            Value.Poison => operand,
            _ => Mistake(Descriptors.Unsupported, operation.Syntax, Describe(operation)),
        };
    }

    Value Array(IArrayCreationOperation array)
    {
        if (array.Initializer is { } initializer && array.DimensionSizes.Length == 1)
            return new Value.Array([.. initializer.ElementValues.Select(Evaluate)]);
        return Mistake(Descriptors.Unsupported, array.Syntax, "An array without its elements");
    }

    Value Collection(ICollectionExpressionOperation collection)
    {
        var items = new List<Value>();
        foreach (var element in collection.Elements)
        {
            if (element is not ISpreadOperation spread) items.Add(Evaluate(element));
            else if (Evaluate(spread.Operand) is Value.Array array) items.AddRange(array.Items);
            else return Value.Poisoned;
        }
        return new Value.Array(items);
    }

    Value Element(IArrayElementReferenceOperation element)
    {
        var (array, index) = (Evaluate(element.ArrayReference), Evaluate(element.Indices[0]));
        if (array is Value.Poison || index is Value.Poison) return Value.Poisoned;
        if (array is not Value.Array { Items: var items } || index is not Value.Constant { Literal: int at } || element.Indices.Length != 1)
            return Mistake(Descriptors.Unsupported, element.Syntax, Describe(element));
        return at >= 0 && at < items.Count
            ? items[at]
            : Mistake(Descriptors.ArithmeticFailed, element.Syntax,
                FormattableString.Invariant($"Index {at} is outside the array, which has {items.Count} elements"));
    }

    Value Field(IFieldReferenceOperation field)
    {
        if (field.Field.ContainingType is { IsTupleType: true } && field.Instance is { } instance)
        {
            var name = (field.Field.CorrespondingTupleField ?? field.Field).Name;
            return Evaluate(instance) is Value.Tuple tuple && name.StartsWith("Item", StringComparison.Ordinal)
                && int.TryParse(name.Substring(4), out var ordinal)
                ? tuple.Items[ordinal - 1]
                : Value.Poisoned;
        }
        return Mistake(Descriptors.NotConstant, field.Syntax, field.Field.Name);
    }

    Value Property(IPropertyReferenceOperation property)
    {
        if (property.Property.ContainingType.IsSymbolic() && property.Instance is { } instance)
            return Evaluate(instance) is var value and not Value.Poison
                ? DistributionCalls.Property(graph, property.Property.Name, value)
                : Value.Poisoned;
        if (property is { Property.Name: "Length", Instance.Type: IArrayTypeSymbol })
            return Evaluate(property.Instance) is Value.Array array ? new Value.Constant(array.Items.Count) : Value.Poisoned;
        return Mistake(Descriptors.NotConstant, property.Syntax, property.Property.Name);
    }

    Value Switch(ISwitchExpressionOperation choice)
    {
        var value = Evaluate(choice.Value);
        if (value is Value.Poison) return value;
        if (value is not Value.Constant { Literal: var literal })
            return Mistake(Descriptors.Unsupported, choice.Syntax, "switch over anything but a constant");
        foreach (var arm in choice.Arms)
        {
            if (Matches(arm.Pattern, literal) is not { } matches) return Value.Poisoned;
            if (!matches) continue;
            if (arm.Guard is { } guard)
            {
                if (Condition(guard) is not { } holds) return Value.Poisoned;
                if (!holds) continue;
            }
            return Evaluate(arm.Value);
        }
        return Mistake(Descriptors.ArithmeticFailed, choice.Syntax, $"No arm of the switch takes {Arithmetic.Text(literal)}");
    }

    Value Test(IIsPatternOperation test) => Evaluate(test.Value) switch
    {
        Value.Constant { Literal: var literal } => Matches(test.Pattern, literal) is { } matches
            ? new Value.Constant(matches)
            : Value.Poisoned,
        Value.Poison => Value.Poisoned,
        _ => Mistake(Descriptors.Unsupported, test.Syntax, "is on anything but a constant"),
    };

    /// <summary>Whether a constant has a pattern; null where the pattern cannot be traced.</summary>
    bool? Matches(IPatternOperation pattern, object? literal)
    {
        switch (pattern)
        {
            case IDiscardPatternOperation:
                return true;
            case IConstantPatternOperation constant:
                return Evaluate(constant.Value) is Value.Constant expected ? Equals(expected.Literal, literal) : null;
            case IRelationalPatternOperation relational:
                return Evaluate(relational.Value) is Value.Constant bound
                    && Arithmetic.Binary(relational.OperatorKind, literal, bound.Literal) is bool holds ? holds : null;
            case INegatedPatternOperation negated:
                return !Matches(negated.Pattern, literal);
            case IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.And } both:
                return Matches(both.LeftPattern, literal) is { } first ? first ? Matches(both.RightPattern, literal) : false : null;
            case IBinaryPatternOperation either:
                return Matches(either.LeftPattern, literal) is { } one ? one ? true : Matches(either.RightPattern, literal) : null;
            default:
                Mistake(Descriptors.Unsupported, pattern.Syntax, "This pattern");
                return null;
        }
    }

    Value Interpolated(IInterpolatedStringOperation text)
    {
        var result = new StringBuilder();
        foreach (var part in text.Parts)
        {
            switch (part)
            {
                case IInterpolatedStringTextOperation { Text.ConstantValue.Value: string literal }:
                    result.Append(literal);
                    break;
                case IInterpolationOperation { Alignment: null, FormatString: null } hole:
                    if (Evaluate(hole.Expression) is not Value.Constant value) return Value.Poisoned;
                    result.Append(Arithmetic.Text(value.Literal));
                    break;
                default:
                    return Mistake(Descriptors.Unsupported, part.Syntax, "A format");
            }
        }
        return new Value.Constant(result.ToString());
    }
}
