namespace Zoo.Tests.Oracle;

/// <summary>An image of a random network: its sizes as they are written down, layer after layer.</summary>
sealed class RandomImage(Random random, bool hasBatch, int channels, int height, int width)
{
    // So that an oracle of single numbers stays quick.
    const int Largest = 12;

    public int Count => channels * height * width;

    public string Sizes => $"{channels}, {height}, {width}";

    /// <summary>An expression of one more layer on the image <paramref name="x"/>.</summary>
    public string Layer(string x, Func<string> newName)
    {
        while (true)
        {
            var (kernel, stride, padding, dilation) = (random.Next(1, 5), random.Next(1, 4), random.Next(0, 3), random.Next(1, 3));
            var geometry = $"{kernel}, stride: {stride}, padding: {padding}";
            int Windows(int size) => (size + 2 * padding - dilation * (kernel - 1) - 1 + stride) / stride;
            int Positions(int size) => (size - 1) * stride - 2 * padding + dilation * (kernel - 1) + 1;
            switch (random.Next(14))
            {
                case 0 or 1 or 2 when Math.Min(height, width) + 2 * padding > dilation * (kernel - 1):
                    (channels, height, width) = (random.Next(1, 6), Windows(height), Windows(width));
                    return $"{x}.Conv2d({channels}, {geometry}{Spelling(dilation)})";
                case 3 or 4 or 5:
                    var added = random.Next(stride);
                    var (h, w) = (Positions(height) + added, Positions(width) + added);
                    if (h - added < 1 || w - added < 1 || Math.Max(h, w) > Largest) continue;
                    (channels, height, width) = (random.Next(1, 6), h, w);
                    return $"{x}.ConvTranspose2d({channels}, {geometry}, outputPadding: {added}{Spelling(dilation)})";
                case 6:
                    var side = random.Next(1, Math.Min(3, Math.Min(height, width)) + 1);
                    (height, width) = (height / side, width / side);
                    return $"{x}.{(random.Next(2) == 0 ? "AveragePool2d" : "MaxPool2d")}({side})";
                case 7 when Math.Max(height, width) <= Largest / 2:
                    (height, width) = (2 * height, 2 * width);
                    return $"{x}.Upsample2d(2)";
                case 8:
                    // A residual sum, and a factor for each channel.
                    var factor = $"Tensor.Parameter(\"{newName()}\", [{channels}, 1, 1], Init.Ones)";
                    return $"({x} + {x}.Conv2d({channels}, 3, padding: 1).Tanh() * {factor})";
                case 9:
                    var slice = $"{x}.Slice({random.Next(channels++)}, 1)";
                    return $"Tensor.Concat({x}.Sin(), {slice})";
                case 11 when hasBatch || height * width > 1:
                    return $"{x}.BatchNorm({RandomNetwork.Pick(random, "epsilon: 0.1f", "0.3f, 0.2f", "epsilon: 0.1f, affine: false")})";
                case 12:
                    return $"{x}.LayerNorm(epsilon: 0.1f)";
                case 13 when height * width > 1:
                    var groups = random.Next(2) == 0 ? 1 : channels;
                    return RandomNetwork.Pick(random, $"{x}.InstanceNorm(0.1f, affine: true)", $"{x}.GroupNorm({groups}, epsilon: 0.1f)");
                case 10:
                    var axes = new[] { 0, 1, 2 };
                    random.Shuffle(axes);
                    int[] sizes = [channels, height, width];
                    (channels, height, width) = (sizes[axes[0]], sizes[axes[1]], sizes[axes[2]]);
                    return $"({x} * {x}.Mean(2).Mean(1).Reshape({sizes[0]}, 1, 1)).Permute({string.Join(", ", axes)})";
            }
        }
    }

    string Spelling(int dilation)
    {
        var init = random.Next(4) switch { 0 => ", bias: false", 1 => ", weight: Init.GlorotUniform", _ => "" };
        return dilation == 1 ? init : $"{init}, dilation: {dilation}";
    }
}
