using System.Buffers.Binary;
using System.Text.Json.Nodes;
using Zoo.Runtime;
using Zoo.Tests.Data;
using Zoo.Tests.State;

namespace Zoo.Tests.Checkpoints;

/// <summary>
/// Files as people have them: names of wrappers and of other classes, what batch normalisation counts, too many tensors and too few.
/// </summary>
public sealed class ForeignFileTests : IDisposable
{
    readonly TemporaryFolder folder = new();
    readonly ModelState saved = TinyModel.Trained(TinyModel.Interleaved, 1);
    readonly ModelState model = TinyModel.Trained(TinyModel.Interleaved, 2);

    string File => Path.Combine(folder.Path, "model.safetensors");

    static string[] Names => [.. TinyModel.Interleaved.Parameters.Select(parameter => parameter.Name)];

    public void Dispose()
    {
        saved.Dispose();
        model.Dispose();
        folder.Dispose();
    }

    [Theory]
    [InlineData("module.", "module.")]
    [InlineData("_orig_mod.", "module.", "_orig_mod.")]
    [InlineData("module._orig_mod.module.", "module.", "_orig_mod.")]
    [InlineData("model.vae.", "vae.", "model.", "other.")]
    [InlineData("", "module.", "")]
    public void Prefixes_of_wrappers_are_stripped(string prefix, params string[] prefixes)
    {
        Write(name => prefix + name);
        if (prefix.Length > 0) Assert.Equal(16, Assert.Throws<CheckpointException>(() => model.Load(File)).Problems.Count);
        var report = model.Load(File, new() { Prefixes = prefixes });
        Assert.Equal((false, 8, 0, 0), (report.IsComplete, report.Taken.Count, report.Missing.Count, report.Ignored.Count));
        Assert.Equal(Names, report.Taken);
        SameParameters();
    }

    [Fact]
    public void Names_are_mapped_before_or_after_a_prefix_is_stripped()
    {
        Write(name => name switch { "encoder.dense1.weight" => "module.fc1.weight", "encoder.dense1.bias" => "module.fc1.bias",
            _ => $"module.{name}" });
        var options = new CheckpointOptions
        {
            Prefixes = ["module."],
            Names = new Dictionary<string, string> { ["fc1.weight"] = "encoder.dense1.weight",
                ["module.fc1.bias"] = "encoder.dense1.bias" },
        };
        Assert.Equal(Names, model.Load(File, options).Taken);
        SameParameters();
    }

    [Fact]
    public void What_does_not_fit_is_told_by_both_names()
    {
        Write(name => name == "encoder.dense1.bias" ? "fc1.bias" : name, file => file.Header["fc1.bias"]!["shape"] = new JsonArray(3, 1));
        var refused = Assert.Throws<CheckpointException>(() => model.Load(File,
            new() { Names = new Dictionary<string, string> { ["fc1.bias"] = "encoder.dense1.bias" } }));
        Assert.Equal("tensor 'encoder.dense1.bias' ('fc1.bias' in the file) is F32 [3, 1]; F32, F16, BF16 or F64 [3] was expected",
            Assert.Single(refused.Problems));
    }

    [Fact]
    public void A_map_that_contradicts_the_file_is_refused()
    {
        Write(name => name, file => file.Add("fc1.bias", "F32", [3], new byte[12]));
        var before = TinyModel.Bits(model);
        var refused = Assert.Throws<CheckpointException>(() => model.Load(File, new()
        {
            Names = new Dictionary<string, string> { ["fc1.bias"] = "encoder.dense1.bias", ["fc2.bias"] = "encoder.dense2.bias" },
        }));
        Assert.Equal(
            ["tensors 'encoder.dense1.bias' and 'fc1.bias' are both 'encoder.dense1.bias' in the model",
                "the map of names has 'fc2.bias', which the file does not have"],
            refused.Problems);
        Assert.Equal(before, TinyModel.Bits(model));
    }

    /// <summary>A slip of the pen in the map is none that allowances cover up.</summary>
    [Fact]
    public void A_map_to_a_name_that_the_model_does_not_have_is_refused()
    {
        Write(name => name == "encoder.dense1.bias" ? "fc1.bias" : name);
        var options = new CheckpointOptions
        {
            Names = new Dictionary<string, string> { ["fc1.bias"] = "encoder.dense1.bais" }, AllowMissing = true, AllowExtra = true,
        };
        Assert.Equal("the map of names calls 'fc1.bias' 'encoder.dense1.bais', which the model does not have",
            Assert.Single(Assert.Throws<CheckpointException>(() => model.Load(File, options)).Problems));
        // Names of state are the model's too, and a file's own names need no map.
        saved.Save(File);
        var report = model.Load(File, options with { Names = new Dictionary<string, string> { ["state.steps"] = "state.steps" } });
        Assert.True(report.IsComplete);
    }

