using System.Collections.Generic;
using System.Linq;
using Zoo.Generators.Variants;

namespace Zoo.Generators.Emission;

/// <summary>
/// Prints what whoever holds any model calls: the interfaces of what a class can do, each method a call of a typed member, and the same as
/// a list for the card.
/// </summary>
static class CapabilityEmitter
{
    const string Evaluator = "global::Zoo.IEvaluator";

    static IEnumerable<(CapabilitySpec Spec, IReadOnlyList<CapabilityCall> Calls)> Of(Surface surface)
    {
        foreach (var spec in CapabilitySpec.All)
            if (spec.Of(surface) is { } calls) yield return (spec, calls);
    }

    /// <summary>Names of the interfaces, behind the one that every model is.</summary>
    public static IEnumerable<string> Interfaces(Surface surface) =>
        Of(surface).Select(c => $"global::Zoo.{c.Spec.Interface}").Prepend(Evaluator);

    /// <summary>The interfaces' methods.</summary>
    public static void Methods(CodeWriter w, Surface surface, string engine)
    {
        foreach (var (spec, calls) in Of(surface))
        {
            foreach (var call in calls)
            {
                w.Line();
                Method(w, spec, call, engine);
            }
        }
    }

    static void Method(CodeWriter w, CapabilitySpec spec, CapabilityCall call, string engine)
    {
        var parameters = string.Join(", ", call.Method.Parameters.Select(p => MemberEmitter.Declare(p, hasDefault: false)));
        using (w.Block($"{MemberEmitter.ReturnType(call.Member)} global::Zoo.{spec.Interface}.{call.Method.Name}({parameters})"))
        {
            foreach (var unused in call.Unused.Where(p => p.Kind is ParameterKind.Labels or ParameterKind.Rows))
                w.Line($"global::Zoo.Runtime.Arguments.CheckEmpty({unused.Name}.Length, \"{unused.Name}\", {Keyword.Named(unused.Name)});");
            // What tells somebody how far it is has no typed member of its own.
            if (call.Member.Call is ImportanceSamplingCall sampling)
            {
                var named = call.Member.Parameters.Select(p => p with { Name = call.Arguments.First(a => a.Parameter.Equals(p)).Name });
                w.Line("using var zooUse = zooEngine.Enter();");
                MemberEmitter.Sample(w, call.Member with { Parameters = new(named) }, sampling, engine, "progress");
                return;
            }
            var size = call.Size;
            var arguments = call.Member.Parameters.Select(p =>
                call.Arguments.Where(a => a.Parameter.Equals(p)).Select(a => $"{Keyword.Reserved(p.Name)}: {a.Name}")
                    .Concat(call.Unread.Where(p.Equals).Select(u => $"{u.Name}: new float[{Rows(call, size)} * {Text.Number(u.Size)}]"))
                    .FirstOrDefault()).Where(argument => argument is not null);
            var returns = MemberEmitter.ReturnType(call.Member) == "void" ? "" : "return ";
            w.Line($"{returns}{call.Method.Name}({string.Join(", ", arguments)});");
        }
    }

    /// <summary>Rows that there is room for.</summary>
    static string Rows(CapabilityCall call, int size) =>
        $"{call.Arguments.First(a => a.Parameter.Kind == ParameterKind.Result).Name}.Length / {Text.Number(size)}";

    /// <summary>What a class can do, as data of its card.</summary>
    public static void Card(CodeWriter w, Surface surface)
    {
        string Number(int value) => Text.Number(value);
        var (classes, condition) = (Classes(surface), Condition(surface));
        w.Line("Capabilities = new global::Zoo.CapabilityCard[]");
        w.Line("{");
        w.Line($"    new(global::Zoo.Capability.Evaluate, 0, {Number(classes)}, {Number(condition)}, "
            + $"{Number(surface.EvaluatesBatches ? surface.Batch : 1)}),");
        foreach (var (spec, calls) in Of(surface))
            w.Line($"    new(global::Zoo.Capability.{spec.Name}, {Number(calls[0].Size)}, {Number(calls[0].Classes)}, "
                + $"{Number(calls[0].Condition)}, 1),");
        w.Line("},");
    }

    /// <summary>Classes of the labels of a step; 0 where it takes none.</summary>
    public static int Classes(Surface surface) =>
        surface.Inputs.Where(i => i.Element != InputElement.Number).Select(i => i.Size).FirstOrDefault();

    /// <summary>Numbers of the condition of a step; 0 where it takes none.</summary>
    public static int Condition(Surface surface) =>
        surface.Inputs.Skip(1).Where(i => i.Element == InputElement.Number).Select(i => i.Size).FirstOrDefault();
}
