using Zoo.Generators.Passes;
using Zoo.Runtime;

namespace Zoo.Benchmarks.Limits;

/// <summary>One pass over a convolution as our programs run it, with its operands.</summary>
sealed class Convolution : TeamProgram, IDisposable
{
    readonly ConvolutionShape shape;
    readonly Arena memory;
    readonly Floats images, weight, outputs;

    public Convolution(ConvolutionShape shape)
    {
        this.shape = shape;
        int[] lengths =
            [shape.Images * shape.Side * shape.Side * shape.Channels, shape.Depth * shape.Outputs, shape.Windows * shape.Outputs];
        memory = new Arena(lengths.Sum(Line));
        (images, weight) = (memory.Base, memory.Base.At(Line(lengths[0])));
        outputs = weight.At(Line(lengths[1]));
        var random = new Random(1);
        foreach (ref var x in memory.Base.AsSpan(memory.Length)) x = random.NextSingle() - 0.5f;

        static int Line(int floats) => (floats + 15) / 16 * 16;
    }

    public override void Execute(Worker worker)
    {
        var (geometry, channels, count) = (shape.Geometry, shape.Channels, shape.Outputs);
        switch (shape.Pass)
        {
            case ConvolutionPass.ToWindows:
                Product.OfWindows(worker, images, channels, geometry, channels, transposed: false, weight, count, 1, outputs, count,
                    shape.Windows, count, shape.Depth);
                break;
            case ConvolutionPass.ToImage:
                Product.WindowSums(worker, outputs, count, weight, 1, count, images, channels, geometry, channels, shape.Images, count,
                    ProductGrid.ImagesPerBlock(shape.Images, geometry.Count));
                break;
            default:
                Product.OfWindows(worker, images, channels, geometry, channels, transposed: true, outputs, count, 1, weight, count,
                    shape.Depth, count, shape.Windows);
                break;
        }
    }

    public void Dispose() => memory.Dispose();
}