    /// <summary>Parameters of a network State are no state, whatever their names begin with.</summary>
    [Fact]
    public void A_network_may_be_called_State()
    {
        const string source = "using Zoo; [Model(Input = [2], Batch = 4)] [Adam] public partial class M { [Network] static Tensor "
            + "State(Tensor x) => x.Dense(1); [Phase] static Tensor Loss(Tensor x) => State(x).Square().Sum(); } public static class Use "
            + "{ public static CheckpointReport Load(string path, CheckpointOptions options) { using var m = M.Load(path, options, out var "
            + "report); return report; } }";
        using var compiled = new Engines.CompiledModels([source]);
        using IGenerativeModel from = compiled.Create("M", 1, Device.Cpu);
        from.Step(new float[8], default, default, new float[1]);
        from.Save(File);
        CheckpointReport Load(CheckpointOptions options) =>
            (CheckpointReport)compiled.Type("Use").GetMethod("Load")!.Invoke(null, [File, options])!;
        Assert.True(Load(new()).IsComplete);
        string[] names = ["state.dense1.weight", "state.dense1.bias"];
        Assert.Equal(names, Load(new() { ParametersOnly = true }).Taken);
        var file = new SafetensorsBytes(System.IO.File.ReadAllBytes(File));
        foreach (var name in file.Header.Select(entry => entry.Key).Except(names).Where(name => name != "__metadata__").ToList())
            file.Remove(name);
        System.IO.File.WriteAllBytes(File, file.ToArray());
        var report = Load(new());
        Assert.Equal((false, 2), (report.IsComplete, report.Taken.Count));
    }

    [Theory]
    [InlineData("encoder.norm1.num_batches_tracked")]
    [InlineData("num_batches_tracked")]
    [InlineData("module.norm.num_batches_tracked")]
    public void What_batch_normalisation_counts_is_ignored(string name)
    {
        Write(own => own, file => file.Add(name, "I64", [], new byte[8]));
        Assert.Equal([name], model.Load(File, new() { Prefixes = ["module."] }).Ignored);
        model.Load(File);
        SameParameters();
    }

    [Fact]
    public void Extra_tensors_are_ignored_and_reported_where_that_is_allowed()
    {
        Write(name => name,
            file => file.Add("head.weight", "F16", [2, 2], new byte[8]).Add("mask", "BOOL", [3], new byte[3])
                .Add("phase", "C64", [2], new byte[16]).Add("scale", "F8_E8M0", [5], new byte[5]));
        var refused = Assert.Throws<CheckpointException>(() => model.Load(File, new() { AllowMissing = true }));
        Assert.Equal(["tensor 'head.weight' is not expected; it is F16 [2, 2]", "tensor 'mask' is not expected; it is BOOL [3]",
            "tensor 'phase' is not expected; it is C64 [2]", "tensor 'scale' is not expected; it is F8_E8M0 [5]"], refused.Problems);
        Assert.Equal(["head.weight", "mask", "phase", "scale"], model.Load(File, new() { AllowExtra = true }).Ignored);
        SameParameters();
    }

    [Fact]
    public void Missing_parameters_stay_as_they_are_where_that_is_allowed()
    {
        Write(name => name, file =>
        {
            file.Remove("encoder.dense2.weight");
            file.Remove("decoder.scale");
        });
        var (weight, scale) = (TinyModel.Values(model.Parameters["encoder.dense2.weight"]),
            TinyModel.Values(model.Parameters["decoder.scale"]));
        Assert.Equal(2, Assert.Throws<CheckpointException>(() => model.Load(File, new() { AllowExtra = true })).Problems.Count);
        var report = model.Load(File, new() { AllowMissing = true });
        Assert.Equal(["encoder.dense2.weight", "decoder.scale"], report.Missing);
        Assert.Equal(6, report.Taken.Count);
        Assert.Equal(weight, TinyModel.Values(model.Parameters["encoder.dense2.weight"]));
        Assert.Equal(scale, TinyModel.Values(model.Parameters["decoder.scale"]));
        Assert.Equal(TinyModel.Values(saved.Parameters["encoder.dense1.weight"]),
            TinyModel.Values(model.Parameters["encoder.dense1.weight"]));
    }

