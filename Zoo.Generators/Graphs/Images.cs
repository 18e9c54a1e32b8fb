using System;
using System.Linq;

namespace Zoo.Generators.Graphs;

/// <summary>
/// Layers of images. Whoever writes a network sees [channels, height, width], as PyTorch has it. Inside, an image is rows: a row of
/// channels for each position, so that a convolution is a product of windows by a matrix, the bias and the statistics of a channel are
/// sums of columns, and every gradient, of any order, is made of the same operations.
/// </summary>
public static class Images
{
    extension(GraphBuilder g)
    {
        /// <summary>[channels, height, width] as a row of channels for each position.</summary>
        public Node ToPositions(Node x) =>
            g.Reshape(g.Permute(x, 1, 2, 0), x.Type.Rows * x.Shape[1] * x.Shape[2], new Shape(x.Shape[0]));

        /// <summary>Rows by position as [channels, height, width].</summary>
        public Node FromPositions(Node y, int height, int width) =>
            g.Permute(g.Reshape(y, y.Type.Rows / (height * width), new Shape(height, width, y.Shape[0])), 2, 0, 1);

        /// <summary>
        /// torch.nn.Conv2d: out[o, y, x] = bias[o] + Σ weight[i, j, c, o]·x[c, y·s + i·d − p, x·s + j·d − p].
        /// </summary>
        /// <param name="x">[channels, height, width].</param>
        /// <param name="weight">[kernel·kernel·channels, outputs].</param>
        /// <param name="bias">[outputs] or null.</param>
        /// <param name="windowing">The windows over x.</param>
        public Node Conv2d(Node x, Node weight, Node? bias, Windowing windowing)
        {
            var product = g.MatMul(g.Windows(g.ToPositions(x), windowing), weight);
            return g.FromPositions(bias is null ? product : g.Add(product, bias), windowing.WindowRows, windowing.WindowColumns);
        }

        /// <summary>torch.nn.ConvTranspose2d: the gradient of a convolution by its input.</summary>
        /// <param name="x">[channels, rows of windows, columns of windows].</param>
        /// <param name="weight">[kernel·kernel·outputs, channels].</param>
        /// <param name="bias">[outputs] or null.</param>
        /// <param name="windowing">The windows over the result.</param>
        public Node ConvTranspose2d(Node x, Node weight, Node? bias, Windowing windowing)
        {
            var sum = g.WindowSum(g.MatMul(g.ToPositions(x), weight, transposeB: true), windowing);
            return g.FromPositions(bias is null ? sum : g.Add(sum, bias), windowing.Height, windowing.Width);
        }

        /// <summary>Means of squares side by side; what is left over at the right and below is dropped, as PyTorch does.</summary>
        public Node AveragePool2d(Node x, int kernel) =>
            Pool(g, x, kernel, (squares, type) => g.Mul(g.Sum(squares, type), 1f / (kernel * kernel)));

        /// <summary>Largest elements of squares side by side.</summary>
        public Node MaxPool2d(Node x, int kernel) => Pool(g, x, kernel, g.ReduceMax);

        /// <summary>Each position as a square of positions (torch.nn.Upsample, nearest).</summary>
        public Node Upsample2d(Node x, int factor)
        {
            var (rows, height, width, channels) = (x.Type.Rows, x.Shape[1], x.Shape[2], x.Shape[0]);
            var apart = g.Reshape(g.ToPositions(x), rows, new Shape(height, 1, width, 1, channels));
            var spread = g.Broadcast(apart, new(rows, new Shape(height, factor, width, factor, channels)));
            var positions = rows * height * width * factor * factor;
            return g.FromPositions(g.Reshape(spread, positions, new Shape(channels)), height * factor, width * factor);
        }
    }

    static Node Pool(GraphBuilder g, Node x, int kernel, Func<Node, TensorType, Node> reduce)
    {
        var (rows, height, width, channels) = (x.Type.Rows, x.Shape[1] / kernel, x.Shape[2] / kernel, x.Shape[0]);
        var whole = g.Slice(g.Slice(x, 1, 0, height * kernel), 2, 0, width * kernel);
        var squares = g.Reshape(g.ToPositions(whole), rows, new Shape(height, kernel, width, kernel, channels));
        var pooled = reduce(squares, new(rows, new Shape(height, 1, width, 1, channels)));
        return g.FromPositions(g.Reshape(pooled, rows * height * width, new Shape(channels)), height, width);
    }
}
