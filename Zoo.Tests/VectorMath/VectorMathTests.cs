using Xunit;
using Zoo.Benchmarks.References;
using Zoo.Runtime;

namespace Zoo.Tests;

public sealed class VectorMathTests
{
    static readonly VectorWidth[] Widths = [VectorWidth.Scalar, VectorWidth.Bits128, VectorWidth.Bits256, VectorWidth.Bits512];

    static readonly float[] Arguments = ElementaryArguments.All;

    [Fact] public void Exp() => IsAccurate<ExpFunction>();
    [Fact] public void Expm1() => IsAccurate<Expm1Function>();
    [Fact] public void Log() => IsAccurate<LogFunction>();
    [Fact] public void Log1p() => IsAccurate<Log1pFunction>();
    [Fact] public void Tanh() => IsAccurate<TanhFunction>();
    [Fact] public void Sigmoid() => IsAccurate<SigmoidFunction>();
    [Fact] public void Softplus() => IsAccurate<SoftplusFunction>();
    [Fact] public void LogSigmoid() => IsAccurate<LogSigmoidFunction>();
    [Fact] public void Sin() => IsAccurate<SinFunction>();
    [Fact] public void Cos() => IsAccurate<CosFunction>();
    [Fact] public void Erf() => IsAccurate<ErfFunction>();
    [Fact] public void Rsqrt() => IsAccurate<RsqrtFunction>();
    [Fact] public void Reciprocal() => IsAccurate<ReciprocalFunction>();
    [Fact] public void Sign() => IsAccurate<SignFunction>();

    static void IsAccurate<TFunction>() where TFunction : struct, IElementary
    {
        var scalar = new float[Arguments.Length];
        Evaluation.Run<TFunction>(VectorWidth.Scalar, Arguments, scalar);
        var (worst, at) = (0.0, 0f);
        for (var i = 0; i < scalar.Length; i++)
        {
            if (Math.Abs(Arguments[i]) > TFunction.Range && !float.IsInfinity(Arguments[i])) continue;
            var ulps = Ulps.Between(scalar[i], TFunction.Exact(Arguments[i]));
            if (ulps > worst) (worst, at) = (ulps, Arguments[i]);
        }
        Assert.True(worst <= TFunction.Bound, $"{TFunction.Name}({at:G9}) is off by {worst} ULP; the bound is {TFunction.Bound}");

        var result = new float[Arguments.Length];
        foreach (var width in Widths)
        {
            Evaluation.Run<TFunction>(width, Arguments, result);
            for (var i = 0; i < result.Length; i++)
                Assert.True(
                    Bits(result[i]) == Bits(scalar[i]) || float.IsNaN(result[i]) && float.IsNaN(scalar[i]),
                    $"{TFunction.Name}({Arguments[i]:G9}) is {result[i]:G9} at {width} and {scalar[i]:G9} in scalar code");
        }
    }

