namespace Zoo.Benchmarks.Replay;

/// <summary>
/// Every layer of images alone, for a comparison with TorchSharp's. Two images of 4 × 5 × 4 are the columns of a weight that each network
/// has for itself, and the two examples choose one each, so that the gradient of that weight is the layer's gradient by its input. A step
/// moves no weight.
/// </summary>
[Sgd(LearningRate = 0f)]
[Model(Input = [Batch], Batch = Batch)]
public partial class ReplayedLayers
{
    /// <summary>Images.</summary>
    public const int Batch = 2;

    /// <summary>Of an image.</summary>
    public const int Channels = 4, Height = 5, Width = 4;

    [Network] static Tensor Conv(Tensor x) => Image(x).Conv2d(3, kernel: 3, stride: 2, padding: 1);

    [Network] static Tensor Dilated(Tensor x) => Image(x).Conv2d(2, kernel: 2, padding: 1, bias: false, dilation: 3);

    [Network] static Tensor Up(Tensor x) => Image(x).ConvTranspose2d(2, kernel: 3, stride: 2, padding: 1, outputPadding: 1);

    [Network] static Tensor UpDilated(Tensor x) => Image(x).ConvTranspose2d(1, kernel: 2, stride: 3, bias: false, dilation: 2);

    [Network] static Tensor Average(Tensor x) => Image(x).AveragePool2d(2);

    [Network] static Tensor Largest(Tensor x) => Image(x).MaxPool2d(2);

    [Network] static Tensor Larger(Tensor x) => Image(x).Upsample2d(2);

    [Network] static Tensor Channelwise(Tensor x) => Image(x).BatchNorm(momentum: 0.3f, epsilon: 0.01f);

    [Network] static Tensor Featurewise(Tensor x) => Image(x).Flatten().BatchNorm();

    [Network] static Tensor Instance(Tensor x) => Image(x).InstanceNorm(0.03f, affine: true);

    [Network] static Tensor Grouped(Tensor x) => Image(x).GroupNorm(2, epsilon: 0.04f);

    [Network] static Tensor Layered(Tensor x) => Image(x).LayerNorm(0.05f);

    [Network] static Tensor Pieces(Tensor x) => Image(x).Flatten().Maxout(3, pieces: 4);

    [Network] static Tensor Turned(Tensor x) => Image(x).Permute(2, 0, 1);

    /// <summary>The mean over the images of Σ sin(wᵢ·outᵢ): of the plain numbers, sums would be 0 behind a norm.</summary>
    [Phase]
    static (Tensor Conv, Tensor Dilated, Tensor Up, Tensor UpDilated, Tensor Average, Tensor Largest, Tensor Larger, Tensor Channelwise,
        Tensor Featurewise, Tensor Instance, Tensor Grouped, Tensor Layered, Tensor Pieces, Tensor Turned) Loss(Tensor x) => (
        Sines(Conv(x)), Sines(Dilated(x)), Sines(Up(x)), Sines(UpDilated(x)), Sines(Average(x)), Sines(Largest(x)), Sines(Larger(x)),
        Sines(Channelwise(x)), Sines(Featurewise(x)), Sines(Instance(x)), Sines(Grouped(x)), Sines(Layered(x)), Sines(Pieces(x)),
        Sines(Turned(x)));

    static Tensor Sines(Tensor h) => h.Sin().Sum();

    static Tensor Image(Tensor x) =>
        x.Dense(Channels * Height * Width, bias: false, name: "images").Reshape(Channels, Height, Width);
}
