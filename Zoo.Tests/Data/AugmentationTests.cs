namespace Zoo.Tests.Data;

public sealed class AugmentationTests
{
    static readonly ImageShape Shape = new(2, 3, 4);

    // Pixels are all different and none is 0, so that it can be seen where each came from.
    static ImageSet Images(int count) =>
        new(Shape, Enumerable.Range(0, count * 24).Select(p => (byte)(p % 254 + 1)).ToArray(),
            Enumerable.Range(0, count).Select(i => (byte)i).ToArray());

    static float[][] Draw(BatchSource source, int batches) => [.. Enumerable.Range(0, batches).Select(_ => source.Next().ToArray())];

    static float[] Levels(float[] values) => Array.ConvertAll(values, value => MathF.Round(value * 255));

    [Fact]
    public void Crops_are_shifts_with_zeros_each_as_likely_and_the_same_for_all_channels()
    {
        using var source = new BatchSource(Images(1), 1, seed: 3, shuffle: false, new Augmentation { CropPadding = 2 });
        var counts = new int[25];
        foreach (var image in Draw(source, 5000))
        {
            var places = Enumerable.Range(0, 25).Where(place => Levels(image).SequenceEqual(Shifted(place / 5 - 2, place % 5 - 2)))
                .ToArray();
            counts[Assert.Single(places)]++;
        }
        // 200 each expected, deviation 13.9.
        Assert.All(counts, count => Assert.InRange(count, 130, 270));

        static float[] Shifted(int down, int right) =>
        [
            .. from channel in Enumerable.Range(0, 2)
               from y in Enumerable.Range(0, 3)
               from x in Enumerable.Range(0, 4)
               select y + down is >= 0 and < 3 && x + right is >= 0 and < 4 ? channel * 12 + (y + down) * 4 + x + right + 1f : 0,
        ];
    }

    [Fact]
    public void Half_of_the_images_are_flipped_whole()
    {
        using var source = new BatchSource(Images(1), 1, seed: 3, shuffle: false, new Augmentation { HorizontalFlip = true });
        float[] plain = [.. Enumerable.Range(1, 24)], flipped = [.. plain.Chunk(4).SelectMany(row => row.Reverse())];
        var images = Draw(source, 2000).Select(Levels).ToArray();
        Assert.All(images, image => Assert.True(image.SequenceEqual(plain) || image.SequenceEqual(flipped)));
        Assert.InRange(images.Count(image => image.SequenceEqual(flipped)), 900, 1100);
    }

    [Fact]
    public void Dequantised_pixels_fill_their_level_and_stay_below_one()
    {
        var levels = Enumerable.Range(0, 256).Select(p => (byte)p).ToArray();
        using var source = new BatchSource(new ImageSet(16, 16, levels, new byte[1]), 1, seed: 1,
            augmentation: new Augmentation { Dequantise = true });
        var sum = 0.0;
        foreach (var image in Draw(source, 400))
        {
            for (var p = 0; p < 256; p++)
            {
                var noise = image[p] * 256.0 - p;
                Assert.InRange(noise, 0, 1 - 1.0 / 65536);
                sum += noise;
            }
        }
        // Mean of 102,400 uniform numbers: deviation 0.0009.
        Assert.InRange(sum / (400 * 256), 0.496, 0.504);
    }

    [Fact]
    public void Binary_pixels_are_one_as_often_as_they_say()
    {
        float[] rows = [0, 0.25f, 1, float.NaN];
        using var source = new BatchSource(rows, 4, 1, seed: 9, augmentation: new Augmentation { Binarise = true });
        var images = Draw(source, 4000);
        Assert.All(images, image => Assert.True(image[0] == 0 && image[1] is 0 or 1 && image[2] == 1 && float.IsNaN(image[3])));
        Assert.InRange(images.Sum(image => image[1]), 890, 1110);
    }

