using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using Zoo.Models;
using Zoo.Tests.Data;

namespace Zoo.Tests.Samples;

/// <summary>
/// Commands that hold any model by what it can do. Checkpoints are those of models with first values, so that what a command writes can be
/// compared with what the model's own members give.
/// </summary>
public sealed class ModelCommandTests : IDisposable
{
    const string Checkpoint = "model.safetensors";

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    string In(string name) => System.IO.Path.Combine(folder.Path, name);

    SampleProgram.Result Run(string command, IGenerativeModel model, params string[] arguments)
    {
        model.Save(In(Checkpoint));
        var result = SampleProgram.Run([command, model.GetType().Name, "--checkpoint", In(Checkpoint), "--threads", "1", .. arguments]);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        return result;
    }

    static float[] Numbers(string path, params int[] sizes)
    {
        var file = NpyFile.Read(path);
        Assert.Equal("f4", file.Type);
        Assert.Equal(sizes, file.Sizes.ToArray());
        return file.ToFloats();
    }

    void HasPicture(string name, int dark)
    {
        var picture = new PngImage(In(name));
        Assert.InRange(picture.Dark(0, 0, picture.Width, 60), 200, 20_000);
        Assert.True(picture.Dark(0, 60, picture.Width, picture.Height - 60, threshold: 250) > dark, name);
        Assert.Empty(Directory.GetFiles(folder.Path, "*.part"));
    }

    [Fact]
    public void List_has_every_declared_model_and_what_it_can_do()
    {
        var declared = typeof(FashionVae).Assembly.GetTypes().Where(type => typeof(IGenerativeModel).IsAssignableFrom(type)).ToList();
        using var json = JsonDocument.Parse(SampleProgram.Run("list", "--json").Output);
        var models = json.RootElement.EnumerateArray().ToDictionary(m => m.GetProperty("name").GetString()!);
        Assert.Equal(declared.Select(type => type.Name).Order(StringComparer.Ordinal), models.Keys.Order(StringComparer.Ordinal));
        foreach (var type in declared)
        {
            string[] can = [.. models[type.Name].GetProperty("can").EnumerateArray().Select(ability => ability.GetString()!)];
            void Agree(string ability, params Type[] interfaces) =>
                Assert.Equal(interfaces.Any(i => i.IsAssignableFrom(type)), can.Contains(ability));
            Agree("sample", typeof(ISampler), typeof(IGibbsSampler));
            Agree("encode", typeof(IEncoder));
            Agree("reconstruct", typeof(IReconstructor));
            Agree("classify", typeof(IClassifier));
            Agree("log-likelihood", typeof(ILikelihood), typeof(IPartitionFunction));
        }
        Assert.Equal([3, 32, 32], models["CifarConvolutionalVae"].GetProperty("input").EnumerateArray().Select(axis => axis.GetInt32()));

        var listed = SampleProgram.Run("list");
        Assert.Equal((0, ""), (listed.ExitCode, listed.Error));
        Assert.DoesNotContain('\u001b', listed.Output);
        Assert.All(declared, type => Assert.Matches($@"(?m)^ +{type.Name} +\d", listed.Output));
        Assert.Matches(@"(?m)^ +RingGan +2 +35,971 +evaluate, sample +A GAN on eight Gaussians around a ring", listed.Output);
    }

    [Fact]
    public void Card_prints_the_card()
    {
        var printed = SampleProgram.Run("card", "digitsrbm");
        Assert.Equal((0, ""), (printed.ExitCode, printed.Error));
        Assert.StartsWith("DigitsRbm, a model of [RestrictedBoltzmannMachine]\n" + DigitsRbm.Card.Summary + "\n", printed.Output);
        Assert.Matches(@"(?m)^  parameters +6,564$", printed.Output);
        Assert.Matches(@"(?m)^ +machine +boltzmann +64 +100 +6,564 +0\.0128 +$", printed.Output);
        using var json = JsonDocument.Parse(SampleProgram.Run("card", "FashionQuadrantVae", "--json").Output);
        var card = json.RootElement;
        int Number(string name) => card.GetProperty(name).GetInt32();
        Assert.Equal((196, 1_009_288, 8), (Number("condition"), Number("parameters"), card.GetProperty("layers").GetArrayLength()));
        Assert.Equal(["Step", "Sample"], card.GetProperty("structure").EnumerateArray().Select(p => p.GetProperty("name").GetString()));
    }

