using System.Collections.Generic;
using System.Linq;
using Zoo.Generators.Graphs;
using Zoo.Generators.Variants;

namespace Zoo.Generators.Emission;

/// <summary>Prints what a class gains for its users: construction, training and state as every model has them, then the variant's own members.</summary>
public static class SurfaceEmitter
{
    const string Span = "global::System.ReadOnlySpan<float>";
    const string LabelSpan = "global::System.ReadOnlySpan<int>";
    const string Disposed = "/// <exception cref=\"global::System.ObjectDisposedException\">The model is disposed.</exception>";

    /// <param name="surface">What to print.</param>
    /// <param name="hasGpu">Whether there is an engine for accelerators.</param>
    public static SourceFile Run(Surface surface, bool hasGpu)
    {
        var model = PartialClass.FullName(surface.Identity);
        return PartialClass.Write(
            surface.Identity, "Surface", $"What {surface.Identity.MetadataName} gains: construction, training, inference, state.",
            w => CardEmitter.Remarks(w, surface),
            $" : global::Zoo.IGenerativeModel<{model}>",
            w => Members(w, surface, model, hasGpu));
    }

    static void Members(CodeWriter w, Surface surface, string model, bool hasGpu)
    {
        var engine = EngineNames.Global(surface.Identity);
        Construction(w, surface, engine, hasGpu);
        Losses(w, surface);
        State(w, surface);
        Training(w, surface, engine);
        Evaluation(w, surface, engine);
        if (surface.Phases.Count == 1) Halves(w, surface);
        else HalvesOfPhases(w, surface);
        foreach (var member in surface.Members)
        {
            w.Line();
            MemberEmitter.Write(w, member, engine);
        }
        w.Line();
        Persistence(w, surface, model, engine);
        w.Line();
        CardEmitter.Property(w, surface, engine);
        if (surface.Networks.Count == 0) return;
        w.Line();
        w.Line("// The compiler reads the networks and nobody calls them; naming them keeps analysers from calling them unused.");
        w.Line($"private static string[] ZooNetworks => [{string.Join(", ", surface.Networks.Select(n => $"nameof({n})"))}];");
    }

    static void Construction(CodeWriter w, Surface surface, string engine, bool hasGpu)
    {
        string New(string type, string device)
        {
            var values = string.Join(", ", surface.Hyperparameters.Select(h => Text.Number(h.Initial)));
            var name = Text.String(surface.Identity.Name.TrimStart('@'));
            return $"new {type}(\n        {type}.Describe({name}, {Text.String(Naming.SnakeCase(surface.Variant))}, zooLossNames, [{values}]),\n        seed, {device})";
        }

        w.Line($$"""
            private static readonly string[] zooLossNames = [{{string.Join(", ", surface.Losses.Select(l => Text.String(l.Name)))}}];

            private readonly global::Zoo.Runtime.ModelEngine zooEngine;

            /// <summary>Makes a model with first values drawn from the seed.</summary>
            /// <param name="seed">Seed of the parameters and of every draw in training: the same seed and batches give the same bits.</param>
            /// <param name="device">Where it runs; <see cref="global::Zoo.Device.Cpu"/> where null. The device stays the caller's.</param>
            public {{surface.Identity.Name}}(ulong seed = 0, global::Zoo.Device? device = null)
            """);
        using (w.Block(""))
        {
            if (hasGpu)
            {
                w.Line("device ??= global::Zoo.Device.Cpu;");
                w.Line("// The feature switch lets ahead-of-time compilers drop the other half, and all of ILGPU with it.");
                w.Line("if (global::System.Runtime.CompilerServices.RuntimeFeature.IsDynamicCodeSupported && device.IsGpu)");
                w.Line($"    zooEngine = {New(EngineNames.GlobalGpu(surface.Identity), "device").Replace("\n", "\n    ")};");
                w.Line("else");
                w.Line($"    zooEngine = {New(engine, "device").Replace("\n", "\n    ")};");
            }
            else w.Line($"zooEngine = {New(engine, "device ?? global::Zoo.Device.Cpu")};");
        }
        w.Line();
    }

