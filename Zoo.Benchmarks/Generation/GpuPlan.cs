using System.Globalization;
using Zoo.Benchmarks.Steps;
using Zoo.Generators.Passes;
using Zoo.Generators.Plans;
using Zoo.Generators.Tracing;
using Zoo.Generators.Variants;
using Zoo.Runtime;

namespace Zoo.Benchmarks.Generation;

/// <summary>A case's plan for accelerators, as the generator makes it: the kernels that run, with their operations and buffers.</summary>
static class GpuPlan
{
    public static ModelPlan Of(VaeCase vae)
    {
        var compilation = ModelSource.Compile(string.Create(CultureInfo.InvariantCulture, $$"""
            using Zoo;

            [Vae(Input = [{{vae.Input}}], Batch = {{vae.Batch}})]
            [Adam]
            public partial class Planned
            {
                static Gaussian Encoder(Tensor x)
                {
                    var h = x.Dense({{vae.Hidden}}).Relu();
                    return new(h.Dense({{vae.Latent}}), h.Dense({{vae.Latent}}));
                }

                static Bernoulli Decoder(Tensor z) => new(z.Dense({{vae.Hidden}}).Relu().Dense({{vae.Input}}));
            }
            """));
        var type = compilation.GetTypeByMetadataName("Planned")!;
        var attribute = type.GetAttributes().Single(a => a.AttributeClass?.Name == "VaeAttribute");
        var traced = ModelTracer.Trace(type, attribute, compilation.GetSemanticModel(compilation.SyntaxTrees[0]), Variant.All[0],
            CancellationToken.None).Model
            ?? throw new InvalidOperationException("The model does not trace.");
        return Pipeline.Plan(traced, Target.Gpu);
    }

    /// <summary>Floats of the inputs that a program's slot on the device has room for.</summary>
    public static int InputFloats(ModelPlan plan) => plan.Programs.Max(program => program.Buffers
        .Where(b => b.Kind == BufferKind.Input)
        .Sum(b => InputRing.Align((int)b.Length.For(plan.RowsOf(program)))));
}
