using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Zoo.Generators.Diagnostics;

namespace Zoo.Generators.Tracing;

sealed partial class BodyEvaluator
{
    Flow Execute(IOperation statement)
    {
        switch (statement)
        {
            case IBlockOperation block:
                return Execute(block.Operations);
            case IVariableDeclarationGroupOperation group:
                foreach (var declarator in group.Declarations.SelectMany(d => d.Declarators.Select(v => (Variable: v,
                    Initializer: v.Initializer ?? d.Initializer))))
                    if (declarator.Initializer is { } initializer) frame.Locals[declarator.Variable.Symbol] = Evaluate(initializer.Value);
                return Flow.Next;
            case IExpressionStatementOperation expression:
                Evaluate(expression.Operation);
                return Flow.Next;
            case IReturnOperation { Kind: OperationKind.Return } result:
                frame.Result = result.ReturnedValue is { } value ? Evaluate(value) : Value.Nothing;
                return Flow.Return;
            case IConditionalOperation choice:
                return Condition(choice.Condition) switch
                {
                    true => Execute(choice.WhenTrue),
                    false => choice.WhenFalse is { } otherwise ? Execute(otherwise) : Flow.Next,
                    null => Abandon(),
                };
            case IForLoopOperation loop:
                return Execute(loop);
            case IForEachLoopOperation loop:
                return Execute(loop);
            case IBranchOperation { BranchKind: BranchKind.Break }:
                return Flow.Break;
            case IBranchOperation { BranchKind: BranchKind.Continue }:
                return Flow.Continue;
            case IEmptyOperation:
                return Flow.Next;
            case IInvalidOperation:
                CompilerError();
                return Abandon();
            default:
                Mistake(Descriptors.Unsupported, statement.Syntax, Describe(statement));
                return Abandon();
        }
    }

    Flow Execute(IEnumerable<IOperation> statements)
    {
        foreach (var statement in statements)
            if (Execute(statement) is var flow and not Flow.Next) return flow;
        return Flow.Next;
    }

    Flow Execute(IForLoopOperation loop)
    {
        if (Execute(loop.Before) is var before and not Flow.Next) return before;
        while (true)
        {
            if (loop.Condition is { } condition)
            {
                if (Condition(condition) is not { } holds) return Abandon();
                if (!holds) return Flow.Next;
            }
            if (!Spend(loop.Syntax)) return Abandon();
            switch (Execute(loop.Body))
            {
                case Flow.Break: return Flow.Next;
                case Flow.Return: return Flow.Return;
            }
            if (Execute(loop.AtLoopBottom) is var bottom and not Flow.Next) return bottom;
        }
    }

    Flow Execute(IForEachLoopOperation loop)
    {
        var collection = Evaluate(loop.Collection);
        if (collection is Value.Poison) return Abandon();
        if (collection is not Value.Array array || loop.LoopControlVariable is not IVariableDeclaratorOperation variable)
        {
            Mistake(Descriptors.Unsupported, loop.Syntax, "foreach over anything but an array");
            return Abandon();
        }
        foreach (var item in array.Items)
        {
            if (!Spend(loop.Syntax)) return Abandon();
            frame.Locals[variable.Symbol] = item;
            switch (Execute(loop.Body))
            {
                case Flow.Break: return Flow.Next;
                case Flow.Return: return Flow.Return;
            }
        }
        return Flow.Next;
    }

    /// <summary>A condition's value, or null where it is poison.</summary>
    bool? Condition(IOperation condition)
    {
        var value = Evaluate(condition);
        if (value is Value.Constant { Literal: bool holds }) return holds;
        // Nothing else converts to bool.
        if (value is not Value.Poison) CompilerError();
        return null;
    }

    /// <summary>Leaves the method: what follows a statement that cannot be traced would only give further diagnostics.</summary>
    Flow Abandon()
    {
        frame.Result = Value.Poisoned;
        return Flow.Return;
    }

    static string Describe(IOperation operation) => operation switch
    {
        IWhileLoopOperation => "A while loop",
        ISwitchOperation => "A switch statement",
        ILocalFunctionOperation => "A local function",
        IThrowOperation => "throw",
        ITryOperation => "try",
        ILockOperation => "lock",
        IUsingOperation or IUsingDeclarationOperation => "using",
        ILabeledOperation or IBranchOperation => "goto",
        IReturnOperation => "yield",
        IAwaitOperation => "await",
        IAnonymousFunctionOperation or IDelegateCreationOperation => "A lambda",
        IInstanceReferenceOperation => "this",
        IConditionalAccessOperation => "?.",
        IWithOperation => "with",
        ITypeOfOperation => "typeof",
        IObjectCreationOperation creation => $"new {creation.Type?.ToDisplayString()}",
        IArrayElementReferenceOperation => "An assignment to an element",
        IFieldReferenceOperation or IPropertyReferenceOperation => "An assignment to a member",
        _ => $"'{Shortened(operation.Syntax.ToString())}'",
    };

    static string Shortened(string text)
    {
        var line = text.Split('\n')[0].TrimEnd();
        return line.Length <= 40 ? line : line.Substring(0, 39) + "…";
    }
}
