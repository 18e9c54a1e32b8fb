using System.Collections.Generic;
using System.Linq;
using Zoo.Generators.Graphs;
using Zoo.Generators.Variants;

namespace Zoo.Generators.Emission;

/// <summary>Prints a member that a variant declares: its documentation, its checks, and the call of a program.</summary>
static class MemberEmitter
{
    public static void Write(CodeWriter w, SurfaceMember member, string engine, string modifiers)
    {
        w.Line($"/// <summary>{member.Documentation}</summary>");
        foreach (var parameter in member.Parameters) w.Line($"/// <param name=\"{parameter.Name}\">{parameter.Documentation}</param>");
        if (member.Call is ImportanceSamplingCall) w.Line("/// <returns>The mean over the examples.</returns>");
        if (member.Call is RuntimeCall { Returns: { Length: > 0 } what }) w.Line($"/// <returns>{what}</returns>");
        if (member.Call is RuntimeCall { Refusals: var refusals })
            foreach (var (type, when) in refusals) w.Line($"/// <exception cref=\"global::{type}\">{when}</exception>");
        else w.Line($"/// <exception cref=\"global::System.ArgumentException\">{Refusals(member)}</exception>");
        if (member.Parameters.Any(p => p.Kind == ParameterKind.Labels))
            w.Line("/// <exception cref=\"global::System.ArgumentOutOfRangeException\">A label is outside its range; the message has the "
                + "row.</exception>");
        w.Line("/// <exception cref=\"global::System.ObjectDisposedException\">The model is disposed.</exception>");
        // Names come from the user's methods, where @class is one.
        member = member with { Parameters = new(member.Parameters.Select(p => p with { Name = Keyword.Reserved(p.Name) })) };
        using (w.Block($"{modifiers} {ReturnType(member)} {member.Name}({string.Join(", ", member.Parameters.Select(p => Declare(p)))})"))
        {
            w.Line("using var zooUse = zooEngine.Enter();");
            if (member.Call is InferenceCall inference) Infer(w, member, inference.Program, engine);
            else if (member.Call is ImportanceSamplingCall sampling) Sample(w, member, sampling, engine);
            else if (member.Call is RuntimeCall runtime) Call(w, member, runtime, engine);
        }
    }

    /// <summary>What a member returns.</summary>
    public static string ReturnType(SurfaceMember member) =>
        member.Call switch { ImportanceSamplingCall => "double", RuntimeCall call => Global(call.Type), _ => "void" };

    /// <summary>A type of the base library has a keyword, and any other a namespace.</summary>
    static string Global(string type) => type.Contains(".") ? $"global::{type}" : type;

    static void Call(CodeWriter w, SurfaceMember member, RuntimeCall call, string engine)
    {
        string Behind(RuntimeArgument argument) => argument switch
        {
            { Program: "" } => argument.Number == (int)argument.Number
                ? Text.Number((long)argument.Number)
                : Text.Number(argument.Number),
            { Output: "" } => $"{engine}.{EngineNames.Program(argument.Program)}",
            _ => $"{engine}.{EngineNames.Output(argument.Program, argument.Output)}",
        };
        var arguments = call.Behind.Select(Behind).Concat(member.Parameters.Select(p => p.Name)).Prepend("zooEngine");
        w.Line($"{(call.Type == "void" ? "" : "return ")}global::Zoo.Runtime.{call.Method}(\n    {string.Join(", ", arguments)});");
    }

    static string Refusals(SurfaceMember member)
    {
        var hasRows = member.Parameters.Any(p => p.Kind is ParameterKind.Rows or ParameterKind.Labels);
        if (!hasRows)
            return $"The length is no multiple of {Text.Number(member.Parameters.First(p => p.Kind == ParameterKind.Result).Size)}.";
        return member.Parameters.FirstOrDefault(p => p.Kind == ParameterKind.Count) is { Name: { } count }
            ? $"A span has a length that does not fit, or <paramref name=\"{count}\"/> is below 1."
            : "A span has a length that does not fit.";
    }

    /// <param name="parameter">The parameter.</param>
    /// <param name="hasDefault">Whether what may be left out says what it then is; an interface's method says that itself.</param>
    public static string Declare(SurfaceParameter parameter, bool hasDefault = true) =>
        hasDefault ? Declared(parameter) : Declared(parameter).Split(new[] { " = " }, System.StringSplitOptions.None)[0];

    static string Declared(SurfaceParameter parameter) => parameter.Kind switch
    {
        ParameterKind.Rows => $"global::System.ReadOnlySpan<float> {parameter.Name}",
        ParameterKind.OptionalRows => $"global::System.ReadOnlySpan<float> {parameter.Name} = default",
        ParameterKind.Labels => $"global::System.ReadOnlySpan<int> {parameter.Name}",
        ParameterKind.Seed => $"ulong {parameter.Name}",
        ParameterKind.Result => $"global::System.Span<float> {parameter.Name}",
        ParameterKind.Count => $"int {parameter.Name}",
        ParameterKind.Flag => $"bool {parameter.Name} = false",
        ParameterKind.Number => $"double {parameter.Name}",
        ParameterKind.Numbers => $"global::System.ReadOnlySpan<double> {parameter.Name}",
        ParameterKind.Progress => $"global::System.IProgress<double>? {parameter.Name} = null",
        _ => $"global::System.Span<double> {parameter.Name} = default",
    };