    [Theory]
    [InlineData(float.NegativeInfinity, 0f)]
    [InlineData(float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData(float.NaN, float.NaN)]
    [InlineData(0f, 1f)]
    [InlineData(88.73f, float.PositiveInfinity)]
    [InlineData(-104f, 0f)]
    [InlineData(-69.32f, 0f)]
    public void ExpAtItsEdges(float x, float expected) => Assert.Equal(expected, One<ExpFunction>(x));

    [Theory]
    [InlineData(0f, float.NegativeInfinity)]
    [InlineData(-1e-40f, float.NaN)]
    [InlineData(-1f, float.NaN)]
    [InlineData(float.NegativeInfinity, float.NaN)]
    [InlineData(float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData(float.Epsilon, -103.278929f)]
    [InlineData(1f, 0f)]
    public void LogAtItsEdges(float x, float expected) => Assert.Equal(expected, One<LogFunction>(x));

    [Theory]
    [InlineData(7e6f)]
    [InlineData(-1e30f)]
    [InlineData(float.PositiveInfinity)]
    public void AnglesBeyondTheReductionAreNaN(float x)
    {
        Assert.True(float.IsNaN(One<SinFunction>(x)));
        Assert.True(float.IsNaN(One<CosFunction>(x)));
    }

    [Fact]
    public void LargeAnglesKeepAnAbsoluteBound()
    {
        for (var x = 1e6f; x <= 6.5e6f; x += 173.5f)
        {
            Assert.InRange(One<SinFunction>(x) - Math.Sin(x), -2e-6, 2e-6);
            Assert.InRange(One<CosFunction>(-x) - Math.Cos(x), -2e-6, 2e-6);
        }
    }

    /// <summary>What decays like e⁻ˣ is 0 or far enough above the subnormal numbers to be multiplied, and NaN stays NaN.</summary>
    [Fact]
    public void NothingIsNearlySubnormal()
    {
        IsCutOff(x => VectorMath.Exp(new Lanes1(x)));
        IsCutOff(x => VectorMath.Sigmoid(new Lanes1(x)));
        IsCutOff(x => VectorMath.Softplus(new Lanes1(x)));
        IsCutOff(x => -VectorMath.LogSigmoid(new Lanes1(-x)));

        static unsafe void IsCutOff(Func<float, Lanes1> function)
        {
            float y;
            for (var x = -60f; x > -110; x -= 0.01f)
            {
                function(x).Store(new(&y), 0);
                Assert.True(y == 0 || y >= Math.ScaleB(1.0, -100), $"{y} at {x}");
                Assert.Equal(x > -69.3147f, y > 0);
            }
            function(float.NaN).Store(new(&y), 0);
            Assert.True(float.IsNaN(y));
            function(float.NegativeInfinity).Store(new(&y), 0);
            Assert.Equal(0, y);
        }
    }

    [Fact]
    public unsafe void SigmoidSoftplusGivesTheBitsOfEach()
    {
        var buffer = stackalloc float[64];
        fixed (float* x = Arguments)
        {
            for (var i = 0; i < Arguments.Length; i += 16)
            {
                var v = Lanes16.Load(new(x), i);
                var (sigmoid, softplus) = VectorMath.SigmoidSoftplus(v);
                sigmoid.Store(new(buffer), 0);
                softplus.Store(new(buffer), 16);
                VectorMath.Sigmoid(v).Store(new(buffer), 32);
                VectorMath.Softplus(v).Store(new(buffer), 48);
                Assert.True(new Span<byte>(buffer, 128).SequenceEqual(new Span<byte>(buffer + 32, 128)), $"near {Arguments[i]:G9}");
            }
        }
    }

    // The references themselves, against values from tables (Abramowitz and Stegun 7.1, 4.2, 4.1).
    [Theory]
    [InlineData(0.1, 0.1124629160182848922)]
    [InlineData(0.5, 0.5204998778130465377)]
    [InlineData(2.0, 0.9953222650189527342)]
    [InlineData(3.5, 0.9999992569016276586)]
    [InlineData(-1.0, -0.8427007929497148693)]
    public void TheReferenceErrorFunctionIsRight(double x, double expected) => Assert.Equal(expected, DoubleFunctions.Erf(x), 1e-15);

    [Theory]
    [InlineData(1e-10, 1.00000000005e-10, 9.9999999995e-11)]
    [InlineData(1.0, 1.7182818284590452354, 0.69314718055994530942)]
    [InlineData(-0.5, -0.39346934028736657640, -0.69314718055994530942)]
    public void TheOtherReferencesAreRight(double x, double expm1, double log1p)
    {
        Assert.Equal(1, DoubleFunctions.Expm1(x) / expm1, 1e-14);
        Assert.Equal(1, DoubleFunctions.Log1p(x) / log1p, 1e-14);
    }

    static float One<TFunction>(float x) where TFunction : struct, IElementary => Lanes1.Sum(TFunction.Apply(Lanes1.Broadcast(x)));

    static uint Bits(float x) => BitConverter.SingleToUInt32Bits(x);
}
