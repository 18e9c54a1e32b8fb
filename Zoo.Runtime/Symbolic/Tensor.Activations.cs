namespace Zoo;

// Activations: the shape of the result is the shape of the input.
public sealed partial class Tensor
{
    /// <summary>max(x, 0); the derivative at 0 is 0.</summary>
    public Tensor Relu() => throw CompileTime.Only(nameof(Tensor));

    /// <summary>x where x &gt; 0, else <paramref name="slope"/>·x.</summary>
    /// <param name="slope">Slope below 0: a constant.</param>
    public Tensor LeakyRelu(float slope = 0.01f) => throw CompileTime.Only(nameof(Tensor));

    /// <summary>x where x &gt; 0, else α·(eˣ − 1): Clevert et al. 2016.</summary>
    /// <param name="alpha">α: a constant.</param>
    public Tensor Elu(float alpha = 1f) => throw CompileTime.Only(nameof(Tensor));

    /// <summary>x·Φ(x) = ½x·(1 + erf(x/√2)), the exact form: Hendrycks and Gimpel 2016.</summary>
    public Tensor Gelu() => throw CompileTime.Only(nameof(Tensor));

    /// <summary>x·σ(x): Elfwing et al. 2018.</summary>
    public Tensor Silu() => throw CompileTime.Only(nameof(Tensor));

    /// <summary>tanh x.</summary>
    public Tensor Tanh() => throw CompileTime.Only(nameof(Tensor));

    /// <summary>σ(x) = 1 / (1 + e⁻ˣ).</summary>
    public Tensor Sigmoid() => throw CompileTime.Only(nameof(Tensor));

    /// <summary>log σ(x) = −softplus(−x), without overflow.</summary>
    public Tensor LogSigmoid() => throw CompileTime.Only(nameof(Tensor));

    /// <summary>log(1 + eˣ), without overflow.</summary>
    public Tensor Softplus() => throw CompileTime.Only(nameof(Tensor));

    /// <summary>eˣ / Σ eˣ over the last axis, which must be there; computed from x − max.</summary>
    public Tensor Softmax() => throw CompileTime.Only(nameof(Tensor));

    /// <summary>x − log Σ eˣ over the last axis, which must be there; computed from x − max.</summary>
    public Tensor LogSoftmax() => throw CompileTime.Only(nameof(Tensor));
}