    static void Infer(CodeWriter w, SurfaceMember member, string program, string engine)
    {
        var given = member.Parameters.Where(p => p.Kind is ParameterKind.Rows or ParameterKind.Labels).ToList();
        var results = member.Parameters.Where(p => p.Kind == ParameterKind.Result).ToList();
        // The first span says how many rows there are, and the others must agree.
        var first = given.Count > 0 ? given[0] : results[0];
        w.Line(first.Kind == ParameterKind.Labels
            ? $"var rows = {first.Name}.Length;"
            : $"var rows = global::Zoo.Runtime.Arguments.Rows({first.Name}, {Text.Number(first.Size)}, {Keyword.Named(first.Name)});");
        for (var i = 0; i < given.Count; i++)
        {
            var parameter = given[i];
            if (parameter.Kind == ParameterKind.Labels) w.Line(Labels(i, parameter.Name, "rows", parameter.Size, isOptional: false));
            else if (!parameter.Equals(first))
                w.Line($"global::Zoo.Runtime.Arguments.CheckRows({parameter.Name}, rows, {Text.Number(parameter.Size)}, "
                    + $"{Keyword.Named(parameter.Name)});");
        }
        foreach (var result in results)
            if (!result.Equals(first))
                w.Line($"global::Zoo.Runtime.Arguments.CheckResult({result.Name}, rows, {Text.Number(result.Size)}, "
                    + $"{Keyword.Named(result.Name)});");
        var seed = member.Parameters.Where(p => p.Kind == ParameterKind.Seed).Select(p => p.Name).FirstOrDefault() ?? "0";
        var inputs = Inputs([.. given.Select(p => p.Kind == ParameterKind.Labels ? (LabelNumbers(p.Name), 1) : (p.Name, p.Size))]);
        var spans = results.Select(r => $"new global::Zoo.Runtime.ResultSpan({engine}.{EngineNames.Output(program, r.Output)}, "
            + $"{Text.Number(r.Size)}, {r.Name})").ToList();
        var head = $"zooEngine.Infer({engine}.{EngineNames.Program(program)}, rows, {seed}, {inputs}";
        if (spans.Count == 1) w.Line($"{head}, {spans[0]});");
        // The engine hands over two results of a run; the same run again gives the same numbers.
        else for (var i = 0; i < spans.Count; i += 2) w.Line($"{head},\n    {string.Join(",\n    ", spans.Skip(i).Take(2))});");
    }

    /// <summary>The body of log p(x) by importance sampling.</summary>
    /// <param name="w">Where to.</param>
    /// <param name="member">The member, its parameters named as where the body stands.</param>
    /// <param name="call">Its programs.</param>
    /// <param name="engine">The engine's class.</param>
    /// <param name="progress">Who is told how far it is; null for nobody.</param>
    public static void Sample(
        CodeWriter w, SurfaceMember member, ImportanceSamplingCall call, string engine, string? progress = null)
    {
        var given = member.Parameters.Where(p => p.Kind is ParameterKind.Rows or ParameterKind.Labels).ToList();
        var (x, condition) = (given[0], "");
        if (given.Count > 1)
        {
            var y = given[1];
            w.Line($"var rows = global::Zoo.Runtime.Arguments.Rows({x.Name}, {Text.Number(x.Size)}, {Keyword.Named(x.Name)});");
            w.Line(y.Kind == ParameterKind.Labels
                ? Labels(1, y.Name, "rows", y.Size, isOptional: false)
                : $"global::Zoo.Runtime.Arguments.CheckRows({y.Name}, rows, {Text.Number(y.Size)}, {Keyword.Named(y.Name)});");
            condition = y.Kind == ParameterKind.Labels ? $", {LabelNumbers(y.Name)}, 1" : $", {y.Name}, {Text.Number(y.Size)}";
        }
        if (progress is not null) condition += $", progress: {progress}";
        var (samples, perRow) = (member.Parameters.First(p => p.Kind == ParameterKind.Count).Name,
            member.Parameters.First(p => p.Kind == ParameterKind.PerRow).Name);
        string Output(string name) => $"{engine}.{EngineNames.Output(call.Encode, name)}";
        w.Line($"""
            return global::Zoo.Runtime.ImportanceSampling.LogLikelihood(
                zooEngine, {engine}.{EngineNames.Program(call.Encode)}, {engine}.{EngineNames.Program(call.Weigh)},
                {Output("mean")}, {Output("log_variance")}, {engine}.{EngineNames.Loss(call.Weigh, "LogWeight")},
                {Text.Number(call.Latent)}, {x.Name}, {Text.Number(x.Size)}, {samples}, {perRow}{condition});
            """);
    }

    /// <summary>A statement that checks labels and makes numbers of them.</summary>
    public static string Labels(int input, string name, string rows, int classes, bool isOptional)
    {
        var range = $"{rows}, {Text.Number(classes)}, isOptional: {(isOptional ? "true" : "false")}";
        return $"var {LabelNumbers(name)} = zooEngine.Labels({Text.Number(input)}, {name}, {range}, {Keyword.Named(name)});";
    }

    public static string LabelNumbers(string name) => name + "Numbers";

    /// <summary>An expression for the data of a run: spans with the floats of a row.</summary>
    public static string Inputs(IReadOnlyList<(string Span, int Width)> inputs) => inputs.Count == 0
        ? "default"
        : $"new global::Zoo.Runtime.Inputs({string.Join(", ", inputs.Select(i => $"{i.Span}, {Text.Number(i.Width)}"))})";
}
