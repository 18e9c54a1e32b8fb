using System;
using System.Collections.Generic;
using System.Linq;
using Zoo.Generators.Graphs;
using Zoo.Generators.Tracing;
using Zoo.Generators.Variants;

namespace Zoo.Generators.Emission;

/// <summary>
/// Prints what a class gains for its users: construction, training and state as every model has them, then the variant's own members.
/// </summary>
public sealed class SurfaceEmitter
{
    const string Span = "global::System.ReadOnlySpan<float>";
    const string LabelSpan = "global::System.ReadOnlySpan<int>";
    const string Arguments = "global::Zoo.Runtime.Arguments";
    const string Disposed = "/// <exception cref=\"global::System.ObjectDisposedException\">The model is disposed.</exception>";
    const string LabelOutside =
        "/// <exception cref=\"global::System.ArgumentOutOfRangeException\">"
        + "A label is outside its range; the message has the row.</exception>";
    const string NoPhase = "/// <exception cref=\"global::System.ArgumentOutOfRangeException\">There is no such phase.</exception>";

    readonly CodeWriter w;
    readonly Surface surface;
    readonly string model;
    readonly string engine;
    readonly bool hasGpu;

    SurfaceEmitter(CodeWriter w, Surface surface, bool hasGpu)
    {
        (this.w, this.surface, this.hasGpu) = (w, surface, hasGpu);
        (model, engine) = (PartialClass.FullName(surface.Identity), EngineNames.Global(surface.Identity));
    }

    /// <param name="surface">What to print.</param>
    /// <param name="hasGpu">Whether there is an engine for accelerators.</param>
    public static SourceFile Run(Surface surface, bool hasGpu) => PartialClass.Write(
        surface.Identity, "Surface", $"What {surface.Identity.MetadataName} gains: construction, training, inference, state.",
        w => CardEmitter.Remarks(w, surface),
        $" :\n    global::Zoo.IGenerativeModel<{PartialClass.FullName(surface.Identity)}>,\n    "
            + string.Join(", ", CapabilityEmitter.Interfaces(surface)),
        w => new SurfaceEmitter(w, surface, hasGpu).Members());

    bool HasPhases => surface.Phases.Count > 1;

    void Members()
    {
        Construction();
        Losses();
        State();
        Training();
        Evaluation();
        Halves();
        foreach (var member in surface.Members)
        {
            w.Line();
            MemberEmitter.Write(w, member, engine, surface.Modifiers(surface.Declaration(member)));
        }
        w.Line();
        PersistenceEmitter.Write(w, surface, model);
        DisposalEmitter.Write(w, surface.Class.Disposal);
        StepOfAny();
        EvaluateOfAny();
        CapabilityEmitter.Methods(w, surface, engine);
        w.Line();
        CardEmitter.Property(w, surface, engine);
        if (!surface.NamesNetworks) return;
        w.Line();
        w.Line("// The compiler reads the networks and nobody calls them; naming them keeps analysers from calling them unused.");
        var names = string.Join(", ", surface.Networks.Select(n => $"nameof({Keyword.Escape(n)})"));
        w.Line($"private static string[] ZooNetworks => [{names}];");
    }

    string Public(string name, string type) => surface.Modifiers(new(name, null, type));