    // Not both at once: binary pixels hide what dequantisation did.
    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Seeking_and_the_size_of_batches_change_nothing(bool dequantise, bool binarise)
    {
        var all = new Augmentation { CropPadding = 2, HorizontalFlip = true, Dequantise = dequantise, Binarise = binarise };
        BatchSource Source(int batch) => new(Images(12), batch, 7, augmentation: all);
        using BatchSource straight = Source(3), seeking = Source(3), wide = Source(6);
        var batches = Draw(straight, 20);
        foreach (var step in (int[])[13, 0, 19, 7])
        {
            seeking.Seek(step / 4, step % 4);
            Assert.Equal(batches[step], seeking.Next().ToArray());
        }
        Assert.Equal(batches.SelectMany(batch => batch), Draw(wide, 10).SelectMany(batch => batch));
        using BatchSource other = new(Images(12), 3, 8, shuffle: false, all), one = new(Images(12), 3, 7, shuffle: false, all);
        Assert.NotEqual(Draw(one, 4), Draw(other, 4));
    }

    [Fact]
    public void The_order_is_crop_flip_dequantise_binarise_each_with_draws_of_its_own()
    {
        float[][] With(Augmentation augmentation)
        {
            using var source = new BatchSource(Images(5), 5, 11, shuffle: false, augmentation);
            return Draw(source, 30);
        }
        // The whole in two sources, the first half feeding the second: what comes first cannot depend on what comes after.
        foreach (var (first, second) in ((Augmentation, Augmentation)[])
        [
            (new() { CropPadding = 2 }, new() { HorizontalFlip = true, Shape = Shape }),
            (new() { HorizontalFlip = true }, new() { Dequantise = true }),
            (new() { CropPadding = 1, Dequantise = true }, new() { Binarise = true }),
        ])
        {
            var whole = With(first with
            {
                HorizontalFlip = first.HorizontalFlip || second.HorizontalFlip,
                Dequantise = first.Dequantise || second.Dequantise,
                Binarise = second.Binarise,
            });
            var halves = With(first);
            for (var epoch = 0; epoch < 30; epoch++)
            {
                using var source = new BatchSource(halves[epoch], 24, 5, 11, shuffle: false, augmentation: second);
                source.Seek(epoch, 0);
                Assert.Equal(whole[epoch], source.Next().ToArray());
            }
        }
    }

    [Fact]
    public void The_draws_are_the_documented_ones()
    {
        // Computed from the description alone, in another language: they may never change, or old runs cannot be resumed.
        float[] rows = [0.5f, 0.5f, 0.5f, 0.5f];
        using var source = new BatchSource(rows, 4, 1, seed: 42, shuffle: false, augmentation: new Augmentation { Dequantise = true });
        source.Seek(3, 0);
        Assert.Equal([8417351, 8453150, 8415737, 8449419], source.Next().ToArray().Select(x => (int)(x * 256 * 65536)));
    }

    [Fact]
    public void Arguments_are_checked()
    {
        string Message(Func<BatchSource> make) => Assert.Throws<ArgumentException>(make).Message;
        Assert.StartsWith("Expected a crop padding of at least 0, got -1.",
            Message(() => new(Images(2), 1, 0, true, new Augmentation { CropPadding = -1 })));
        Assert.StartsWith("Expected a crop padding below 3 for images of 2 × 3 × 4, got 3.",
            Message(() => new(Images(2), 1, 0, true, new Augmentation { CropPadding = 3 })));
        Assert.StartsWith("Expected images of 2 × 3 × 4, as the examples are, got an augmentation of 4 × 6.",
            Message(() => new(Images(2), 1, 0, true, new Augmentation { Shape = new(1, 4, 6) })));
        Assert.StartsWith("Expected a shape of 24 values (the size of one example), got 5 × 5.",
            Message(() => new(new float[24], 24, 1, 0, augmentation: new Augmentation { Shape = new(1, 5, 5) })));
        Assert.StartsWith("Cropping and flipping need the axes of an image",
            Message(() => new(new float[24], 24, 1, 0, augmentation: new Augmentation { HorizontalFlip = true })));
    }
}