    static void Losses(CodeWriter w, Surface surface)
    {
        if (surface.Phases.Count > 1)
        {
            w.Line("/// <summary>What training alternates between.</summary>");
            using (w.Block("public enum Phase"))
            {
                foreach (var phase in surface.Phases)
                {
                    w.Line($"/// <summary>The phase <c>{Naming.SnakeCase(phase)}</c>, as names of its hyperparameters and draws begin.</summary>");
                    w.Line(phase + ",");
                }
            }
            w.Line();
        }
        w.Line($"/// <summary>{Text.Xml(surface.LossesSummary)}{(surface.Phases.Count > 1 ? " NaN where the phase was not due." : "")}</summary>");
        foreach (var loss in surface.Losses) w.Line($"/// <param name=\"{loss.Name}\">{Text.Xml(loss.Documentation)}</param>");
        w.Line($"public readonly record struct Losses({string.Join(", ", surface.Losses.Select(l => $"float {l.Name}"))});");
        w.Line();
    }

    static void State(CodeWriter w, Surface surface) => w.Line($$"""
        /// <inheritdoc/>
        public int BatchSize => {{Text.Number(surface.Batch)}};

        /// <inheritdoc/>
        public long Steps => zooEngine.State.Steps;

        /// <inheritdoc/>
        public global::Zoo.ParameterSet Parameters => zooEngine.State.Parameters;

        /// <inheritdoc/>
        public global::Zoo.HyperparameterSet Hyperparameters => zooEngine.State.Hyperparameters;

        /// <inheritdoc/>
        public global::Zoo.DrawSet Draws => zooEngine.State.Draws;

        /// <inheritdoc/>
        public global::System.ReadOnlySpan<string> LossNames => zooLossNames;

        """);

