using System.Buffers.Binary;
using System.Text.Json.Nodes;
using Xunit;
using Zoo.Runtime;
using Zoo.Tests.Data;
using Zoo.Tests.State;

namespace Zoo.Tests.Checkpoints;

public sealed class RejectionTests : IDisposable
{
    readonly TemporaryFolder folder = new();
    readonly ModelState model = TinyModel.Trained(TinyModel.Interleaved, 2);
    readonly byte[] good;

    public RejectionTests()
    {
        using var saved = TinyModel.Trained(TinyModel.Interleaved, 1);
        saved.Save(Path.Combine(folder.Path, "good"));
        good = File.ReadAllBytes(Path.Combine(folder.Path, "good"));
    }

    public void Dispose()
    {
        model.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void The_good_file_is_good()
    {
        model.Load(folder.Write("copy", new SafetensorsBytes(good).ToArray()));
    }

    public static TheoryData<string, string> Headers() => new()
    {
        { "", "is not valid JSON" },
        { "[]", "is not a JSON object" },
        { "{", "is not valid JSON" },
        { "{} x", "is not valid JSON" },
        { """{"a":1}""", "'a' in its header is not an object" },
        { """{"__metadata__":[]}""", "__metadata__" },
        { """{"__metadata__":{},"__metadata__":{}}""", "has __metadata__ twice" },
        { """{"__metadata__":null,"__metadata__":{"a":"b"}}""", "has __metadata__ twice" },
        { """{"__metadata__":{"a":null}}""", "'a' in __metadata__ is not a string" },
        { """{"a":{"dtype":"F32","dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "tensor 'a' has dtype twice" },
        { """{"a":{"dtype":"F16","shape":[2],"data_offsets":[0,8],"dtype":"F32"}}""", "tensor 'a' has dtype twice" },
        { """{"a":{"dtype":"F32","shape":[2],"shape":[2],"data_offsets":[0,8]}}""", "tensor 'a' has shape twice" },
        { """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4],"data_offsets":[0,8]}}""", "tensor 'a' has data_offsets twice" },
        { """{"a":{"dtype":null,"shape":[2],"data_offsets":[0,8]}}""", "'a' in its header needs dtype, shape and two data_offsets" },
        { """{"a":null}""", "'a' in its header is not an object" },
        { """{"__metadata__":{"a":1}}""", "'a' in __metadata__ is not a string" },
        { """{"a":{}}""", "'a' in its header needs dtype, shape and two data_offsets" },
        { """{"a":{"dtype":1,"shape":[],"data_offsets":[0,4]}}""", "is not valid JSON" },
        { """{"a":{"dtype":"F33","shape":[],"data_offsets":[0,4]}}""", "unknown type 'F33'" },
        { """{"a":{"dtype":"11","shape":[],"data_offsets":[0,4]}}""", "unknown type '11'" },
        { """{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", "shape of tensor 'a' holds something that is no size" },
        { """{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}""", "shape of tensor 'a' holds something that is no size" },
        { """{"a":{"dtype":"F32","shape":3,"data_offsets":[0,4]}}""", "shape of tensor 'a' is not an array" },
        { """{"a":{"dtype":"F32","shape":[],"data_offsets":[0]}}""", "needs dtype, shape and two data_offsets" },
        { """{"a":{"dtype":"F32","shape":[],"data_offsets":[4,0]}}""", "its data_offsets are 4 and 0" },
        { """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", "has 8 bytes; its data_offsets are 0 and 4" },
        { """{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,4]}}""", "the impossible shape" },
        { """{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "begins at byte 4 of the data; 0 was expected" },
        { """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[2,6]}}""",
            "'b' begins at byte 2 of the data; 4 was expected" },
        { """{"a":{"dtype":"F32","shape":[9],"data_offsets":[0,36]}}""", "ends at byte 36 of the data, but only 8 follow" },
        { """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", "its tensors have 4 bytes, but 8 follow" },
        { """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""",
            "tensor 'a' twice" },
        { """{"a":{"dtype":"F32","shape":[9223372036854775807],"data_offsets":[0,9223372036854775807]}}""", "the impossible shape" },
        { """{"a":{"dtype":"U8","shape":[9223372036854775807],"data_offsets":[0,9223372036854775807]}}""", "but only 8 follow" },
        { """{"a":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,4]}}""", "holds something that is no size" },
        { "{\"\\ud800\":{}}", "is not valid JSON" },
    };

    [Theory]
    [MemberData(nameof(Headers))]
    public void A_bad_header_is_refused(string header, string message) =>
        Refused(SafetensorsBytes.FromHeader(header, new byte[8]), message);

    [Fact]
    public void A_file_that_is_cut_or_too_long_is_refused()
    {
        Refused([], "the file has 0 bytes");
        Refused(good[..7], "the file has 7 bytes");
        Refused(good[..8], "but only 0 follow");
        Refused(good[..300], "truncated");
        Refused(good[..^1], "truncated");
        Refused([.. good, 0], "follow the header");
        var large = (byte[])good.Clone();
        BinaryPrimitives.WriteUInt64LittleEndian(large, ulong.MaxValue);
        Refused(large, "18446744073709551615 bytes");
        BinaryPrimitives.WriteUInt64LittleEndian(large, (ulong)good.Length);
        Refused(large, "truncated, or no safetensors file");
    }

    [Fact]
    public void What_does_not_fit_the_model_is_listed_as_a_whole()
    {
        var file = new SafetensorsBytes(good);
        file.Remove("encoder.dense1.bias");
        file.Remove("state.exp_avg.decoder.scale");
        file.Add("decoder.dense9.weight", "I32", [1, 1], new byte[4]);
        file.Header["encoder.dense1.weight"]!["shape"] = new JsonArray(5, 3);
        file.Header["encoder.dense2.bias"]!["dtype"] = "I32";
        file.Header["state.exp_avg_sq.encoder.dense2.bias"]!["dtype"] = "I32";
        file.Header["__metadata__"]!["fingerprint"] = "f2";
        var refused = Refused(file.ToArray(),
            "'encoder.dense1.bias' is missing; F32, F16, BF16 or F64 [3] was expected",
            "'encoder.dense1.weight' is F32 [5, 3]; F32, F16, BF16 or F64 [3, 5] was expected",
            "'encoder.dense2.bias' is I32 [2]",
            "'state.exp_avg.decoder.scale' is missing; F32 [] was expected",
            "'state.exp_avg_sq.encoder.dense2.bias' is I32 [2]; F32 [2] was expected",
            "'decoder.dense9.weight' is not expected; it is I32 [1, 1]");
        Assert.Equal(6, refused.Problems.Count);
        Assert.DoesNotContain("fingerprint", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("state.seed")]
    [InlineData("state.steps")]
    [InlineData("state.updates")]
    [InlineData("state.exp_avg.encoder.dense3.weight")]
    public void A_part_of_the_state_is_refused(string missing)
    {
        var file = new SafetensorsBytes(good);
        file.Remove(missing);
        Refused(file.ToArray(), $"'{missing}' is missing");
    }

    [Fact]
    public void State_of_the_wrong_type_is_refused()
    {
        var file = new SafetensorsBytes(good);
        file.Header["state.steps"]!["dtype"] = "U64";
        file.Header["state.seed"]!["dtype"] = "F64";
        file.Header["state.updates"]!["shape"] = new JsonArray();
        Refused(file.ToArray(), "'state.steps' is U64 []; I64 [] was expected", "'state.seed' is F64 []",
            "'state.updates' is I64 []; I64 [1] was expected");
    }

    [Fact]
    public void Values_that_cannot_be_are_refused()
    {
        var file = new SafetensorsBytes(good);
        BinaryPrimitives.WriteSingleLittleEndian(file["state.hyperparameters.beta"], float.NaN);
        BinaryPrimitives.WriteInt64LittleEndian(file["state.steps"], -3);
        BinaryPrimitives.WriteInt64LittleEndian(file["state.updates"], -4);
        Refused(file.ToArray(), "'state.hyperparameters.beta' holds NaN", "'state.steps' holds -3", "'state.updates' holds -4");
    }

    [Fact]
    public void Another_variant_or_a_later_version_is_refused()
    {
        var variant = new SafetensorsBytes(good);
        variant.Header["__metadata__"]!["variant"] = "gan";
        Refused(variant.ToArray(), "its variant is 'gan'; 'vae' was expected");
        var version = new SafetensorsBytes(good);
        version.Header["__metadata__"]!["version"] = "2";
        Refused(version.ToArray(), "its version is '2'; '1' was expected");
    }

    [Fact]
    public void Metadata_that_is_null_is_none()
    {
        var file = new SafetensorsBytes(good);
        file.Header["__metadata__"] = null;
        model.Load(folder.Write("null", file.ToArray()));
        file.Header.Remove("__metadata__");
        model.Load(folder.Write("without", file.ToArray()));
        file.Header["__metadata__"] = new JsonObject();
        model.Load(folder.Write("empty", file.ToArray()));
    }

    [Fact]
    public void A_fingerprint_counts_where_names_and_shapes_say_nothing()
    {
        var file = new SafetensorsBytes(good);
        file.Header["__metadata__"]!["fingerprint"] = "f2";
        Refused(file.ToArray(), "its fingerprint is 'f2'; 'f1' was expected");
    }

    [Theory]
    [InlineData("F32", "encoder.dense1.weight", 0x7FC00000, "holds NaN at [1, 2]")]
    [InlineData("F32", "encoder.dense2.bias", 0x7F800000, "holds Infinity at [1]")]
    [InlineData("F32", "decoder.scale", unchecked((int)0xFF800000), "holds -Infinity at []")]
    [InlineData("F32", "state.exp_avg.decoder.kernel", 0x7FC00000, "holds NaN at [1, 0, 1]")]
    [InlineData("F32", "state.hyperparameters.learning_rate", 0x7F800000, "holds Infinity at []")]
    public void A_value_that_is_no_finite_number_is_refused_by_name_and_place(string type, string name, int bits, string message)
    {
        var file = new SafetensorsBytes(good);
        Assert.Equal(type, (string?)file.Header[name]!["dtype"]);
        var last = file[name].Length / 4 - 1;
        BinaryPrimitives.WriteInt32LittleEndian(file[name][(4 * Math.Min(last, 7))..], bits);
        Refused(file.ToArray(), $"tensor '{name}' {message}");
    }

    [Fact]
    public void Another_name_of_the_class_is_fine()
    {
        var file = new SafetensorsBytes(good);
        file.Header["__metadata__"]!["model"] = "Renamed";
        model.Load(folder.Write("renamed", file.ToArray()));
    }

    [Fact]
    public void Long_lists_are_cut_in_the_message_alone()
    {
        var file = new SafetensorsBytes();
        for (var i = 0; i < 50; i++) file.Add($"x{i}", "U8", [1], [0]);
        var refused = Refused(file.ToArray(), "more");
        Assert.Equal(58, refused.Problems.Count);
        Assert.InRange(refused.Message.Split('\n').Length, 20, 23);
    }

    [Fact]
    public void Files_that_are_not_there_say_so()
    {
        Assert.Throws<FileNotFoundException>(() => model.Load(Path.Combine(folder.Path, "none")));
        Assert.Throws<DirectoryNotFoundException>(() => model.Load(Path.Combine(folder.Path, "none", "none")));
        Assert.ThrowsAny<ArgumentException>(() => model.Load(""));
        Assert.Throws<UnauthorizedAccessException>(() => model.Load(folder.Path));
    }

    CheckpointException Refused(byte[] file, params string[] messages)
    {
        var before = TinyModel.Bits(model);
        var gradients = model.GradientSection.ToArray();
        var path = folder.Write("bad", file);
        var refused = Assert.Throws<CheckpointException>(() => model.Load(path));
        Assert.Equal(path, refused.Path);
        Assert.Contains(path, refused.Message, StringComparison.Ordinal);
        foreach (var message in messages) Assert.Contains(message, refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, TinyModel.Bits(model));
        Assert.Equal(gradients, model.GradientSection.ToArray());
        return refused;
    }
}