    [Fact]
    public void Card_draws_the_structure()
    {
        var drawing = In("new/ring.svg");
        var printed = SampleProgram.Run("card", "RingGan", "--drawing", drawing);
        Assert.Equal((0, ""), (printed.ExitCode, printed.Error));
        Assert.EndsWith($"\n{drawing}: what training and sampling are made of.\n", printed.Output, StringComparison.Ordinal);
        var texts = XDocument.Load(drawing).Descendants().Where(e => e.Name.LocalName == "text").Select(e => e.Value).ToList();
        Assert.Equal(["Training: Discriminator", "Training: Generator", "Testing: Sample"], texts.Where(t => t.Contains("ing: ")));
        Assert.Empty(Directory.GetFiles(In("new"), "*.part"));
        // A folder of that name is left alone.
        Directory.CreateDirectory(In("a.svg"));
        var refused = SampleProgram.Run("card", "RingGan", "--drawing", In("a.svg"), "--json");
        Assert.Equal((2, "", $"error: --drawing: expected a file, but '{In("a.svg")}' is a folder.\n"),
            (refused.ExitCode, refused.Output, refused.Error));
    }

    [Fact]
    public void Sample_writes_what_the_model_draws()
    {
        using var ring = new RingGan(seed: 2);
        var expected = new float[2 * 7];
        ring.Sample(5, expected);
        Run("sample", ring, "--seed", "5", "--count", "7", "--out", In("ring.npy"));
        Assert.Equal(expected, Numbers(In("ring.npy"), 7, 2));
        var result = Run("sample", ring, "--output", In("ring.png"));
        Assert.Equal($"{In("ring.png")}: 2500 points drawn from the prior with seed 0.\n", result.Output);
        HasPicture("ring.png", 1000);

        using var labelled = new FashionConditionalVae(seed: 2);
        expected = new float[3 * 784];
        labelled.Sample(5, [4, 4, 4], expected);
        Run("sample", labelled, "--seed", "5", "--count", "3", "--label", "4", "--out", In("of-a-class"), "--format", "npy");
        Assert.Equal(expected, Numbers(In("of-a-class"), 3, 784));
        Run("sample", labelled, "--count", "20", "--out", In("classes.csv"));
        var lines = File.ReadAllLines(In("classes.csv"));
        Assert.Equal(21, lines.Length);
        Assert.StartsWith("x0,x1,", lines[0]);
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"{i / 2}"), lines[1..].Select(line => line[(line.LastIndexOf(',') + 1)..]));

        using var machine = new BarsRbm(seed: 2);
        expected = new float[5 * 9];
        machine.Sample(5, 30, expected);
        Run("sample", machine, "--seed", "5", "--count", "5", "--gibbs-steps", "30", "--out", In("bars.npy"));
        Assert.Equal(expected, Numbers(In("bars.npy"), 5, 9));
    }

    [Fact]
    public void A_condition_is_that_of_a_test_example()
    {
        using var data = TinyDataSet.Create();
        using var model = new FashionQuadrantVae(seed: 2);
        // The lower left quarter of image 6, whose pixels are 6, 7, … (mod 256).
        float[] quarter = [.. Enumerable.Range(14, 14).SelectMany(row => Enumerable.Range(0, 14).Select(column =>
            (6 + row * 28 + column) % 256 / 255f))];
        var expected = new float[2 * 588];
        model.Sample(5, [.. quarter, .. quarter], expected);
        string[] given = ["--data", data.Path, "--seed", "5", "--count", "2", "--condition", "6"];
        Run("sample", model, [.. given, "--out", In("rest.npy")]);
        Assert.Equal(expected, Numbers(In("rest.npy"), 2, 588));
        Run("sample", model, [.. given, "--out", In("whole.png")]);
        HasPicture("whole.png", 1000);
    }

    [Fact]
    public void Encode_writes_codes()
    {
        using var avb = new FourPointsAvb(seed: 2);
        float[] rows = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];
        var expected = new float[8];
        avb.Encode(5, rows, expected);
        Run("encode", avb, "--seed", "5", "--out", In("codes.npy"));
        Assert.Equal(expected, Numbers(In("codes.npy"), 4, 2));

        using var data = TinyDataSet.Create();
        using var labelled = new FashionConditionalVae(seed: 2);
        Run("encode", labelled, "--data", data.Path, "--out", In("codes.csv"));
        var lines = File.ReadAllLines(In("codes.csv"));
        Assert.Equal("z0,z1,z2,z3,z4,z5,z6,z7,label", lines[0]);
        Assert.Equal(130, lines.Length - 1);
        var first = new float[8];
        labelled.Encode([.. Enumerable.Range(0, 784).Select(i => i % 256 / 255f)], [0], first);
        Assert.Equal([.. first, 0f], lines[1].Split(',').Select(number => float.Parse(number, CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void Reconstruct_draws_originals_over_reconstructions()
    {
        using var machine = new BarsRbm(seed: 2);
        var result = Run("reconstruct", machine, "--out", In("bars.png"));
        Assert.Equal($"{In("bars.png")}: 16 test images and their reconstructions, Bars and stripes of 3 × 3.\n", result.Output);
        HasPicture("bars.png", 5000);
        // The first original is black, and what an untrained machine makes of it is not.
        var picture = new PngImage(In("bars.png"));
        Assert.InRange(picture.Dark(26, 70, 70, 70, threshold: 10), 4800, 4900);
        Assert.Equal(0, picture.Dark(26, 160, 70, 70, threshold: 10));

        using var linear = new LinearVae(seed: 2);
        Run("reconstruct", linear, "--count", "10", "--out", In("linear.png"));
        HasPicture("linear.png", 500);
        Run("reconstruct", linear, "--count", "10", "--out", In("linear.npy"));
        Assert.Equal(80, Numbers(In("linear.npy"), 10, 8).Length);
    }

    [Fact]
    public void Evaluate_measures_what_the_model_can()
    {
        using var machine = new BarsRbm(seed: 2);
        machine.Save(In("bars"));
        using var json = JsonDocument.Parse(Run("evaluate", machine, "--json").Output);
        var measures = json.RootElement.GetProperty("measures");
        float[] rows = [.. Enumerable.Range(0, 16).SelectMany(i => Enumerable.Range(0, 9).Select(pixel =>
            (float)((i % 8) >> (i < 8 ? pixel % 3 : pixel / 3) & 1)))];
        Assert.Equal(machine.LogPartition(), measures.GetProperty("log_partition").GetDouble());
        Assert.Equal(machine.LogLikelihood(rows), measures.GetProperty("log_likelihood").GetDouble(), 1e-6);
        Assert.Equal(machine.Evaluate(rows).FreeEnergy, measures.GetProperty("free_energy").GetSingle(), 1e-4);

        using var linear = new LinearVae(seed: 2);
        var printed = Run("evaluate", linear, "--importance-samples", "3", "--aggregate-samples", "20").Output;
        Assert.Matches(@"^Points of a linear law, those of training: 512 test points, model after 0 steps; nats a point\.\n", printed);
        foreach (var name in (string[])["ELBO", "reconstruction", "divergence", "log-likelihood", @"KL\(q\(z\) ‖ p\(z\)\)", "information"])
            Assert.Matches($@"(?m)^  {name} +-?\d+\.\d{{4}}$", printed);
        Assert.Matches(@"(?m)^  active units +\d of 3$", printed);

        using var data = TinyDataSet.Create();
        using var aae = new FashionSemiSupervisedAae(seed: 2);
        Assert.Matches(@"(?m)^  accuracy +0\.\d{4}$", Run("evaluate", aae, "--data", data.Path).Output);
        // Losses that look across the batch are measured of whole batches.
        using var energy = new FashionEbgan(seed: 2);
        Assert.Contains(": 128 test images,", Run("evaluate", energy, "--data", data.Path).Output);
    }

    [Fact]
    public void A_checkpoint_of_another_model_is_refused_by_its_tensors()
    {
        using var model = new RingGan(seed: 2);
        model.Save(In(Checkpoint));
        var result = SampleProgram.Run("sample", "MixtureGan", "--checkpoint", In(Checkpoint), "--out", In("result"));
        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith($"error: Cannot load '{In(Checkpoint)}':", result.ErrorLines[0]);
        Assert.False(File.Exists(In("result")));
    }

    [Theory]
    [InlineData("sample OwnCritic", "MODEL: OwnCritic cannot sample; it can evaluate. Models that can sample: FashionMixtureAae,")]
    [InlineData("encode RingGan", "MODEL: RingGan cannot encode; it can evaluate, sample. Models that can encode: ")]
    [InlineData("reconstruct GridWgan", "MODEL: GridWgan cannot reconstruct; it can evaluate, sample. Models that can reconstruct: ")]
    [InlineData("evaluate RingGan {ring} --importance-samples 3", "cannot estimate log p(x) by importance sampling; it can evaluate")]
    [InlineData("evaluate RingGan {ring} --temperatures 1", "--temperatures: expected 0, or at least 2, got 1.")]
    [InlineData("sample RingGan {ring} --label 1", "--label: RingGan takes no label to sample. Models that do: FashionMixtureAae,")]
    [InlineData("sample RingGan {ring} --gibbs-steps 5", "takes no sweeps to sample. Models that do: BarsRbm, DigitsRbm,")]
    [InlineData("sample FashionConditionalVae {ring} --label 10 {out}", "--label: expected a number from 0 to 9, got 10.")]
    [InlineData("sample RingGan {ring} --format jpg", "--format: expected png, npy or csv, got 'jpg'.")]
    [InlineData("sample RingGan {ring} --out {folder}", "--out: expected a file, but '{folder}' is a folder.")]
    [InlineData("sample RingGan {ring} --data spiral {out}", "--data: expected ring or grid")]
    [InlineData("sample FashionGan", "no file 'out/fashion-gan/fashion-gan.safetensors'. 'train FashionGan' leaves one there.")]
    [InlineData("evaluate BarsRbm --checkpoint {folder}/none", "'train BarsRbm' leaves one in 'out/bars-rbm/bars-rbm.safetensors'.")]
    [InlineData("evaluate BarsRbm {ring} --data somewhere", "--data: BarsRbm is trained on data of its own.")]
    [InlineData("card RingGan --drawing {folder}/ring.png", "--drawing: expected a file that ends in .svg, got '{folder}/ring.png'.")]
    [InlineData("card RingGan --drawing {folder}/ring.safetensors/a.svg",
        "--drawing: expected a folder that can be written, got '{folder}/ring.safetensors': ")]
    [InlineData("card Nonsense --drawing {folder}/result", "MODEL: expected one of FashionMixtureAae,")]
    [InlineData("card Nonsense", "MODEL: expected one of FashionMixtureAae, FashionSemiSupervisedAae,")]
    public void Bad_input_is_one_line_and_exit_code_2(string arguments, string expected)
    {
        using var model = new RingGan(seed: 2);
        model.Save(In("ring.safetensors"));
        string Filled(string text) => text.Replace("{ring}", $"--checkpoint {In("ring.safetensors")}")
            .Replace("{out}", $"--out {In("result")}").Replace("{folder}", folder.Path);
        var result = SampleProgram.Run(Filled(arguments).Split(' '));
        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith("error: ", result.ErrorLines[0]);
        Assert.Contains(Filled(expected), result.ErrorLines[0]);
        Assert.True(result.ErrorLines is [_] or [_, "Use --help to see what is possible."], result.Error);
        Assert.Equal("", result.Output);
        Assert.False(File.Exists(In("result")));
    }
}
