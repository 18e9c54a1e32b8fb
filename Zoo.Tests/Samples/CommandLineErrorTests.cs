using Xunit;
using Zoo.Tests.Data;

namespace Zoo.Tests.Samples;

public sealed class CommandLineErrorTests(FaultyDataSets faulty) : IClassFixture<FaultyDataSets>
{
    [Theory, Trait("Speed", "Slow")]
    [InlineData("--epochs 0", "--epochs: expected a number from 1 to 1000000, got 0")]
    [InlineData("train --epochs many", "'many'")]
    [InlineData("--learning-rate -1", "--learning-rate: expected a positive number, got -1")]
    [InlineData("--threads 0", "--threads: expected a number from 1 to 1024, got 0")]
    [InlineData("--nothing", "'--nothing'")]
    [InlineData("--data /no/such/folder --out {out}", "/no/such/folder: no such folder")]
    [InlineData("--data {empty} --out {out}", "none of train-images-idx3-ubyte, train-images-idx3-ubyte.gz")]
    [InlineData("--data {truncated} --out {out}", "truncated; expected 235200 bytes after the header, got 235199")]
    [InlineData("--data {large} --out {out}", "expected images of 784 pixels (28 × 28), got 32 × 32")]
    [InlineData("--data {few} --out {out}", "expected at least 128 images (one batch) in each of the two sets, got 7")]
    [InlineData("--data {pictures} --out {out}", "broken.png: not a PNG or JPEG file.")]
    [InlineData("--data {classes} --out {out}", "got cats, dogs in train and cats in test.")]
    [InlineData("--out {file}/deeper", "--out: expected a folder that can be written, got")]
    [InlineData("--out {file}", "--out: expected a folder that can be written, got")]
    [InlineData("--resume {out}/none.safetensors --out {out}", "--resume: expected a checkpoint, but there is no file")]
    [InlineData("--resume {file} --out {out}", "file")]
    [InlineData("train Nonsense", "MODEL: expected one of FashionVae, FashionConditionalVae, FashionQuadrantVae, FashionGan,")]
    [InlineData("train RingGan --epochs 3 --out {out}", "--epochs: RingGan is trained on points that are drawn afresh for every step; use")]
    [InlineData("train FashionGan --steps 3 --out {out}", "--steps: FashionGan is trained on a fixed number of images; use --epochs")]
    [InlineData("--steps 3 --out {out}", "--steps: FashionVae is trained on a fixed number of images; use --epochs")]
    [InlineData("train RingGan --steps 0", "--steps: expected a number from 1 to 1000000000, got 0")]
    [InlineData("train RingGan --data {empty} --out {out}", "--data: expected ring or grid")]
    [InlineData("train FashionWgan --data ring --out {out}", "ring: no such folder")]
    [InlineData("train FashionWgan --data {few} --out {out}", "expected at least 64 images (one batch) in each of the two sets, got 7")]
    [InlineData("train GridWgan --resume {out}/none.safetensors --out {out}", "--resume: expected a checkpoint, but there is no file")]
    [InlineData("train OwnCritic --resume {file} --out {out}", "file")]
    [InlineData("reproduce modes --seeds 0", "--seeds: expected a number from 1 to 1000, got 0")]
    [InlineData("reproduce modes --model FashionGan --out {out}", "--model: expected a model of points, one of RingGan,")]
    [InlineData("reproduce modes --model Nonsense --out {out}", "expected one of FashionVae,")]
    [InlineData("reproduce modes --data spiral --out {out}", "--data: expected ring or grid")]
    [InlineData("reproduce modes --out {file}/deeper", "--out: expected a folder that can be written, got")]
    [InlineData("reproduce codes --epochs 0", "--epochs: expected a number from 1 to 1000000, got 0")]
    [InlineData("reproduce codes --data ring --out {out}", "ring: no such folder")]
    [InlineData("reproduce codes --data {few} --out {out}", "expected at least 128 images (one batch) in each of the two sets, got 7")]
    [InlineData("reproduce", "Required command was not provided")]
    [InlineData("evaluate --checkpoint {out}/none.safetensors", "--checkpoint: expected a checkpoint, but there is no file")]
    [InlineData("train RingGan --flip --out {out}", "these change batches of images, on which RingGan is not trained")]
    [InlineData("train FashionRbm --binarise --out {out}", "these change batches of images, on which FashionRbm is not trained")]
    [InlineData("--crop 0 --out {out}", "--crop: expected a number from 1 to 1000, got 0")]
    [InlineData("--crop 28 --out {out}", "--crop: expected a number from 1 to 27 for images of 28 × 28, got 28")]
    [InlineData("train CifarConvolutionalVae --out {out}", "--data: expected a folder of images of 3 × 32 × 32, such as")]
    [InlineData("train CifarConvolutionalVae --data {large} --out {out}", "expected images of 3 × 32 × 32, got 32 × 32")]
    [InlineData("train CifarConvolutionalVae --data {cifar} --out {out}", "none of data_batch_2.bin, data_batch_2.bin.gz is there")]
    [InlineData("--data {csv} --out {out}", "train.csv: expected a label and 784 pixels (28 × 28) on each line, got a label and 3")]
    [InlineData("train FashionGaussianVae --data {npy} --out {out}", "expected a file y_train.npy (or y_train.npy.gz, or one whose")]
    [InlineData("train CifarConvolutionalVae --data {last} --out {out}", "[count, 3, 32, 32], channels first, got [1, 32, 32, 3]")]
    [InlineData("--data {labels} --out {out}", "y_train.npy: expected 2 labels, one for each image of")]
    [InlineData("sample --count 0", "--count: expected a number from 1 to 10000, got 0")]
    public void Bad_input_is_one_line_and_exit_code_2(string arguments, string expected)
    {
        using var scratch = new TemporaryFolder();
        var values = new Dictionary<string, string>(faulty.Paths)
        {
            ["{out}"] = Path.Combine(scratch.Path, "out"),
            ["{file}"] = scratch.Write("file", [1, 2, 3]),
            ["{empty}"] = scratch.Path,
        };
        Check(expected,
            SampleProgram.Run([.. arguments.Split(' ')
                .Select(argument => values.Aggregate(argument, (text, value) => text.Replace(value.Key, value.Value)))]));
    }

    [Fact]
    public void A_missing_package_is_named() =>
        Check("apt-get install dataset-fashion-mnist",
            SampleProgram.Run([("XDG_DATA_DIRS", "/no/such/folder")], "--data", "fashion-mnist", "--out", Path.GetTempPath()));

    static void Check(string expected, SampleProgram.Result result)
    {
        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith("error: ", result.ErrorLines[0]);
        Assert.Contains(expected, result.ErrorLines[0]);
        Assert.DoesNotContain("   at ", result.Error);
        Assert.True(result.ErrorLines.Length == 1
            || (result.ErrorLines.Length == 2 && result.ErrorLines[1].StartsWith("Use --help", StringComparison.Ordinal)), result.Error);
        Assert.DoesNotContain("epoch", result.Output);
    }
}
