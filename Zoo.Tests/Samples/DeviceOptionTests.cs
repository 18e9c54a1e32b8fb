using System.Globalization;
using System.Text.RegularExpressions;
using ILGPU.Backends.OpenCL;
using ILGPU.Runtime.OpenCL;
using Zoo.Runtime;
using Zoo.Samples.Accelerators;
using Zoo.Tests.Gpu;

namespace Zoo.Tests.Samples;

public sealed partial class DeviceOptionTests
{
    const string Checkpoint = "fashion-vae.safetensors";

    [NoGpuFact]
    public void Without_a_GPU_all_that_was_found_is_named_with_why_and_what_to_do()
    {
        var result = SampleProgram.Run("evaluate", "--device", "gpu");
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Equal("error: --device gpu: No GPU can be used here.", result.ErrorLines[0]);
        Assert.Single(result.ErrorLines, line => line.StartsWith("  CUDA", StringComparison.Ordinal));
        Assert.Contains(result.ErrorLines, line => line.StartsWith("  OpenCL", StringComparison.Ordinal));
        Assert.StartsWith("Install NVIDIA's driver for CUDA", result.ErrorLines[^2]);
        Assert.StartsWith("Use --device cpu", result.ErrorLines[^1]);
        Assert.DoesNotContain("   at ", result.Error);
        // With PoCL it is one of the devices.
        if (Pocl.Unavailable is null)
            Assert.Matches("(?m)^  OpenCL device '.+' \\(platform Portable Computing Language\\): a processor, not a GPU\\.$",
                result.Error);
    }

    [Theory]
    [InlineData("--device nonsense", "--device: expected cpu, gpu or pocl, got 'nonsense'")]
    [InlineData("sample --device GPU", "--device: expected cpu, gpu or pocl, got 'GPU'")]
    [InlineData("--threads 2 --device pocl", "--threads: only --device cpu takes a number of threads, not --device pocl")]
    [InlineData("evaluate --device gpu --threads 2", "--threads: only --device cpu takes a number of threads, not --device gpu")]
    public void Options_that_cannot_be_are_refused_before_anything_is_opened(string arguments, string expected)
    {
        var result = SampleProgram.Run(arguments.Split(' '));
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains(expected, result.ErrorLines[0]);
        Assert.StartsWith("Use --help", Assert.Single(result.ErrorLines[1..]));
    }

    [Fact]
    public void PoCL_where_it_is_not_installed_is_an_error_that_says_what_to_install()
    {
        // A folder of drivers that does not exist is a machine without them; elsewhere PoCL is not looked for.
        var result = SampleProgram.Run([("OCL_ICD_VENDORS", "/no/such/folder")], "evaluate", "--device", "pocl");
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.StartsWith("error: --device pocl: ", Assert.Single(result.ErrorLines));
        Assert.Contains(OperatingSystem.IsLinux() ? "pocl-opencl-icd" : "Linux only", result.Error);
    }

    [PoclFact, Trait("Speed", "Slow")]
    public void On_PoCL_a_run_leaves_everything_and_its_checkpoint_moves_both_ways() => TrainsAndMoves("pocl");

    [GpuFact, Trait("Speed", "Slow")]
    public void On_a_GPU_a_run_leaves_everything_and_its_checkpoint_moves_both_ways() => TrainsAndMoves("gpu");

    [Theory]
    [InlineData(CLDeviceType.CL_DEVICE_TYPE_GPU, 2, 0, true, null)]
    [InlineData(CLDeviceType.CL_DEVICE_TYPE_GPU | CLDeviceType.CL_DEVICE_TYPE_DEFAULT, 3, 0, true, null)]
    [InlineData(CLDeviceType.CL_DEVICE_TYPE_GPU, 3, 0, false, "it has OpenCL 3.0; needed is 2.0, or 3.0 with the generic address space")]
    [InlineData(CLDeviceType.CL_DEVICE_TYPE_GPU, 1, 2, false, "it has OpenCL 1.2; needed is 2.0, or 3.0 with the generic address space")]
    [InlineData(CLDeviceType.CL_DEVICE_TYPE_CPU, 2, 0, true, "a processor, not a GPU")]
    [InlineData(CLDeviceType.CL_DEVICE_TYPE_ACCELERATOR, 2, 0, true, "not a GPU")]
    public void A_device_of_OpenCL_is_refused_for_a_reason(CLDeviceType type, int major, int minor, bool generic, string? expected) =>
        Assert.Equal(expected, OpenClGpus.Refusal(type, new CLCVersion(major, minor), generic));

    static void TrainsAndMoves(string device)
    {
        using var data = TinyDataSet.Create();
        string Out(string name) => Path.Combine(data.Path, name);
        var trained = SampleProgram.Run("--data", data.Path, "--device", device, "--epochs", "1", "--out", Out("first"));
        Assert.Equal((0, ""), (trained.ExitCode, trained.Error));
        Assert.StartsWith("Device: ", trained.Output);
        Assert.Matches("(?m)^Compiling kernels for '.+' …$", trained.Output);
        foreach (var name in (string[])["samples.png", "reconstructions.png", "latent.png", "losses.png"])
            Assert.True(new PngImage(Path.Combine(Out("first"), name)).Width > 100, name);

        // Measured the same on both.
        var checkpoint = Path.Combine(Out("first"), Checkpoint);
        AlmostEqual(Evaluate("cpu", checkpoint), Evaluate(device, checkpoint));

        // One epoch on each, there and back, against all of them on the processor.
        Resume("cpu", "2", checkpoint, Out("second"));
        Resume(device, "3", Path.Combine(Out("second"), Checkpoint), Out("third"));
        Assert.Equal(0, SampleProgram.Run("--data", data.Path, "--epochs", "3", "--out", Out("straight")).ExitCode);
        AlmostEqual(Evaluate("cpu", Path.Combine(Out("straight"), Checkpoint)), Evaluate("cpu", Path.Combine(Out("third"), Checkpoint)));

        void Resume(string on, string epochs, string from, string to) =>
            Assert.Equal(0,
                SampleProgram.Run("--data", data.Path, "--device", on, "--epochs", epochs, "--resume", from, "--out", to).ExitCode);

        double[] Evaluate(string on, string path)
        {
            var result = SampleProgram.Run("evaluate", "--checkpoint", path, "--data", data.Path, "--device", on);
            Assert.Equal((0, ""), (result.ExitCode, result.Error));
            double[] values = [.. Value().Matches(result.Output)
                .Select(match => double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture))];
            Assert.Equal(3, values.Length);
            return values;
        }
    }

    // A ten-thousandth, and the last digit that is printed.
    static void AlmostEqual(double[] expected, double[] actual)
    {
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], Math.Abs(expected[i]) * 1e-4 + 0.0101);
    }

    [GeneratedRegex(@"^  (?:ELBO|reconstruction|divergence) +(-?\d+\.\d\d)$", RegexOptions.Multiline)]
    private static partial Regex Value();
}
