using Zoo.Benchmarks.Limits;

namespace Zoo.Benchmarks.Steps;

/// <summary>The matrix products of dense layers, given the widths from input to output.</summary>
/// <param name="Name">In the products' names.</param>
/// <param name="Widths">From input to output.</param>
sealed record DenseProducts(string Name, params int[] Widths)
{
    public int Parameters => Layers.Sum(i => (Widths[i] + 1) * Widths[i + 1]);

    public IEnumerable<ProductShape> Forward(int rows) =>
        Layers.Select(i => new ProductShape($"{Name}.{i + 1}", rows, Widths[i + 1], Widths[i]));

    /// <summary>Gradients of activations, of all layers but the first.</summary>
    public IEnumerable<ProductShape> Backward(int rows) => Layers.Skip(1).Select(i => Input(i, rows, Widths[i]));

    /// <summary>Gradients of some of the numbers that a layer is given.</summary>
    public ProductShape Input(int layer, int rows, int numbers) =>
        new($"∂{Name}.{layer + 1}.x", rows, numbers, Widths[layer + 1], TransposeB: true);

    public IEnumerable<ProductShape> WeightGradients(int rows) =>
        Layers.Select(i => new ProductShape($"∂{Name}.{i + 1}.W", Widths[i], Widths[i + 1], rows, TransposeA: true));

    IEnumerable<int> Layers => Enumerable.Range(0, Widths.Length - 1);
}