    void Construction()
    {
        w.Line($$"""
            private static readonly string[] zooLossNames = [{{string.Join(", ", surface.Losses.Select(l => Text.String(l.Name)))}}];

            private readonly global::Zoo.Runtime.ModelEngine zooEngine;

            /// <summary>Makes a model with first values drawn from the seed.</summary>
            /// <param name="seed">
            /// Seed of the parameters and of every draw in training: the same seed and batches give the same bits.
            /// </param>
            /// <param name="device">Where it runs; <see cref="global::Zoo.Device.Cpu"/> where null. The device stays the caller's.</param>
            """);
        if (surface.Class.SetsRequiredMembers) w.Line("[global::System.Diagnostics.CodeAnalysis.SetsRequiredMembers]");
        var silenced = string.Join(", ", surface.Class.SilencedInConstructor);
        if (silenced.Length > 0) w.Line($"#pragma warning disable {silenced}");
        using (w.Block($"public {surface.Identity.Name}(ulong seed = 0, global::Zoo.Device? device = null)"))
        {
            if (hasGpu)
            {
                w.Line("device ??= global::Zoo.Device.Cpu;");
                w.Line("// The feature switch lets ahead-of-time compilers drop the other half, and all of ILGPU with it.");
                w.Line("if (global::System.Runtime.CompilerServices.RuntimeFeature.IsDynamicCodeSupported && device.IsGpu)");
                w.Line($"    zooEngine = {NewEngine(EngineNames.GlobalGpu(surface.Identity), "device").Replace("\n", "\n    ")};");
                w.Line("else");
                w.Line($"    zooEngine = {NewEngine(engine, "device").Replace("\n", "\n    ")};");
            }
            else w.Line($"zooEngine = {NewEngine(engine, "device ?? global::Zoo.Device.Cpu")};");
        }
        if (silenced.Length > 0) w.Line($"#pragma warning restore {silenced}");
        w.Line();
    }

    string NewEngine(string type, string device)
    {
        var values = string.Join(", ", surface.Hyperparameters.Select(h => Text.Number(h.Initial)));
        var (name, variant) = (Text.String(surface.Identity.Name.TrimStart('@')), Text.String(Naming.SnakeCase(surface.Variant)));
        var told = surface.ToldOptions.Select(o => $"new({Text.String(o.Name)}, {Text.String(o.Value)})").ToList();
        var options = told.Count == 0 ? "" : $" with\n        {{\n            Options = [{string.Join(", ", told)}],\n        }}";
        return $"new {type}(\n        {type}.Describe({name}, {variant}, zooLossNames, [{values}]){options},\n        seed, {device})";
    }

    void Losses()
    {
        if (HasPhases)
        {
            w.Line("/// <summary>What training alternates between.</summary>");
            using (w.Block("public enum Phase"))
            {
                foreach (var phase in surface.Phases)
                {
                    var snake = Naming.SnakeCase(phase);
                    w.Line($"/// <summary>The phase <c>{snake}</c>, as names of its hyperparameters and draws begin.</summary>");
                    w.Line(Keyword.Escape(phase) + ",");
                }
            }
            w.Line();
        }
        w.Line($"/// <summary>{Text.Xml(surface.LossesSummary)}{(HasPhases ? " NaN where the phase was not due." : "")}</summary>");
        foreach (var loss in surface.Losses) w.Line($"/// <param name=\"{loss.Name}\">{Text.Xml(loss.Documentation)}</param>");
        var properties = string.Join(", ", surface.Losses.Select(l => $"float {Keyword.Escape(l.Name)}"));
        w.Line($"public readonly record struct Losses({properties});");
        w.Line();
    }

    void State()
    {
        string Of(string type, string name) => $"{Public(name, $"Zoo.{type}")} global::Zoo.{type} {name} => zooEngine.State.{name};";

        w.Line($$"""
            /// <inheritdoc/>
            {{Public("BatchSize", "int")}} int BatchSize => {{Text.Number(surface.Batch)}};

            /// <inheritdoc/>
            {{Public("Steps", "long")}} long Steps => zooEngine.State.Steps;

            /// <inheritdoc/>
            {{Of("ParameterSet", "Parameters")}}

            /// <inheritdoc/>
            {{Of("HyperparameterSet", "Hyperparameters")}}

            /// <inheritdoc/>
            {{Of("DrawSet", "Draws")}}

            /// <inheritdoc/>
            {{Public("LossNames", "System.ReadOnlySpan<string>")}} global::System.ReadOnlySpan<string> LossNames => zooLossNames;

            """);
    }

