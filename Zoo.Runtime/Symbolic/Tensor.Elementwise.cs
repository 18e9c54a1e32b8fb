namespace Zoo;

// Elementwise. Two operands broadcast as NumPy does, over the axes after the batch; shapes that do not are a compiler error that names
// both.
public sealed partial class Tensor
{
    /// <summary>a + b, broadcasting.</summary>
    public static Tensor operator +(Tensor a, Tensor b) => throw CompileTime.Only(nameof(Tensor), "operator +");

    /// <summary>a − b, broadcasting.</summary>
    public static Tensor operator -(Tensor a, Tensor b) => throw CompileTime.Only(nameof(Tensor), "operator -");

    /// <summary>a · b element by element, broadcasting.</summary>
    public static Tensor operator *(Tensor a, Tensor b) => throw CompileTime.Only(nameof(Tensor), "operator *");

    /// <summary>a / b element by element, broadcasting.</summary>
    public static Tensor operator /(Tensor a, Tensor b) => throw CompileTime.Only(nameof(Tensor), "operator /");

    /// <summary>−a.</summary>
    public static Tensor operator -(Tensor a) => throw CompileTime.Only(nameof(Tensor), "operator -");

    /// <summary>|x|; the derivative at 0 is 0.</summary>
    public Tensor Abs() => throw CompileTime.Only(nameof(Tensor));

    /// <summary>−1, 0 or 1; no gradient.</summary>
    public Tensor Sign() => throw CompileTime.Only(nameof(Tensor));

    /// <summary>x².</summary>
    public Tensor Square() => throw CompileTime.Only(nameof(Tensor));

    /// <summary>√x; NaN below 0, an infinite derivative at 0.</summary>
    public Tensor Sqrt() => throw CompileTime.Only(nameof(Tensor));

    /// <summary>1 / √x.</summary>
    public Tensor Rsqrt() => throw CompileTime.Only(nameof(Tensor));

    /// <summary>1 / x.</summary>
    public Tensor Reciprocal() => throw CompileTime.Only(nameof(Tensor));

    /// <summary>eˣ.</summary>
    public Tensor Exp() => throw CompileTime.Only(nameof(Tensor));

    /// <summary>eˣ − 1, accurate around 0.</summary>
    public Tensor Expm1() => throw CompileTime.Only(nameof(Tensor));

    /// <summary>Natural logarithm; −∞ at 0, NaN below.</summary>
    public Tensor Log() => throw CompileTime.Only(nameof(Tensor));

    /// <summary>log(1 + x), accurate around 0.</summary>
    public Tensor Log1p() => throw CompileTime.Only(nameof(Tensor));

    /// <summary>Sine of x in radians.</summary>
    public Tensor Sin() => throw CompileTime.Only(nameof(Tensor));

    /// <summary>Cosine of x in radians.</summary>
    public Tensor Cos() => throw CompileTime.Only(nameof(Tensor));

    /// <summary>min(max(x, <paramref name="min"/>), <paramref name="max"/>); the derivative is 1 within the bounds and 0 outside.</summary>
    /// <param name="min">Lower bound: a constant.</param>
    /// <param name="max">Upper bound: a constant not below <paramref name="min"/>.</param>
    public Tensor Clamp(float min, float max) => throw CompileTime.Only(nameof(Tensor));

    /// <summary>The larger of each pair, broadcasting; the gradient goes to the larger one.</summary>
    public static Tensor Max(Tensor a, Tensor b) => throw CompileTime.Only(nameof(Tensor));

    /// <summary>The smaller of each pair, broadcasting; the gradient goes to the smaller one.</summary>
    public static Tensor Min(Tensor a, Tensor b) => throw CompileTime.Only(nameof(Tensor));

    /// <summary>1 where a &gt; b, else 0, broadcasting; no gradient.</summary>
    public static Tensor Greater(Tensor a, Tensor b) => throw CompileTime.Only(nameof(Tensor));
}
