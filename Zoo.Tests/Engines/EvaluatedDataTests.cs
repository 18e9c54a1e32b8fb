using Zoo.Models;

namespace Zoo.Tests.Engines;

/// <summary>What is evaluated is looked at: a value that the model's likelihood does not take is named, unless the check is off.</summary>
public sealed class EvaluatedDataTests
{
    const string Source = """
        using Zoo;
        [Vae(Input = [4], Batch = 2)] public partial class Real
        {
            static Gaussian Encoder(Tensor x) => new(x.Dense(1), x.Dense(1));
            static Gaussian Decoder(Tensor z) => new(z.Dense(4), 0f);
        }
        [Gan(Input = [2], Latent = [1], Batch = 2)] public partial class Playing
        {
            static Tensor Generator(Tensor z) => z.Dense(2);
            static Tensor Discriminator(Tensor x) => x.Dense(1);
        }
        [Model(Input = [2], Batch = 2, Condition = [3])] public partial class Conditioned
        {
            [Network] static Tensor N(Tensor x) => x.Dense(3);
            [Phase] static Tensor Loss(Tensor x, Tensor y) => (N(x) - y).Square().Sum();
        }
        public static class Use
        {
            public static string Real(float[] x, bool checks)
            { using var m = new Real { ChecksData = checks }; return m.Evaluate(x).ToString(); }
            public static string Playing(float[] x, bool checks)
            { using var m = new Playing { ChecksData = checks }; return m.Evaluate(x).ToString(); }
            public static string Conditioned(float[] x, float[] y, bool checks)
            { using var m = new Conditioned { ChecksData = checks }; return m.Evaluate(x, y).ToString(); }
        }
        """;

    static readonly CompiledModels Compiled = new([Source]);

    static object? Call(string name, params object[] arguments)
    {
        try
        {
            return Compiled.Type("Use").GetMethod(name)!.Invoke(null, arguments);
        }
        catch (System.Reflection.TargetInvocationException exception)
        {
            throw exception.InnerException!;
        }
    }

    [Theory]
    [InlineData(255f, "Expected values from 0 to 1, but value 5 of row 2 is 255. Divide pixels of 0 to 255 by 255. (Parameter 'x')")]
    [InlineData(-1f, "Expected values from 0 to 1, but value 5 of row 2 is -1. Add 1 to values of −1 to 1 and halve them. (Parameter 'x')")]
    [InlineData(1.0000001f,
        "Expected values from 0 to 1, but value 5 of row 2 is 1.0000001. Divide pixels of 0 to 255 by 255. (Parameter 'x')")]
    [InlineData(float.NaN, "Expected values from 0 to 1, but value 5 of row 2 is NaN. (Parameter 'x')")]
    public void ABernoulliLikelihoodTakesProbabilities(float value, string message)
    {
        using var vae = new FashionVae(1, Device.Cpu);
        var x = new float[3 * 784];
        x[2 * 784 + 5] = value;
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => vae.Evaluate(x)).Message);
        vae.ChecksData = false;
        Assert.Equal(float.IsNaN(value), float.IsNaN(vae.Evaluate(x).Elbo));
        vae.ChecksData = true;
        x[2 * 784 + 5] = 1;
        Assert.True(float.IsFinite(vae.Evaluate(x).Elbo));
    }

    /// <summary>The check costs a scan, so training leaves it to whoever makes the batches.</summary>
    [Fact]
    public void TrainingDoesNotLook()
    {
        using var vae = new FashionVae(1, Device.Cpu);
        var x = new float[128 * 784];
        x[0] = 255;
        vae.Train(x);
        Assert.True(float.IsFinite(vae.Step(x).Elbo));
        vae.Gradients(x);
    }

    [Fact]
    public void AGaussianLikelihoodTakesAnyFiniteNumber()
    {
        Assert.NotNull(Call("Real", new float[] { -255, 1e20f, 3, 0 }, true));
        Assert.Equal(
            "Expected finite numbers, but value 1 of row 1 is -Infinity. (Parameter 'x')",
            Assert.Throws<ArgumentException>(() => Call("Real", new float[] { 1, 2, 3, 4, 5, float.NegativeInfinity, 7, 8 },
                true)).Message);
        Assert.NotNull(Call("Real", new float[] { float.NaN, 0, 0, 0 }, false));
    }

    [Fact]
    public void ADiscriminatorTakesAnyFiniteNumber()
    {
        Assert.NotNull(Call("Playing", new float[] { -1, 255 }, true));
        Assert.Equal(
            "Expected finite numbers, but value 0 of row 0 is NaN. (Parameter 'x')",
            Assert.Throws<ArgumentException>(() => Call("Playing", new float[] { float.NaN, 0 }, true)).Message);
        Assert.NotNull(Call("Playing", new float[] { float.NaN, 0 }, false));
    }

    [Fact]
    public void AConditionIsLookedAtToo()
    {
        Assert.NotNull(Call("Conditioned", new float[] { 1, 2 }, new float[] { -7, 8, 9 }, true));
        Assert.Equal(
            "Expected finite numbers, but value 2 of row 0 is Infinity. (Parameter 'condition')",
            Assert.Throws<ArgumentException>(() => Call("Conditioned", new float[] { 1, 2 }, new float[] { 1, 2, float.PositiveInfinity },
                true)).Message);
    }
}