    void Training()
    {
        OnBatch(
            HasPhases
                ? "One update of every phase that is due, in their order, from one batch. Allocates nothing."
                : "One update from one batch. Allocates nothing.",
            "public Losses Step", $"zooEngine.TakeStep({Inputs()}, losses: true);",
            HasPhases
                ? "Losses of the batch, each before its phase's update; NaN for phases that were not due."
                : "Losses of the batch before the update.",
            $" {OutsideTheRange} are not looked for: they reach the losses and the parameters.");
        var types = string.Join(", ", surface.Inputs.Select(i => TypeOf(i).Replace("<", "{").Replace(">", "}")));
        OnBatch(
            $"The same update as <see cref=\"Step({types})\"/> to the bit, without computing the losses.",
            $"{surface.Modifiers(surface.Train)} void Train", $"zooEngine.TakeStep({Inputs()}, losses: false);");
        w.Line("private Losses ZooLosses() => new(");
        for (var i = 0; i < surface.Losses.Count; i++)
        {
            var (loss, phase) = (surface.Losses[i], surface.Phases[surface.Losses[i].Phase]);
            var result = EngineNames.Loss("Gradients" + (HasPhases ? phase : ""), loss.Name);
            w.Line($"    zooEngine.Loss({Text.Number(loss.Phase)}, {engine}.{result}){(i + 1 == surface.Losses.Count ? ");" : ",")}");
        }
        w.Line();
    }

    string OutsideTheRange => surface.HasUnitExamples ? "Values outside, NaN and infinite ones" : "NaN or infinite values";

    void Evaluation()
    {
        w.Line("""
            /// <summary>
            /// Losses of any number of examples; no state is touched. Draws come from a fixed stream, so that the same examples give the
            /// same losses whatever the step.
            /// </summary>
            """);
        var first = surface.Inputs[0];
        string Of(InputSpec input) => input.Name == "batch" ? "x" : input.Name;
        var examples = surface.EvaluatesBatches
            ? $"One or more batches of {Text.Number(surface.Batch)} examples of {Values(first)}: the losses look across the batch."
            : $"One or more examples of {Values(first)}.";
        w.Line($"/// <param name=\"x\">{examples}</param>");
        foreach (var input in surface.Inputs.Skip(1)) w.Line($"/// <param name=\"{input.Name}\">{Describe(input, "example")}</param>");
        w.Line("/// <returns>Means over the examples.</returns>");
        Exceptions("The span holds no example, or a broken one, or a value that <see cref=\"ChecksData\"/> does not let pass.");
        var signature = string.Join(", ", surface.Inputs.Select(i => $"{TypeOf(i)} {Of(i)}"));
        using (w.Block($"public Losses Evaluate({signature})"))
        {
            w.Line("using var zooUse = zooEngine.Enter();");
            w.Line($"var rows = {Arguments}.SomeRows(x, {Text.Number(first.Size)}, \"x\");");
            if (surface.EvaluatesBatches) w.Line($"{Arguments}.CheckBatches(rows, {Text.Number(surface.Batch)}, \"x\");");
            foreach (var input in surface.Inputs.Skip(1)) CheckRows(input, Of(input), "rows");
            foreach (var input in surface.Inputs.Where(i => i.Element == InputElement.Number))
            {
                var (name, range) = (Of(input), $"{Text.Number(input.Size)}, global::Zoo.DataRange.{Range(input)}");
                w.Line($"zooEngine.CheckData({name}, {range}, {Keyword.Named(name)});");
            }
            var results = surface.Losses.Select(l => $"{engine}.{EngineNames.Loss("Evaluate", l.Name)}").ToList();
            w.Line($"global::System.Span<double> means = stackalloc double[{Text.Number(surface.Losses.Count)}];");
            w.Line("zooEngine.Evaluate(");
            w.Line($"    {engine}.{EngineNames.Program("Evaluate")}, rows, {Inputs(Of)},");
            w.Line($"    [{string.Join(", ", results)}], means{(surface.EvaluatesBatches ? $", {Text.Number(surface.Batch)}" : "")});");
            w.Line($"return new Losses({string.Join(", ", surface.Losses.Select((_, i) => $"(float)means[{Text.Number(i)}]"))});");
        }
        w.Line();
        var refused = surface.HasUnitExamples ? "values that are not from 0 to 1" : "NaN and infinite values";
        w.Line("/// <summary>");
        w.Line($"/// Whether <c>Evaluate</c> refuses {refused} and names the first: its row, its place and what it is. True at first.");
        w.Line("/// </summary>");
        using (w.Block($"{surface.Modifiers(surface.ChecksData)} bool ChecksData"))
        {
            w.Line("get => zooEngine.ChecksData;");
            w.Line("set => zooEngine.ChecksData = value;");
        }
        w.Line();
    }

    void Halves()
    {
        if (HasPhases)
        {
            OnBatch(
                "The first half of one phase's part of a step: its gradients of a batch, for an exchange before "
                    + "<see cref=\"Update(Phase)\"/>.",
                "public void Gradients", $"zooEngine.Gradients((int)phase, {Inputs()});", takesPhase: true);
            w.Line("""
                /// <summary>
                /// The second half: the phase's optimisers take the gradients as they stand in
                /// <see cref="global::Zoo.ParameterSet.FlatGradients"/>. The update of the last phase that is due ends the step.
                /// </summary>
                """);
            w.Line("/// <param name=\"phase\">The phase.</param>");
            w.Line(NoPhase);
            w.Line(Disposed);
            w.Line("public void Update(Phase phase) => zooEngine.Update((int)phase);");
            return;
        }
        OnBatch(
            "The first half of a step: losses and gradients of a batch, for an exchange before <see cref=\"Update()\"/>.",
            "public Losses Gradients", $"zooEngine.Gradients(0, {Inputs()});", "Losses of the batch.");
        w.Line("""
            /// <summary>
            /// The second half of a step: the optimisers take the gradients as they stand in
            /// <see cref="global::Zoo.ParameterSet.FlatGradients"/>.
            /// </summary>
            """);
        w.Line(Disposed);
        w.Line($"{surface.Modifiers(surface.Update)} void Update() => zooEngine.Update(0);");
    }

    /// <summary>A member that is given one batch: its documentation, its checks, and what it runs.</summary>
    /// <param name="summary">What it does.</param>
    /// <param name="head">Its declaration up to the parameters.</param>
    /// <param name="run">The statement that does it.</param>
    /// <param name="returns">What the losses are that it returns; null where it returns nothing.</param>
    /// <param name="more">What is to be said of the batch beside its size.</param>
    /// <param name="takesPhase">Whether the phase is its first parameter.</param>
    void OnBatch(string summary, string head, string run, string? returns = null, string more = "", bool takesPhase = false)
    {
        w.Line($"/// <summary>{summary}</summary>");
        if (takesPhase) w.Line("/// <param name=\"phase\">The phase.</param>");
        foreach (var input in surface.Inputs)
        {
            var isBatch = input.Name == "batch";
            var what = isBatch ? $"{Text.Number(surface.Batch)} examples of {Values(input)}.{more}" : Describe(input, "example");
            w.Line($"/// <param name=\"{input.Name}\">{what}</param>");
        }
        if (returns is not null) w.Line($"/// <returns>{returns}</returns>");
        if (takesPhase) w.Line(NoPhase);
        Exceptions("The span has another length.");
        var parameters = string.Join(", ", surface.Inputs.Select(i => $"{TypeOf(i)} {i.Name}"));
        using (w.Block($"{head}({(takesPhase ? "Phase phase, " : "")}{parameters})"))
        {
            w.Line("using var zooUse = zooEngine.Enter();");
            foreach (var input in surface.Inputs)
            {
                var rows = Text.Number(surface.Batch);
                if (input.Element == InputElement.Number)
                    w.Line($"{Arguments}.CheckBatch({input.Name}, {rows}, {Text.Number(input.Size)}, {Keyword.Named(input.Name)});");
                else CheckRows(input, input.Name, rows);
            }
            w.Line(run);
            if (returns is not null) w.Line("return ZooLosses();");
        }
        w.Line();
    }

    /// <summary>What whoever holds any model calls.</summary>
    void StepOfAny()
    {
        var parameters = $"{Span} batch, {LabelSpan} labels, {Span} condition, global::System.Span<float> losses";
        using (w.Block($"void global::Zoo.IGenerativeModel.Step({parameters})"))
            LossesOf("Step", surface.Inputs.Select(i => i.Name));
    }

    /// <summary>The same of what is evaluated.</summary>
    void EvaluateOfAny()
    {
        w.Line();
        var parameters = $"{Span} x, {LabelSpan} labels, {Span} condition, global::System.Span<float> losses";
        using (w.Block($"void global::Zoo.IEvaluator.Evaluate({parameters})"))
            LossesOf("Evaluate", surface.Inputs.Select(i => i.Name == "batch" ? "x" : i.Name));
    }

    /// <summary>Calls a typed member with what it takes, and writes its losses one after the other.</summary>
    void LossesOf(string member, IEnumerable<string> inputs)
    {
        foreach (var name in new[] { "labels", "condition" })
            if (surface.Inputs.All(i => i.Name != name))
                w.Line($"{Arguments}.CheckEmpty({name}.Length, \"{name}\", {Keyword.Named(name)});");
        w.Line($"{Arguments}.CheckLosses(losses, {Text.Number(surface.Losses.Count)}, \"losses\");");
        var arguments = string.Join(", ", inputs);
        if (surface.Losses.Count == 1) w.Line($"losses[0] = {member}({arguments}).{Keyword.Escape(surface.Losses[0].Name)};");
        else w.Line($"({string.Join(", ", surface.Losses.Select((_, i) => $"losses[{Text.Number(i)}]"))}) = {member}({arguments});");
    }

    static string TypeOf(InputSpec input) => input.Element == InputElement.Number ? Span : LabelSpan;

    string Range(InputSpec input) => input.Name == "batch" && surface.HasUnitExamples ? "Unit" : "Finite";

    string Values(InputSpec input) => $"{Text.Number(input.Size)} {(Range(input) == "Unit" ? "values from 0 to 1" : "finite values")}";

    string Describe(InputSpec input, string row) => input.Element switch
    {
        InputElement.Label => $"One label per {row}, from 0 to {Text.Number(input.Size - 1)}.",
        InputElement.OptionalLabel => $"One label per {row}, from 0 to {Text.Number(input.Size - 1)}, or −1 for a row without.",
        _ => $"{Values(input)} per {row}.",
    };

    void Exceptions(string what)
    {
        w.Line($"/// <exception cref=\"global::System.ArgumentException\">{what}</exception>");
        if (surface.Inputs.Any(i => i.Element != InputElement.Number))
            w.Line(LabelOutside);
        w.Line(Disposed);
    }

    /// <summary>Checks data of so many rows; labels become floats under their own name with <c>Numbers</c> behind.</summary>
    void CheckRows(InputSpec input, string name, string rows) => w.Line(input.Element == InputElement.Number
        ? $"{Arguments}.CheckRows({name}, {rows}, {Text.Number(input.Size)}, {Keyword.Named(name)});"
        : MemberEmitter.Labels(surface.Inputs.ToList().IndexOf(input), name, rows, input.Size,
            input.Element == InputElement.OptionalLabel));

    string Inputs(Func<InputSpec, string>? name = null)
    {
        (string, int) Of(InputSpec input) => input.Element == InputElement.Number
            ? ((name ?? (i => i.Name))(input), input.Size)
            : (MemberEmitter.LabelNumbers(input.Name), 1);

        return MemberEmitter.Inputs([.. surface.Inputs.Select(Of)]);
    }
}
