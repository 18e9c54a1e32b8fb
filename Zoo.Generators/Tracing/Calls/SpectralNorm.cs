using Zoo.Generators.Graphs;

namespace Zoo.Generators.Tracing;

/// <summary>
/// Spectral normalisation (Miyato et al. 2018, algorithm 1; torch.nn.utils.parametrizations.spectral_norm): a weight over its largest
/// singular value, which a power iteration estimates by one step for each call in training. Its vectors are state, in PyTorch's order;
/// inside, the columns of an image layer's weight lie with the taps in front of the channels, so that the vector is turned and not the
/// weight.
/// </summary>
/// <param name="Taps">Taps of a kernel; 1 where there is none.</param>
/// <param name="First">Size of the weight's axis behind the taps, which it has in front of <paramref name="Second"/>.</param>
/// <param name="Second">Size of the last axis.</param>
/// <param name="OutputsAreLast">Whether the last axis is that of the outputs; else the one in front.</param>
/// <param name="OutputAxis">The axis of outputs in files.</param>
sealed record SpectralNorm(int Taps, int First, int Second, bool OutputsAreLast, int OutputAxis)
{
    // As PyTorch's: what has no direction is divided by this.
    const float Smallest = 1e-12f;

    int Outputs => OutputsAreLast ? Second : First;

    int Others => OutputsAreLast ? First : Second;

    TensorType Left => new(0, OutputsAreLast ? new(1, 1, Second) : new(1, First, 1));

    TensorType Right => new(0, OutputsAreLast ? new(Taps, First, 1) : new(Taps, 1, Second));

    /// <summary>The weight divided by σ = uᵀWv.</summary>
    /// <param name="call">The layer's call.</param>
    /// <param name="layer">Full name of the layer.</param>
    /// <param name="name">Full name of the weight.</param>
    /// <param name="weight">[taps·first, second].</param>
    public Node Of(SymbolicCall call, string layer, string name, Node weight)
    {
        var (g, left, right) = (call.Graph, Left, Right);
        Node State(string role, Shape shape, bool isLeft) => call.Scope.Declare(g, call.Mode,
            new($"{layer}.parametrizations.weight.0.{role}", call.Scope.Method.Name, shape, "Normal", 0, call.Site)
            {
                Vector = new(name, OutputAxis, isLeft),
            });
        var (u, v) = (g.Reshape(State("_u", new(Outputs), true), left.Shape), Inside(g, State("_v", new(Others * Taps), false)));
        var matrix = g.Reshape(weight, new Shape(Taps, First, Second));
        if (call.Mode.IsTraining)
        {
            var held = g.StopGradient(matrix);
            u = Direction(g, g.Sum(g.Mul(held, v), left));
            v = Direction(g, g.Sum(g.Mul(held, u), right));
            call.Mode.Next[$"{layer}.parametrizations.weight.0._u"] = g.Reshape(u, new Shape(Outputs));
            call.Mode.Next[$"{layer}.parametrizations.weight.0._v"] = Outside(g, v);
        }
        var sigma = g.Sum(g.Mul(u, g.Sum(g.Mul(matrix, v), left)));
        return g.Div(weight, sigma);
    }

    /// <summary>A vector with the channels in front of the taps as one that is multiplied with the weight.</summary>
    Node Inside(GraphBuilder g, Node v) => g.Reshape(g.Permute(g.Reshape(v, new Shape(Others, Taps)), 1, 0), Right.Shape);

    Node Outside(GraphBuilder g, Node v) =>
        g.Reshape(g.Permute(g.Reshape(v, new Shape(Taps, Others)), 1, 0), new Shape(Others * Taps));

    static Node Direction(GraphBuilder g, Node x)
    {
        var norm = g.Unary(Op.Sqrt, g.Sum(g.Unary(Op.Square, x)));
        return g.Div(x, g.Binary(Op.Max, norm, g.Constant(Smallest)));
    }
}
