using Zoo.Runtime;

namespace Zoo.Benchmarks.References;

/// <summary>What decays like e⁻ˣ is 0 where that is below 2⁻¹⁰⁰.</summary>
static class CutOff
{
    public static double At(double x, double y) => x < -100 * Math.Log(2) ? 0 : y;
}

readonly struct ExpFunction : IElementary
{
    public static string Name => "exp";
    public static double Bound => 2;
    public static V Apply<V>(V x) where V : struct, IVector<V> => VectorMath.Exp(x);
    public static double Exact(double x) => CutOff.At(x, Math.Exp(x));
}

readonly struct Expm1Function : IElementary
{
    public static string Name => "expm1";
    public static double Bound => 3;
    public static V Apply<V>(V x) where V : struct, IVector<V> => VectorMath.Expm1(x);
    public static double Exact(double x) => DoubleFunctions.Expm1(x);
}

readonly struct LogFunction : IElementary
{
    public static string Name => "log";
    public static double Bound => 2;
    public static V Apply<V>(V x) where V : struct, IVector<V> => VectorMath.Log(x);
    public static double Exact(double x) => Math.Log(x);
}

readonly struct Log1pFunction : IElementary
{
    public static string Name => "log1p";
    public static double Bound => 2;
    public static V Apply<V>(V x) where V : struct, IVector<V> => VectorMath.Log1p(x);
    public static double Exact(double x) => DoubleFunctions.Log1p(x);
}

readonly struct TanhFunction : IElementary
{
    public static string Name => "tanh";
    public static double Bound => 3;
    public static V Apply<V>(V x) where V : struct, IVector<V> => VectorMath.Tanh(x);
    public static double Exact(double x) => Math.Tanh(x);
}

readonly struct SigmoidFunction : IElementary
{
    public static string Name => "sigmoid";
    public static double Bound => 3;
    public static V Apply<V>(V x) where V : struct, IVector<V> => VectorMath.Sigmoid(x);
    public static double Exact(double x) => CutOff.At(x, 1 / (1 + Math.Exp(-x)));
}

readonly struct SoftplusFunction : IElementary
{
    public static string Name => "softplus";
    public static double Bound => 2;
    public static V Apply<V>(V x) where V : struct, IVector<V> => VectorMath.Softplus(x);
    public static double Exact(double x) => CutOff.At(x, DoubleFunctions.Softplus(x));
}

readonly struct LogSigmoidFunction : IElementary
{
    public static string Name => "log-sigmoid";
    public static double Bound => 2;
    public static V Apply<V>(V x) where V : struct, IVector<V> => VectorMath.LogSigmoid(x);
    public static double Exact(double x) => -CutOff.At(-x, DoubleFunctions.Softplus(-x));
}

readonly struct SinFunction : IElementary
{
    public static string Name => "sin";
    public static double Bound => 2;
    public static float Range => 1e6f;
    public static V Apply<V>(V x) where V : struct, IVector<V> => VectorMath.Sin(x);
    public static double Exact(double x) => Math.Sin(x);
}

readonly struct CosFunction : IElementary
{
    public static string Name => "cos";
    public static double Bound => 2;
    public static float Range => 1e6f;
    public static V Apply<V>(V x) where V : struct, IVector<V> => VectorMath.Cos(x);
    public static double Exact(double x) => Math.Cos(x);
}

readonly struct ErfFunction : IElementary
{
    public static string Name => "erf";
    public static double Bound => 3;
    public static V Apply<V>(V x) where V : struct, IVector<V> => VectorMath.Erf(x);
    public static double Exact(double x) => DoubleFunctions.Erf(x);
}

readonly struct RsqrtFunction : IElementary
{
    public static string Name => "rsqrt";
    public static double Bound => 2;
    public static V Apply<V>(V x) where V : struct, IVector<V> => VectorMath.Rsqrt(x);
    public static double Exact(double x) => 1 / Math.Sqrt(x);
}

readonly struct ReciprocalFunction : IElementary
{
    public static string Name => "reciprocal";
    public static double Bound => 0.5;
    public static V Apply<V>(V x) where V : struct, IVector<V> => VectorMath.Reciprocal(x);
    public static double Exact(double x) => 1 / x;
}

readonly struct SignFunction : IElementary
{
    public static string Name => "sign";
    public static double Bound => 0;
    public static V Apply<V>(V x) where V : struct, IVector<V> => VectorMath.Sign(x);
    public static double Exact(double x) => double.IsNaN(x) || x == 0 ? x : Math.Sign(x);
}