    [Fact]
    public void A_missing_parameter_of_a_complete_checkpoint_may_lack_its_moments_too()
    {
        saved.Save(File);
        var file = new SafetensorsBytes(System.IO.File.ReadAllBytes(File));
        foreach (var name in (string[])["decoder.scale", "state.exp_avg.decoder.scale", "state.exp_avg_sq.decoder.scale"])
            file.Remove(name);
        System.IO.File.WriteAllBytes(File, file.ToArray());
        var report = model.Load(File, new() { AllowMissing = true });
        Assert.Equal((true, 7, "decoder.scale"), (report.IsComplete, report.Taken.Count, Assert.Single(report.Missing)));
        Assert.Equal((saved.Seed, saved.Steps), (model.Seed, model.Steps));
        // A part of the moments of a parameter that is there is damage.
        file.Remove("state.exp_avg.decoder.kernel");
        System.IO.File.WriteAllBytes(File, file.ToArray());
        Assert.Contains("'state.exp_avg.decoder.kernel' is missing",
            Assert.Throws<CheckpointException>(() => model.Load(File, new() { AllowMissing = true })).Message);
    }

    [Fact]
    public void The_parameters_of_a_complete_checkpoint_can_be_taken_alone()
    {
        saved.Save(File);
        var seed = model.Seed;
        var report = model.Load(File, new() { ParametersOnly = true });
        Assert.False(report.IsComplete);
        Assert.Equal(Names, report.Taken);
        Assert.Equal(3 + 2 * 8 + 2, report.Ignored.Count);
        SameParameters();
        Assert.Equal((seed, 0L, 1e-3f), (model.Seed, model.Steps, model.Hyperparameters["learning_rate"]));
    }

    [Fact]
    public void A_checkpoint_reports_that_it_is_complete()
    {
        saved.Save(File);
        var report = model.Load(File, new());
        Assert.True(report.IsComplete);
        Assert.Equal(Names, report.Taken);
        Assert.Equal(TinyModel.Bits(saved), TinyModel.Bits(model));
    }

    /// <summary>PyTorch counts batches in whole numbers; a layer that keeps the count takes it, whatever else it was written by.</summary>
    [Fact]
    public void What_a_layer_of_PyTorch_has_counted_is_taken()
    {
        const string source = """
            using Zoo;

            [Vae(Input = [3], Batch = 4)]
            public partial class M
            {
                static Gaussian Encoder(Tensor x) { var h = x.Dense(2).BatchNorm(); return new(h, h.Dense(2)); }
                static Bernoulli Decoder(Tensor z) => new(z.Dense(3));
            }
            """;
        using var compiled = new Engines.CompiledModels([source]);
        using IGenerativeModel from = compiled.Create("M", 1, Device.Cpu);
        from.Step(new float[12], default, default, new float[3]);
        var file = new SafetensorsBytes();
        foreach (var parameter in from.Parameters)
        {
            var values = TinyModel.Values(parameter);
            var isCount = parameter.Name.EndsWith("num_batches_tracked", StringComparison.Ordinal);
            var bytes = new byte[(isCount ? 8 : 4) * values.Length];
            if (isCount) BinaryPrimitives.WriteInt64LittleEndian(bytes, 12345);
            else for (var i = 0; i < values.Length; i++) BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(4 * i), values[i]);
            file.Add(parameter.Name, isCount ? "I64" : "F32", parameter.Shape.ToArray(), bytes);
        }
        System.IO.File.WriteAllBytes(File, file.ToArray());
        var load = compiled.Type("M").GetMethod("Load", [typeof(string), typeof(Device)])!;
        using var to = (IGenerativeModel)load.Invoke(null, [File, null])!;
        Assert.Equal([12345f], TinyModel.Values(to.Parameters["encoder.batchnorm1.num_batches_tracked"]));
        Assert.Equal(TinyModel.Values(from.Parameters["encoder.batchnorm1.running_var"]),
            TinyModel.Values(to.Parameters["encoder.batchnorm1.running_var"]));
        // A weight in whole numbers is damage.
        file.Header["encoder.dense1.bias"]!["dtype"] = "I32";
        System.IO.File.WriteAllBytes(File, file.ToArray());
        var refused = Assert.Throws<System.Reflection.TargetInvocationException>(() => load.Invoke(null, [File, null]));
        Assert.Contains("'encoder.dense1.bias' is I32 [2]; F32, F16, BF16 or F64 [2] was expected", refused.InnerException!.Message);
    }

    /// <summary>The saved model's parameters under other names, as a file from elsewhere.</summary>
    void Write(Func<string, string> rename, Action<SafetensorsBytes>? change = null)
    {
        var file = new SafetensorsBytes();
        foreach (var parameter in saved.Parameters)
        {
            var bytes = new byte[4 * parameter.Length];
            var values = TinyModel.Values(parameter);
            for (var i = 0; i < values.Length; i++) BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(4 * i), values[i]);
            file.Add(rename(parameter.Name), "F32", parameter.Shape.ToArray(), bytes);
        }
        change?.Invoke(file);
        System.IO.File.WriteAllBytes(File, file.ToArray());
    }

    void SameParameters()
    {
        foreach (var parameter in saved.Parameters)
            Assert.Equal(TinyModel.Values(parameter), TinyModel.Values(model.Parameters[parameter.Name]));
    }
}
