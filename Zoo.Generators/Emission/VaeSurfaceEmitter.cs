using System.Collections.Generic;
using System.Linq;
using Zoo.Generators.Graphs;
using Zoo.Generators.Passes;
using Zoo.Generators.Plans;
using Zoo.Generators.Tracing;
using Zoo.Generators.Variants;

namespace Zoo.Generators.Emission;

/// <summary>Prints what a variational auto-encoder's class gains for its users.</summary>
public static class VaeSurfaceEmitter
{
    /// <param name="trace">The declaration.</param>
    /// <param name="hasGpu">Whether there is an engine for accelerators.</param>
    public static SourceFile Run(ModelTrace trace, bool hasGpu)
    {
        var model = PartialClass.FullName(trace.Identity);
        return PartialClass.Write(
            trace.Identity, "Surface", $"What {trace.Identity.MetadataName} gains: construction, training, inference, state.",
            w => CardEmitter.Remarks(w, trace),
            $" : global::Zoo.IGenerativeModel<{model}>",
            w => Members(w, trace, model, hasGpu));
    }

    static void Members(CodeWriter w, ModelTrace trace, string model, bool hasGpu)
    {
        var engine = EngineNames.Global(trace.Identity);
        var input = (trace.Options.Shape("Input") ?? Shape.Scalar).Count;
        var latent = Vae.Latent(trace.Network("Encoder")!).Count;
        var batch = trace.Options.Int("Batch", 1);
        var self = trace.Identity.Name;
        var losses = string.Join(", ", VaePrograms.Losses.Select(Text.String));
        w.Line($$"""
            private static readonly string[] zooLossNames = [{{losses}}];

            private readonly global::Zoo.Runtime.ModelEngine zooEngine;

            /// <summary>Makes a model with first values drawn from the seed.</summary>
            /// <param name="seed">Seed of the parameters and of every draw in training: the same seed and batches give the same bits.</param>
            /// <param name="device">Where it runs; <see cref="global::Zoo.Device.Cpu"/> where null. The device stays the caller's.</param>
            public {{self}}(ulong seed = 0, global::Zoo.Device? device = null)
            {
            {{Construction(trace, engine, hasGpu)}}
            }

            /// <summary>Means over the rows, in nats.</summary>
            /// <param name="Reconstruction">E log p(x|z) under q(z|x): higher is better.</param>
            /// <param name="Divergence">KL(q(z|x) ‖ p(z)){{(trace.Options.Int("Samples", 1) > 1 ? ", as what the bound leaves: Reconstruction − Elbo" : "; not negative")}}.</param>
            /// <param name="Elbo">The evidence lower bound, Reconstruction − Divergence (Kingma and Welling 2014, eq. 3){{(trace.Options.Int("Samples", 1) > 1 ? ", with several samples L_K (Burda et al. 2016, eq. 8)" : "")}}; β does not enter it.</param>
            public readonly record struct Losses(float Reconstruction, float Divergence, float Elbo);

            /// <inheritdoc/>
            public int BatchSize => {{Text.Number(batch)}};

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

            /// <summary>One update from one batch. Allocates nothing.</summary>
            /// <param name="batch">{{Text.Number(batch)}} examples of {{Text.Number(input)}} values. NaN or infinite values are not looked for: they reach the losses and the parameters.</param>
            /// <returns>Losses of the batch before the update.</returns>
            /// <exception cref="global::System.ArgumentException">The span has another length.</exception>
            /// <exception cref="global::System.ObjectDisposedException">The model is disposed.</exception>
            public Losses Step(global::System.ReadOnlySpan<float> batch)
            {
                using var zooUse = zooEngine.Enter();
                global::Zoo.Runtime.Arguments.CheckBatch(batch, {{Text.Number(batch)}}, {{Text.Number(input)}}, nameof(batch));
                zooEngine.RunBatch({{engine}}.GradientsProgram, batch);
                Update();
                return ZooLosses();
            }

            /// <summary>The same update as <see cref="Step(global::System.ReadOnlySpan{float})"/> to the bit, without computing the losses.</summary>
            /// <param name="batch">{{Text.Number(batch)}} examples of {{Text.Number(input)}} values.</param>
            /// <exception cref="global::System.ArgumentException">The span has another length.</exception>
            /// <exception cref="global::System.ObjectDisposedException">The model is disposed.</exception>
            public void Train(global::System.ReadOnlySpan<float> batch)
            {
                using var zooUse = zooEngine.Enter();
                global::Zoo.Runtime.Arguments.CheckBatch(batch, {{Text.Number(batch)}}, {{Text.Number(input)}}, nameof(batch));
                zooEngine.RunBatch({{engine}}.TrainingGradientsProgram, batch);
                Update();
            }

            /// <summary>Losses of any number of examples; no state is touched. The codes are drawn from a fixed stream, so that the same examples give the same losses whatever the step.</summary>
            /// <param name="x">One or more examples of {{Text.Number(input)}} values.</param>
            /// <returns>Means over the examples.</returns>
            /// <exception cref="global::System.ArgumentException">The span holds no example, or a broken one.</exception>
            /// <exception cref="global::System.ObjectDisposedException">The model is disposed.</exception>
            public Losses Evaluate(global::System.ReadOnlySpan<float> x)
            {
                using var zooUse = zooEngine.Enter();
                var rows = global::Zoo.Runtime.Arguments.Rows(x, {{Text.Number(input)}}, nameof(x));
                if (rows == 0) throw new global::System.ArgumentException("Expected at least one example, but got none.", nameof(x));
                var (reconstruction, divergence, elbo) = (0.0, 0.0, 0.0);
                for (var row = 0; row < rows; row += zooEngine.ChunkRows)
                {
                    var count = global::System.Math.Min(zooEngine.ChunkRows, rows - row);
                    zooEngine.Run({{engine}}.EvaluateProgram, new global::Zoo.Runtime.ProgramRun(count, zooEngine.State.Seed, 0, 0, row), x.Slice(row * {{Text.Number(input)}}, count * {{Text.Number(input)}}));
                    for (var i = 0; i < count; i++)
                    {
                        reconstruction += zooEngine.Result({{engine}}.EvaluateReconstructionResult + i);
                        divergence += zooEngine.Result({{engine}}.EvaluateDivergenceResult + i);
                        elbo += zooEngine.Result({{engine}}.EvaluateElboResult + i);
                    }
                }
                return new Losses((float)(reconstruction / rows), (float)(divergence / rows), (float)(elbo / rows));
            }

            /// <summary>The first half of a step: losses and gradients of a batch, for an exchange before <see cref="Update"/>.</summary>
            /// <param name="batch">{{Text.Number(batch)}} examples of {{Text.Number(input)}} values.</param>
            /// <returns>Losses of the batch.</returns>
            /// <exception cref="global::System.ArgumentException">The span has another length.</exception>
            /// <exception cref="global::System.ObjectDisposedException">The model is disposed.</exception>
            public Losses Gradients(global::System.ReadOnlySpan<float> batch)
            {
                using var zooUse = zooEngine.Enter();
                global::Zoo.Runtime.Arguments.CheckBatch(batch, {{Text.Number(batch)}}, {{Text.Number(input)}}, nameof(batch));
                zooEngine.RunBatch({{engine}}.GradientsProgram, batch);
                return ZooLosses();
            }

            /// <summary>The second half of a step: the optimisers take the gradients as they stand in <see cref="global::Zoo.ParameterSet.FlatGradients"/>.</summary>
            /// <exception cref="global::System.ObjectDisposedException">The model is disposed.</exception>
            public void Update() => zooEngine.Update({{engine}}.UpdateProgram);

            /// <summary>Mean of q(z|x) for each example.</summary>
            /// <param name="x">Examples of {{Text.Number(input)}} values.</param>
            /// <param name="mean">Receives {{Text.Number(latent)}} values per example.</param>
            /// <exception cref="global::System.ArgumentException">A span has a length that does not fit.</exception>
            /// <exception cref="global::System.ObjectDisposedException">The model is disposed.</exception>
            public void Encode(global::System.ReadOnlySpan<float> x, global::System.Span<float> mean)
            {
                using var zooUse = zooEngine.Enter();
                var rows = global::Zoo.Runtime.Arguments.Rows(x, {{Text.Number(input)}}, nameof(x));
                global::Zoo.Runtime.Arguments.CheckResult(mean, rows, {{Text.Number(latent)}}, nameof(mean));
                zooEngine.Infer({{engine}}.EncodeProgram, rows, 0, x, {{Text.Number(input)}}, new global::Zoo.Runtime.ResultSpan({{engine}}.EncodeMeanResult, {{Text.Number(latent)}}, mean));
            }

            /// <summary>Mean and log-variance of q(z|x) for each example.</summary>
            /// <param name="x">Examples of {{Text.Number(input)}} values.</param>
            /// <param name="mean">Receives {{Text.Number(latent)}} values per example.</param>
            /// <param name="logVariance">Receives {{Text.Number(latent)}} values per example.</param>
            /// <exception cref="global::System.ArgumentException">A span has a length that does not fit.</exception>
            /// <exception cref="global::System.ObjectDisposedException">The model is disposed.</exception>
            public void Encode(global::System.ReadOnlySpan<float> x, global::System.Span<float> mean, global::System.Span<float> logVariance)
            {
                using var zooUse = zooEngine.Enter();
                var rows = global::Zoo.Runtime.Arguments.Rows(x, {{Text.Number(input)}}, nameof(x));
                global::Zoo.Runtime.Arguments.CheckResult(mean, rows, {{Text.Number(latent)}}, nameof(mean));
                global::Zoo.Runtime.Arguments.CheckResult(logVariance, rows, {{Text.Number(latent)}}, nameof(logVariance));
                zooEngine.Infer(
                    {{engine}}.EncodeProgram, rows, 0, x, {{Text.Number(input)}},
                    new global::Zoo.Runtime.ResultSpan({{engine}}.EncodeMeanResult, {{Text.Number(latent)}}, mean),
                    new global::Zoo.Runtime.ResultSpan({{engine}}.EncodeLogVarianceResult, {{Text.Number(latent)}}, logVariance));
            }

            /// <summary>Mean of p(x|z) for each code: probabilities for a Bernoulli likelihood.</summary>
            /// <param name="z">Codes of {{Text.Number(latent)}} values.</param>
            /// <param name="mean">Receives {{Text.Number(input)}} values per code.</param>
            /// <exception cref="global::System.ArgumentException">A span has a length that does not fit.</exception>
            /// <exception cref="global::System.ObjectDisposedException">The model is disposed.</exception>
            public void Decode(global::System.ReadOnlySpan<float> z, global::System.Span<float> mean)
            {
                using var zooUse = zooEngine.Enter();
                var rows = global::Zoo.Runtime.Arguments.Rows(z, {{Text.Number(latent)}}, nameof(z));
                global::Zoo.Runtime.Arguments.CheckResult(mean, rows, {{Text.Number(input)}}, nameof(mean));
                zooEngine.Infer({{engine}}.DecodeProgram, rows, 0, z, {{Text.Number(latent)}}, new global::Zoo.Runtime.ResultSpan({{engine}}.DecodeMeanResult, {{Text.Number(input)}}, mean));
            }

            /// <summary>Mean of p(x|z) at the mean of q(z|x).</summary>
            /// <param name="x">Examples of {{Text.Number(input)}} values.</param>
            /// <param name="mean">Receives as many values as <paramref name="x"/> has.</param>
            /// <exception cref="global::System.ArgumentException">A span has a length that does not fit.</exception>
            /// <exception cref="global::System.ObjectDisposedException">The model is disposed.</exception>
            public void Reconstruct(global::System.ReadOnlySpan<float> x, global::System.Span<float> mean)
            {
                using var zooUse = zooEngine.Enter();
                var rows = global::Zoo.Runtime.Arguments.Rows(x, {{Text.Number(input)}}, nameof(x));
                global::Zoo.Runtime.Arguments.CheckResult(mean, rows, {{Text.Number(input)}}, nameof(mean));
                zooEngine.Infer({{engine}}.ReconstructProgram, rows, 0, x, {{Text.Number(input)}}, new global::Zoo.Runtime.ResultSpan({{engine}}.ReconstructMeanResult, {{Text.Number(input)}}, mean));
            }

            /// <summary>Means of the likelihood for codes drawn from the prior; a function of the seed and the parameters alone.</summary>
            /// <param name="seed">Seed of the codes. The first n of more samples are the same as n samples.</param>
            /// <param name="x">Receives samples of {{Text.Number(input)}} values, as many as fit.</param>
            /// <exception cref="global::System.ArgumentException">The length is no multiple of {{Text.Number(input)}}.</exception>
            /// <exception cref="global::System.ObjectDisposedException">The model is disposed.</exception>
            public void Sample(ulong seed, global::System.Span<float> x)
            {
                using var zooUse = zooEngine.Enter();
                var rows = global::Zoo.Runtime.Arguments.Rows(x, {{Text.Number(input)}}, nameof(x));
                zooEngine.Infer({{engine}}.SampleProgram, rows, seed, default, 0, new global::Zoo.Runtime.ResultSpan({{engine}}.SampleMeanResult, {{Text.Number(input)}}, x));
            }

            /// <summary>log p(x) by importance sampling with q as the proposal (Burda et al. 2016, eq. 8), nats.</summary>
            /// <param name="x">One or more examples of {{Text.Number(input)}} values.</param>
            /// <param name="samples">Samples per example; the estimate is a lower bound in expectation that rises with them.</param>
            /// <param name="perRow">Receives one value per example, or is empty.</param>
            /// <returns>The mean over the examples.</returns>
            /// <exception cref="global::System.ArgumentException">A span has a length that does not fit, or <paramref name="samples"/> is below 1.</exception>
            /// <exception cref="global::System.ObjectDisposedException">The model is disposed.</exception>
            public double LogLikelihood(global::System.ReadOnlySpan<float> x, int samples, global::System.Span<double> perRow = default)
            {
                using var zooUse = zooEngine.Enter();
                return global::Zoo.Runtime.ImportanceSampling.LogLikelihood(
                    zooEngine, {{engine}}.EncodeProgram, {{engine}}.LogWeightProgram,
                    {{engine}}.EncodeMeanResult, {{engine}}.EncodeLogVarianceResult, {{engine}}.LogWeightLogWeightResult,
                    {{Text.Number(latent)}}, x, {{Text.Number(input)}}, samples, perRow);
            }

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

            private Losses ZooLosses() => new(
                zooEngine.Result({{engine}}.GradientsReconstructionResult),
                zooEngine.Result({{engine}}.GradientsDivergenceResult),
                zooEngine.Result({{engine}}.GradientsElboResult));

            void global::Zoo.IGenerativeModel.Step(global::System.ReadOnlySpan<float> batch, global::System.ReadOnlySpan<int> labels, global::System.ReadOnlySpan<float> condition, global::System.Span<float> losses)
            {
                global::Zoo.Runtime.Arguments.CheckEmpty(labels.Length, "labels", nameof(labels));
                global::Zoo.Runtime.Arguments.CheckEmpty(condition.Length, "condition", nameof(condition));
                global::Zoo.Runtime.Arguments.CheckLosses(losses, {{Text.Number(VaePrograms.Losses.Length)}}, nameof(losses));
                (losses[0], losses[1], losses[2]) = Step(batch);
            }
            """);
        w.Line();
        CardEmitter.Property(w, trace, engine);
        w.Line();
        w.Line("// The compiler reads the networks and nobody calls them; naming them keeps analysers from calling them unused.");
        var names = trace.Networks.Select(n => $"nameof({n.Name})");
        w.Line($"private static string[] ZooNetworks => [{string.Join(", ", names)}];");
    }

