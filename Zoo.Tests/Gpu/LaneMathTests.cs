using ILGPU;
using ILGPU.Runtime;
using Zoo.Benchmarks.References;
using Zoo.Runtime;

namespace Zoo.Tests.Gpu;

/// <summary>The elementary functions and primitives as ILGPU compiles them, beside the double references and the processor's.</summary>
[Collection(PoclCollection.Name)]
public sealed class LaneMathTests(PoclDevice pocl)
{
    // Every fifth single up to 10⁶ gave at most 3.4 for sine and cosine, which have most roundings in their reduction; the others keep
    // their bound.
    const double AngleSlack = 1.5;

    const int Functions = 14;

    const int Primitives = 17;

    static readonly float[] Arguments = ElementaryArguments.All;

    // Against each other, in pairs.
    static readonly float[] Values =
    [
        1.5f, -2.25f, 0f, -0f, 3e38f, 1e-40f, -7.5f, 2.5f, float.NaN, float.PositiveInfinity, float.NegativeInfinity, 1f, 12345.678f,
        -0.4999f, 0.5f, 8388607.5f,
        -float.NaN, 4194304.5f, -8388609f, float.Epsilon,
    ];

    [PoclFact]
    public void FunctionsAreAccurateOnADevice() => AreAccurate(Run(Functions, Arguments, Arguments, FunctionKernel));

    [Fact]
    public void FunctionsAreAccurateOnTheHost() =>
        AreAccurate(OnHost(Functions, Arguments, Arguments, (function, x, _) => Function(function, new Lane(x)).Value));

    [PoclFact]
    public void PrimitivesGiveTheProcessorsBitsOnADevice() => ArePrimitives((a, b) => Run(Primitives, a, b, PrimitiveKernel));

    [Fact]
    public void PrimitivesGiveTheProcessorsBitsOnTheHost() =>
        ArePrimitives((a, b) => OnHost(Primitives, a, b, (primitive, x, y) => Primitive(primitive, new Lane(x), new Lane(y)).Value));

    [Fact]
    public void KernelsArePlainSingle()
    {
        foreach (var name in (string[])[nameof(FunctionKernel), nameof(PrimitiveKernel)])
            KernelText.Compile(KernelText.Method(typeof(LaneMathTests), name)).IsPlainSingle();
    }

    [Fact]
    public void ComparisonsWithConstantsAreFalseForNaN()
    {
        // ILGPU moves a constant to the right and makes the comparison unordered, which only PTX keeps: one that is ordered must stand
        // beside it.
        var text = KernelText.Compile(KernelText.Method(typeof(LaneMathTests), nameof(ConstantKernel))).Ptx;
        Assert.Contains("setp.gt.f32", text, StringComparison.Ordinal);
        Assert.Contains("setp.lt.f32", text, StringComparison.Ordinal);
        Assert.DoesNotContain("setp.gtu.f32", text, StringComparison.Ordinal);
    }

    static void FunctionKernel(ArrayView<float> a, ArrayView<float> b, ArrayView<float> target, int count)
    {
        if (Grid.GlobalIndex.X < count)
            Function(Grid.IdxY, Lane.Load(a, Grid.GlobalIndex.X)).Store(target, Grid.IdxY * count + Grid.GlobalIndex.X);
    }

    static void PrimitiveKernel(ArrayView<float> a, ArrayView<float> b, ArrayView<float> target, int count)
    {
        if (Grid.GlobalIndex.X >= count) return;
        Primitive(Grid.IdxY, Lane.Load(a, Grid.GlobalIndex.X), Lane.Load(b, Grid.GlobalIndex.X))
            .Store(target, Grid.IdxY * count + Grid.GlobalIndex.X);
    }

    static void ConstantKernel(ArrayView<float> memory) => VectorMath.Relu(Lane.AtMost(Lane.Load(memory, 0), 7)).Store(memory, 0);

    // In the order of the checks below.
    static V Function<V>(int function, V x) where V : struct, IVector<V> => function switch
    {
        0 => VectorMath.Exp(x),
        1 => VectorMath.Expm1(x),
        2 => VectorMath.Log(x),
        3 => VectorMath.Log1p(x),
        4 => VectorMath.Tanh(x),
        5 => VectorMath.Sigmoid(x),
        6 => VectorMath.Softplus(x),
        7 => VectorMath.LogSigmoid(x),
        8 => VectorMath.Sin(x),
        9 => VectorMath.Cos(x),
        10 => VectorMath.Erf(x),
        11 => VectorMath.Rsqrt(x),
        12 => VectorMath.Reciprocal(x),
        _ => VectorMath.Sign(x),
    };