    static void Training(CodeWriter w, Surface surface, string engine)
    {
        var signature = Signature(surface);
        w.Line(surface.Phases.Count == 1
            ? "/// <summary>One update from one batch. Allocates nothing.</summary>"
            : "/// <summary>One update of every phase that is due, in their order, from one batch. Allocates nothing.</summary>");
        Batch(w, surface, " NaN or infinite values are not looked for: they reach the losses and the parameters.");
        w.Line(surface.Phases.Count == 1
            ? "/// <returns>Losses of the batch before the update.</returns>"
            : "/// <returns>Losses of the batch, each before its phase's update; NaN for phases that were not due.</returns>");
        Exceptions(w, surface, "The span has another length.");
        using (w.Block($"public Losses Step({signature})"))
        {
            Check(w, surface);
            w.Line($"zooEngine.TakeStep({Inputs(surface)}, losses: true);");
            w.Line("return ZooLosses();");
        }
        w.Line();
        var types = string.Join(", ", surface.Inputs.Select(i => (i.Element == InputElement.Number ? Span : LabelSpan).Replace("<", "{").Replace(">", "}")));
        w.Line($"/// <summary>The same update as <see cref=\"Step({types})\"/> to the bit, without computing the losses.</summary>");
        Batch(w, surface, "");
        Exceptions(w, surface, "The span has another length.");
        using (w.Block($"public void Train({signature})"))
        {
            Check(w, surface);
            w.Line($"zooEngine.TakeStep({Inputs(surface)}, losses: false);");
        }
        w.Line();
        w.Line($"private Losses ZooLosses() => new(");
        for (var i = 0; i < surface.Losses.Count; i++)
        {
            var (loss, phase) = (surface.Losses[i], surface.Phases[surface.Losses[i].Phase]);
            var result = EngineNames.Result("Gradients" + (surface.Phases.Count == 1 ? "" : phase), loss.Name);
            w.Line($"    zooEngine.Loss({Text.Number(loss.Phase)}, {engine}.{result}){(i + 1 == surface.Losses.Count ? ");" : ",")}");
        }
        w.Line();
    }

    static void Evaluation(CodeWriter w, Surface surface, string engine)
    {
        w.Line("/// <summary>Losses of any number of examples; no state is touched. Draws come from a fixed stream, so that the same examples give the same losses whatever the step.</summary>");
        var first = surface.Inputs[0];
        string Of(InputSpec input) => input.Name == "batch" ? "x" : input.Name;
        w.Line(surface.EvaluatesBatches
            ? $"/// <param name=\"x\">One or more batches of {Text.Number(surface.Batch)} examples of {Text.Number(first.Size)} values: the losses look across the batch.</param>"
            : $"/// <param name=\"x\">One or more examples of {Text.Number(first.Size)} values.</param>");
        foreach (var input in surface.Inputs.Skip(1)) w.Line($"/// <param name=\"{input.Name}\">{Describe(input, "example")}</param>");
        w.Line("/// <returns>Means over the examples.</returns>");
        Exceptions(w, surface, "The span holds no example, or a broken one.");
        var signature = string.Join(", ", surface.Inputs.Select(i => $"{(i.Element == InputElement.Number ? Span : LabelSpan)} {Of(i)}"));
        using (w.Block($"public Losses Evaluate({signature})"))
        {
            w.Line("using var zooUse = zooEngine.Enter();");
            w.Line($"var rows = global::Zoo.Runtime.Arguments.SomeRows(x, {Text.Number(first.Size)}, nameof(x));");
            if (surface.EvaluatesBatches) w.Line($"global::Zoo.Runtime.Arguments.CheckBatches(rows, {Text.Number(surface.Batch)}, nameof(x));");
            foreach (var input in surface.Inputs.Skip(1)) CheckRows(w, surface, input, Of(input), "rows");
            var results = string.Join(", ", surface.Losses.Select(l => $"{engine}.{EngineNames.Result("Evaluate", l.Name)}"));
            w.Line($"global::System.Span<double> means = stackalloc double[{Text.Number(surface.Losses.Count)}];");
            w.Line($"zooEngine.Evaluate({engine}.{EngineNames.Program("Evaluate")}, rows, {Inputs(surface, Of)}, [{results}], means{(surface.EvaluatesBatches ? $", {Text.Number(surface.Batch)}" : "")});");
            w.Line($"return new Losses({string.Join(", ", surface.Losses.Select((_, i) => $"(float)means[{Text.Number(i)}]"))});");
        }
        w.Line();
    }

    static void Halves(CodeWriter w, Surface surface)
    {
        w.Line("/// <summary>The first half of a step: losses and gradients of a batch, for an exchange before <see cref=\"Update\"/>.</summary>");
        Batch(w, surface, "");
        w.Line("/// <returns>Losses of the batch.</returns>");
        Exceptions(w, surface, "The span has another length.");
        using (w.Block($"public Losses Gradients({Signature(surface)})"))
        {
            Check(w, surface);
            w.Line($"zooEngine.Gradients(0, {Inputs(surface)});");
            w.Line("return ZooLosses();");
        }
        w.Line();
        w.Line("/// <summary>The second half of a step: the optimisers take the gradients as they stand in <see cref=\"global::Zoo.ParameterSet.FlatGradients\"/>.</summary>");
        w.Line(Disposed);
        w.Line("public void Update() => zooEngine.Update(0);");
    }

    static void HalvesOfPhases(CodeWriter w, Surface surface)
    {
        w.Line("/// <summary>The first half of one phase's part of a step: its gradients of a batch, for an exchange before <see cref=\"Update(Phase)\"/>.</summary>");
        w.Line("/// <param name=\"phase\">The phase.</param>");
        Batch(w, surface, "");
        w.Line("/// <exception cref=\"global::System.ArgumentOutOfRangeException\">There is no such phase.</exception>");
        Exceptions(w, surface, "The span has another length.");
        using (w.Block($"public void Gradients(Phase phase, {Signature(surface)})"))
        {
            Check(w, surface);
            w.Line($"zooEngine.Gradients((int)phase, {Inputs(surface)});");
        }
        w.Line();
        w.Line("/// <summary>");
        w.Line("/// The second half: the phase's optimisers take the gradients as they stand in <see cref=\"global::Zoo.ParameterSet.FlatGradients\"/>. The update of the last");
        w.Line("/// phase that is due ends the step.");
        w.Line("/// </summary>");
        w.Line("/// <param name=\"phase\">The phase.</param>");
        w.Line("/// <exception cref=\"global::System.ArgumentOutOfRangeException\">There is no such phase.</exception>");
        w.Line(Disposed);
        w.Line("public void Update(Phase phase) => zooEngine.Update((int)phase);");
    }

    static void Persistence(CodeWriter w, Surface surface, string model, string engine)
    {
        string Given(string parameter) => surface.Inputs.Any(i => i.Name == parameter) ? parameter : "";
        w.Line($$"""
            /// <inheritdoc/>
            public void Save(string path) => zooEngine.Save(path);

            /// <summary>Reads a checkpoint that <see cref="Save"/> wrote, or parameters alone under the same names.</summary>
            /// <param name="path">A safetensors file.</param>
            /// <param name="device">Where the model runs; <see cref="global::Zoo.Device.Cpu"/> where null.</param>
            /// <exception cref="global::Zoo.CheckpointException">The file is damaged or of another model; the message says what was expected and what came.</exception>
            /// <exception cref="global::System.IO.IOException">The file cannot be read.</exception>
            public static {{model}} Load(string path, global::Zoo.Device? device = null)
            {
                var model = new {{model}}(0, device);
                try
                {
                    model.zooEngine.State.Load(path);
                    return model;
                }
                catch
                {
                    model.Dispose();
                    throw;
                }
            }

            /// <inheritdoc/>
            public void Dispose() => zooEngine.Dispose();

            void global::Zoo.IGenerativeModel.Step({{Span}} batch, {{LabelSpan}} labels, {{Span}} condition, global::System.Span<float> losses)
            """);
        using (w.Block(""))
        {
            if (Given("labels") == "") w.Line("global::Zoo.Runtime.Arguments.CheckEmpty(labels.Length, \"labels\", nameof(labels));");
            if (Given("condition") == "") w.Line("global::Zoo.Runtime.Arguments.CheckEmpty(condition.Length, \"condition\", nameof(condition));");
            w.Line($"global::Zoo.Runtime.Arguments.CheckLosses(losses, {Text.Number(surface.Losses.Count)}, nameof(losses));");
            var arguments = string.Join(", ", surface.Inputs.Select(i => i.Name));
            if (surface.Losses.Count == 1) w.Line($"losses[0] = Step({arguments}).{surface.Losses[0].Name};");
            else w.Line($"({string.Join(", ", surface.Losses.Select((_, i) => $"losses[{Text.Number(i)}]"))}) = Step({arguments});");
        }
    }

    static string Signature(Surface surface) => string.Join(", ", surface.Inputs.Select(i => $"{(i.Element == InputElement.Number ? Span : LabelSpan)} {i.Name}"));

    static string Describe(InputSpec input, string row) => input.Element switch
    {
        InputElement.Label => $"One label per {row}, from 0 to {Text.Number(input.Size - 1)}.",
        InputElement.OptionalLabel => $"One label per {row}, from 0 to {Text.Number(input.Size - 1)}, or −1 for a row without.",
        _ => $"{Text.Number(input.Size)} values per {row}.",
    };

    static void Batch(CodeWriter w, Surface surface, string more)
    {
        foreach (var input in surface.Inputs)
        {
            var what = input.Name == "batch" ? $"{Text.Number(surface.Batch)} examples of {Text.Number(input.Size)} values.{more}" : Describe(input, "example");
            w.Line($"/// <param name=\"{input.Name}\">{what}</param>");
        }
    }

    static void Exceptions(CodeWriter w, Surface surface, string what)
    {
        w.Line($"/// <exception cref=\"global::System.ArgumentException\">{what}</exception>");
        if (surface.Inputs.Any(i => i.Element != InputElement.Number))
            w.Line("/// <exception cref=\"global::System.ArgumentOutOfRangeException\">A label is outside its range; the message has the row.</exception>");
        w.Line(Disposed);
    }

    /// <summary>Checks of a training batch; labels become floats under their own name with <c>Numbers</c> behind.</summary>
    static void Check(CodeWriter w, Surface surface)
    {
        w.Line("using var zooUse = zooEngine.Enter();");
        foreach (var input in surface.Inputs)
        {
            if (input.Element == InputElement.Number)
                w.Line($"global::Zoo.Runtime.Arguments.CheckBatch({input.Name}, {Text.Number(surface.Batch)}, {Text.Number(input.Size)}, nameof({input.Name}));");
            else CheckRows(w, surface, input, input.Name, Text.Number(surface.Batch));
        }
    }

    static void CheckRows(CodeWriter w, Surface surface, InputSpec input, string name, string rows)
    {
        var (ordinal, isOptional) = (surface.Inputs.ToList().IndexOf(input), input.Element == InputElement.OptionalLabel);
        w.Line(input.Element == InputElement.Number
            ? $"global::Zoo.Runtime.Arguments.CheckRows({name}, {rows}, {Text.Number(input.Size)}, nameof({name}));"
            : MemberEmitter.Labels(ordinal, name, rows, input.Size, isOptional));
    }

    static string Inputs(Surface surface, System.Func<InputSpec, string>? name = null)
    {
        (string, int) Of(InputSpec input) => input.Element == InputElement.Number
            ? ((name ?? (n => n.Name))(input), input.Size)
            : (MemberEmitter.LabelNumbers(input.Name), 1);
        return MemberEmitter.Inputs([.. surface.Inputs.Select(Of)]);
    }
}
