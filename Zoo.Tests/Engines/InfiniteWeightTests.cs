using System.Reflection;
using Zoo.Runtime;
using Zoo.Tests.State;

namespace Zoo.Tests.Engines;

/// <summary>Importance weights that are infinite: the bound and the likelihood of several samples are then what one sample gives.</summary>
public sealed class InfiniteWeightTests
{
    const float Inf = float.PositiveInfinity;

    [Theory]
    [InlineData(-Inf, -Inf, -Inf, -Inf)]
    [InlineData(-Inf, -Inf, -Inf)]
    [InlineData(Inf, Inf, Inf, 1f)]
    [InlineData(Inf, 1f, Inf)]
    [InlineData(Inf, -Inf, Inf, Inf)]
    [InlineData(float.NaN, 1f, float.NaN)]
    [InlineData(float.NaN, -Inf, float.NaN)]
    [InlineData(float.NaN, float.NaN, Inf)]
    [InlineData(2f, 2f, 2f, 2f)]
    public void Likelihood(double expected, params float[] weights)
    {
        using var engine = new Weights(weights);
        var perRow = new double[2];
        var mean = ImportanceSampling.LogLikelihood(engine, 0, 1, 0, 0, 0, 1, [1, 1], 1, weights.Length, perRow);
        Assert.Equal([expected, expected], perRow);
        Assert.Equal(expected, mean);
    }

    [Fact]
    public void OneFiniteWeightAmongImpossibleOnesCounts()
    {
        using var engine = new Weights([-Inf, 3, -Inf, -Inf]);
        Assert.Equal(3 - Math.Log(4), ImportanceSampling.LogLikelihood(engine, 0, 1, 0, 0, 0, 1, [1], 1, 4, default), 1e-12);
    }

    /// <summary>An image so far out that its likelihood is 0 in single precision: every sample's weight is −∞.</summary>
    [Theory]
    [InlineData(1, VectorWidth.Scalar)]
    [InlineData(2, VectorWidth.Scalar)]
    [InlineData(3, VectorWidth.Bits256)]
    [InlineData(8, VectorWidth.Bits128)]
    public void BoundOfSoManySamples(int samples, VectorWidth width)
    {
        using var compiled = new CompiledModels([Source(samples)]);
        using var device = SharedWork.Among(2, width);
        using var model = compiled.Create("Far", 1, device);
        float[] far = [1e30f, 0, 0, 0], near = [0.1f, 0, 0, 0], losses = new float[3];
        Assert.Equal(-Inf, Evaluate(model, far));
        Assert.True(float.IsFinite(Evaluate(model, near)));
        model.Step([.. far, .. near], default, default, losses);
        Assert.Equal(-Inf, losses[2]);
    }

    static float Evaluate(IGenerativeModel model, float[] x) =>
        (float)typeof(InfiniteWeightTests).GetMethod(nameof(Elbo), BindingFlags.Static | BindingFlags.NonPublic)!
        .MakeGenericMethod(model.GetType().GetNestedType("Losses")!).Invoke(null, [model, x])!;

    delegate T Evaluated<T>(ReadOnlySpan<float> x);

    static float Elbo<T>(IGenerativeModel model, float[] x) =>
        (float)typeof(T).GetProperty("Elbo")!.GetValue(model.GetType().GetMethod("Evaluate")!.CreateDelegate<Evaluated<T>>(model)(x))!;

    static string Source(int samples) => $$"""
        using Zoo;

        [Vae(Input = [4], Batch = 2, Samples = {{samples}})]
        public partial class Far
        {
            static Gaussian Encoder(Tensor x) => new(x.Tanh().Dense(2), Tensor.Parameter("log_variance", [2]));

            static Gaussian Decoder(Tensor z) => new(z.Dense(4), -1f);
        }
        """;

    /// <summary>An engine whose programs give the weights of a list, one run after the other, to every row.</summary>
    sealed class Weights(float[] weights) : ModelEngine(TinyModel.Interleaved, 1, [])
    {
        int run = -1;

        public override int ChunkRows => 4;

        protected override int StepCountOffset => 322;

        protected override void Execute(int program, in Inputs inputs) => run += program;

        public override float Result(int offset) => throw new NotSupportedException();

        public override void Results(int offset, Span<float> destination) => destination.Fill(run < 0 ? 0 : weights[run]);
    }
}