    static V Primitive<V>(int primitive, V a, V b) where V : struct, IVector<V> => primitive switch
    {
        0 => V.Max(a, b),
        1 => V.Min(a, b),
        2 => V.AtMost(a, V.Broadcast(2f)),
        3 => V.AtLeast(a, V.Broadcast(-2f)),
        4 => V.GreaterThan(a, b),
        5 => V.Equal(a, b),
        6 => V.GreaterThan(V.Broadcast(1f), a),
        7 => V.GreaterThan(a, V.Broadcast(1f)),
        8 => VectorMath.Relu(a),
        9 => VectorMath.Clamp(a, -1, 2),
        10 => V.Round(a),
        11 => V.CopySign(a, b),
        12 => V.Abs(a),
        13 => V.MultiplyWide(a, 0xD2511F53).High,
        14 => V.ShiftRight(a, 9),
        15 => V.FromInteger(a),
        _ => VectorMath.Choose(V.Equal(V.Broadcast(1f), a), V.SignMask(b), V.Sqrt(b)),
    };

    static void AreAccurate(float[] results)
    {
        var failures = new List<string>();
        Check<ExpFunction>(0);
        Check<Expm1Function>(1);
        Check<LogFunction>(2);
        Check<Log1pFunction>(3);
        Check<TanhFunction>(4);
        Check<SigmoidFunction>(5);
        Check<SoftplusFunction>(6);
        Check<LogSigmoidFunction>(7);
        Check<SinFunction>(8);
        Check<CosFunction>(9);
        Check<ErfFunction>(10);
        Check<RsqrtFunction>(11);
        Check<ReciprocalFunction>(12);
        Check<SignFunction>(13);
        Assert.True(failures.Count == 0, string.Join('\n', failures));

        void Check<TFunction>(int function) where TFunction : struct, IElementary
        {
            var (worst, at) = (0.0, 0f);
            for (var i = 0; i < Arguments.Length; i++)
            {
                var (x, actual) = (Arguments[i], results[function * Arguments.Length + i]);
                if (Math.Abs(x) > TFunction.Range && !float.IsInfinity(x)) continue;
                var ulps = Ulps.Between(actual, TFunction.Exact(x));
                if (ulps > worst) (worst, at) = (ulps, x);
            }
            var bound = TFunction.Bound + (float.IsInfinity(TFunction.Range) ? 0 : AngleSlack);
            if (worst > bound) failures.Add($"{TFunction.Name}({at:G9}) is off by {worst} ULP; the bound is {bound}");
        }
    }

    static void ArePrimitives(Func<float[], float[], float[]> run)
    {
        var a = Values.SelectMany(_ => Values).ToArray();
        var b = Values.SelectMany(value => Enumerable.Repeat(value, Values.Length)).ToArray();
        var expected = OnHost(Primitives, a, b,
            (primitive, x, y) => Lanes1.Sum(Primitive(primitive, Lanes1.Broadcast(x), Lanes1.Broadcast(y))));
        var actual = run(a, b);
        for (var i = 0; i < expected.Length; i++)
            Assert.True(
                BitConverter.SingleToInt32Bits(expected[i]) == BitConverter.SingleToInt32Bits(actual[i])
                    || float.IsNaN(expected[i]) && float.IsNaN(actual[i]),
                $"primitive {i / a.Length} of {a[i % a.Length]:G9} and {b[i % a.Length]:G9} is {actual[i]:G9}, the processor has "
                    + $"{expected[i]:G9}");
    }

    static float[] OnHost(int functions, float[] a, float[] b, Func<int, float, float, float> evaluate) =>
        [.. Enumerable.Range(0, functions * a.Length).Select(i => evaluate(i / a.Length, a[i % a.Length], b[i % a.Length]))];

    float[] Run(int functions, float[] a, float[] b, Action<ArrayView<float>, ArrayView<float>, ArrayView<float>, int> kernel)
    {
        var accelerator = pocl.Accelerator;
        using var left = accelerator.Allocate1D(a);
        using var right = accelerator.Allocate1D(b);
        using var target = accelerator.Allocate1D<float>(functions * a.Length);
        var run = accelerator.LoadKernel(kernel);
        var grid = new KernelConfig(new Index2D((a.Length + 63) / 64, functions), new Index2D(64, 1));
        run(accelerator.DefaultStream, grid, left.View, right.View, target.View, a.Length);
        accelerator.DefaultStream.Synchronize();
        return target.GetAsArray1D();
    }
}
