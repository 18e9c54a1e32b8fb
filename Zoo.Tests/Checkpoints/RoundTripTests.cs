using System.Buffers.Binary;
using System.Text.Json.Nodes;
using Xunit;
using Zoo.Runtime;
using Zoo.Tests.Data;
using Zoo.Tests.State;

namespace Zoo.Tests.Checkpoints;

public sealed class RoundTripTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    string File => Path.Combine(folder.Path, "model.safetensors");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_checkpoint_brings_back_every_bit()
    {
        using var saved = TinyModel.Trained(TinyModel.Interleaved, 1);
        using var loaded = TinyModel.Trained(TinyModel.Interleaved, 2);
        Assert.NotEqual(TinyModel.Bits(saved), TinyModel.Bits(loaded));
        saved.Save(File);
        loaded.Load(File);
        Assert.Equal(TinyModel.Bits(saved), TinyModel.Bits(loaded));
        Assert.All(loaded.GradientSection.ToArray(), value => Assert.Equal(0, value));
    }

    [Fact]
    public void Values_that_are_no_numbers_come_back_only_where_that_is_asked_for()
    {
        using var saved = TinyModel.Trained(TinyModel.Interleaved, 1);
        using var loaded = TinyModel.Trained(TinyModel.Interleaved, 2);
        float[] odd = [BitConverter.Int32BitsToSingle(0x7FC12345), float.PositiveInfinity, -0f];
        saved.Parameters["encoder.dense1.bias"].CopyFrom(odd);
        saved.Save(File);
        var before = TinyModel.Bits(loaded);
        var refused = Assert.Throws<CheckpointException>(() => loaded.Load(File));
        Assert.Equal("tensor 'encoder.dense1.bias' holds NaN at [0] and 1 more such values; a finite number was expected",
            Assert.Single(refused.Problems));
        Assert.Equal(before, TinyModel.Bits(loaded));
        loaded.Load(File, new() { AllowNonFinite = true });
        Assert.Equal(TinyModel.Bits(saved), TinyModel.Bits(loaded));
    }

    [Fact]
    public void A_checkpoint_moves_between_layouts()
    {
        using var saved = TinyModel.Trained(TinyModel.Interleaved, 1);
        using var loaded = new ModelState(TinyModel.Separate, 2);
        saved.Save(File);
        loaded.Load(File);
        Assert.Equal(TinyModel.Bits(saved), TinyModel.Bits(loaded));
    }

    [Fact]
    public void Saving_twice_and_saving_what_was_loaded_give_the_same_bytes()
    {
        using var saved = TinyModel.Trained(TinyModel.Interleaved, 1);
        saved.Save(File);
        var first = System.IO.File.ReadAllBytes(File);
        saved.Save(File);
        Assert.Equal(first, System.IO.File.ReadAllBytes(File));
        using var loaded = new ModelState(TinyModel.Interleaved, 2);
        loaded.Load(File);
        loaded.Save(File);
        Assert.Equal(first, System.IO.File.ReadAllBytes(File));
    }

    [Fact]
    public void The_file_is_laid_out_as_the_format_asks()
    {
        using var state = TinyModel.Trained(TinyModel.Interleaved, 1);
        state.Save(File);
        var bytes = System.IO.File.ReadAllBytes(File);
        var header = BinaryPrimitives.ReadInt64LittleEndian(bytes);
        Assert.Equal((byte)'{', bytes[8]);
        Assert.Equal(0, (8 + header) % 8);
        var file = new SafetensorsBytes(bytes);
        Assert.Equal("""{"format":"zoo","version":"1","model":"TinyModel","variant":"vae","fingerprint":"f1"}""",
            file.Header["__metadata__"]!.ToJsonString());
        Assert.Equal("""{"dtype":"F32","shape":[3,5],"data_offsets":[24,84]}""", file.Header["encoder.dense1.weight"]!.ToJsonString());
        Assert.Equal("F32", (string?)file.Header["state.exp_avg_sq.decoder.kernel"]!["dtype"]);
        Assert.Equal("[]", file.Header["state.hyperparameters.beta"]!["shape"]!.ToJsonString());
        Assert.Equal(state.Seed, BinaryPrimitives.ReadUInt64LittleEndian(file["state.seed"]));
        Assert.Equal(state.Steps, BinaryPrimitives.ReadInt64LittleEndian(file["state.steps"]));
        Assert.Equal(state.Updates[0], BinaryPrimitives.ReadInt64LittleEndian(file["state.updates"]));
        var weight = TinyModel.Values(state.Parameters["encoder.dense1.weight"]);
        Assert.Equal(BitConverter.SingleToInt32Bits(weight[7]),
            BinaryPrimitives.ReadInt32LittleEndian(file["encoder.dense1.weight"][28..]));
        Assert.Equal(1 + 3 + 3 * 8 + 2, file.Header.Count);
    }

    [Fact]
    public void Moments_of_several_phases_are_kept_apart()
    {
        var description = TinyModel.Interleaved with
        {
            Phases = [new("reconstruction", 1, false, 0, 1, 4, []), new("adversarial", 1, false, 2, 3, 5, [])],
            // The second phase trains the second half of the encoder only.
            Moments = [new("reconstruction", "exp_avg", 160, 0, 72), new("adversarial", "exp_avg", 240, 32, 20)],
        };
        using var saved = TinyModel.Trained(description, 1);
        using var loaded = TinyModel.Trained(description, 2);
        saved.Save(File);
        loaded.Load(File);
        Assert.Equal(TinyModel.Bits(saved), TinyModel.Bits(loaded));
        var file = new SafetensorsBytes(System.IO.File.ReadAllBytes(File));
        Assert.True(file.Header.ContainsKey("state.adversarial.exp_avg.encoder.dense3.bias"));
        Assert.False(file.Header.ContainsKey("state.adversarial.exp_avg.encoder.dense1.bias"));
        Assert.Equal("[2]", file.Header["state.updates"]!["shape"]!.ToJsonString());
        Assert.Equal("[2]", file.Header["state.updates_in_step"]!["shape"]!.ToJsonString());
    }

    [Fact]
    public void Parameters_alone_load_and_leave_the_rest_fresh()
    {
        using var saved = TinyModel.Trained(TinyModel.Interleaved, 1);
        saved.Save(File);
        var file = new SafetensorsBytes(System.IO.File.ReadAllBytes(File));
        foreach (var name in file.Header.Select(pair => pair.Key).Where(name => name.StartsWith("state.", StringComparison.Ordinal))
            .ToList()) file.Remove(name);
        file.Header["__metadata__"] = new JsonObject { ["format"] = "pt" };
        System.IO.File.WriteAllBytes(File, file.ToArray());

        using var loaded = TinyModel.Trained(TinyModel.Interleaved, 2);
        using var expected = new ModelState(TinyModel.Interleaved, loaded.Seed);
        saved.ParameterSection.CopyTo(expected.ParameterSection);
        loaded.Load(File);
        Assert.Equal(TinyModel.Bits(expected), TinyModel.Bits(loaded));
    }

    [Theory]
    [InlineData("F16", "003C00C00080FF7B0100")] // 1, −2, −0, 65504, 2⁻²⁴
    [InlineData("BF16", "803F00C00080807F8033")] // 1, −2, −0, ∞, 2⁻²⁴
    [InlineData("F64", "000000000000F03F00000000000000C00000000000000080 9C7500883CE4377E 000000000000703E")]
    public void Other_floating_point_types_are_converted(string type, string hex)
    {
        var description = TinyModel.Describe(TinyModel.Parameter("a.weight", [5], 0, [1], Init.Zeros, 1, 1));
        using var state = new ModelState(description, 1);
        System.IO.File.WriteAllBytes(File,
            new SafetensorsBytes().Add("a.weight", type, [5], Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)))
                .ToArray());
        if (type != "F16")
        {
            var refused = Assert.Throws<CheckpointException>(() => state.Load(File));
            Assert.Contains(type == "F64" ? "'a.weight' holds 1E+300, which is beyond a float, at [3]" : "'a.weight' holds Infinity at [3]",
                refused.Message, StringComparison.Ordinal);
        }
        state.Load(File, new() { AllowNonFinite = true });
        var large = type == "F16" ? 65504 : float.PositiveInfinity;
        float[] expected = [1, -2, -0f, large, MathF.ScaleB(1, -24)];
        Assert.Equal(expected.Select(BitConverter.SingleToInt32Bits),
            TinyModel.Values(state.Parameters[0]).Select(BitConverter.SingleToInt32Bits));
    }
}