    static string Construction(ModelTrace trace, string engine, bool hasGpu)
    {
        string New(string type, string device) =>
            $"new {type}(\n        {type}.Describe({Text.String(trace.Identity.Name.TrimStart('@'))}, \"vae\", zooLossNames, [{string.Join(", ", Hyperparameters(trace).Select(v => Text.Number(v)))}]),\n        seed, {device})";
        return !hasGpu
            ? $"    zooEngine = {New(engine, "device ?? global::Zoo.Device.Cpu")};"
            : $"""
                    device ??= global::Zoo.Device.Cpu;
                    // The feature switch lets ahead-of-time compilers drop the other half, and all of ILGPU with it.
                    if (global::System.Runtime.CompilerServices.RuntimeFeature.IsDynamicCodeSupported && device.IsGpu)
                        zooEngine = {New(EngineNames.GlobalGpu(trace.Identity), "device").Replace("\n", "\n    ")};
                    else
                        zooEngine = {New(engine, "device").Replace("\n", "\n    ")};
                """;
    }

    /// <summary>First values in their order in memory.</summary>
    static IEnumerable<float> Hyperparameters(ModelTrace trace)
    {
        foreach (var optimizer in BuildPrograms.UsedOptimizers(trace).Used)
        {
            var graph = BuildPrograms.Graph(optimizer);
            foreach (var property in OptimizerFacts.Properties(graph)) yield return optimizer?.Values.Float(property, OptimizerFacts.Default(graph.Kind, property)) ?? OptimizerFacts.Default(graph.Kind, property);
        }
        yield return trace.Options.Float("Beta", 1);
        if (trace.Options.Int("WarmUpSteps", 0) > 0) yield return trace.Options.Int("WarmUpSteps", 0);
        if (trace.Options.Float("FreeBits", 0) > 0) yield return trace.Options.Float("FreeBits", 0);
    }
}
