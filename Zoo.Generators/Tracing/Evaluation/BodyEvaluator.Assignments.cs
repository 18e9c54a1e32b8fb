using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Zoo.Generators.Diagnostics;

namespace Zoo.Generators.Tracing;

sealed partial class BodyEvaluator
{
    Value Assign(IOperation target, Value value)
    {
        switch (target)
        {
            case ILocalReferenceOperation local:
                return frame.Locals[local.Local] = value;
            case IParameterReferenceOperation parameter:
                return frame.Locals[parameter.Parameter] = value;
            case IDiscardOperation:
                return value;
            case IDeclarationExpressionOperation declaration:
                return Assign(declaration.Expression, value);
            case IConversionOperation { Operand: ITupleOperation inner }:
                return Assign(inner, value);
            case ITupleOperation tuple when value is Value.Poison:
                foreach (var element in tuple.Elements) Assign(element, value);
                return value;
            case ITupleOperation tuple when value is Value.Tuple { Items: var items } && items.Count == tuple.Elements.Length:
                foreach (var (element, item) in tuple.Elements.Zip(items, (e, i) => (e, i))) Assign(element, item);
                return value;
            case ITupleOperation:
                return Mistake(Descriptors.Unsupported, target.Syntax, "Deconstruction of anything but a tuple");
            case IInvalidOperation:
                return CompilerError();
            default:
                return Mistake(Descriptors.Unsupported, target.Syntax, Describe(target));
        }
    }

    Value Compound(ICompoundAssignmentOperation assignment)
    {
        var (left, right) = (Evaluate(assignment.Target), Evaluate(assignment.Value));
        // Should the operator refuse its operands, the old value must not live on in silence.
        Assign(assignment.Target, Value.Poisoned);
        if (assignment.OperatorMethod is { } method) return Assign(assignment.Target, Operator(assignment, method, [left, right]));
        // x += y computes in the type of the operator and converts back.
        if (left is Value.Constant number && assignment.OperatorKind is not (BinaryOperatorKind.LeftShift or BinaryOperatorKind.RightShift)
            && assignment.Type?.SpecialType != SpecialType.System_String)
            left = new Value.Constant(Arithmetic.Convert(number.Literal, Numeric(assignment.Value.Type)));
        var result = Combine(assignment, assignment.OperatorKind, left, right);
        return Assign(assignment.Target,
            result is Value.Constant constant
                ? new Value.Constant(Arithmetic.Convert(constant.Literal, Numeric(assignment.Type)))
                : result);
    }

    Value Increment(IIncrementOrDecrementOperation increment)
    {
        var before = Evaluate(increment.Target);
        if (before is not Value.Constant { Literal: { } number })
            return before is Value.Poison ? before : Mistake(Descriptors.Unsupported, increment.Syntax, Describe(increment));
        var kind = increment.Kind == OperationKind.Increment ? BinaryOperatorKind.Add : BinaryOperatorKind.Subtract;
        var type = Numeric(increment.Target.Type);
        Assign(increment.Target, Value.Poisoned);
        // Types smaller than int are incremented as int.
        var one = number is float or double or long ? Arithmetic.Convert(1, type) : 1;
        var wide = number is float or double or long ? number : Arithmetic.Convert(number, SpecialType.System_Int32);
        var after = Assign(increment.Target, new Value.Constant(Arithmetic.Convert(Arithmetic.Binary(kind, wide, one), type)));
        return increment.IsPostfix ? before : after;
    }
}
