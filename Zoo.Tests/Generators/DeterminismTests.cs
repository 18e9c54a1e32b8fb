using System.Globalization;
using Xunit;
using Zoo.Generators.Tracing;

namespace Zoo.Tests.Generators;

/// <summary>The same declarations give the same bytes, wherever and in whatever order they are compiled.</summary>
public class DeterminismTests
{
    const string Two = """
        using Zoo;

        /// <summary>Another.</summary>
        [Vae(Input = [2, 3], Batch = 5, Beta = 0.25f)]
        [Sgd(LearningRate = 0.125f, Momentum = 0.5f)]
        public partial class Second
        {
            static Gaussian Encoder(Tensor x) => new(x.Flatten().Dense(2).LeakyRelu(0.015625f), -1.5f);
            static Gaussian Decoder(Tensor z) => new(z.Dense(6).Reshape(2, 3), Tensor.Parameter("deviation", [1]));
        }
        """;

    static string Everything(GeneratorRun run) =>
        string.Join("\n", run.Files.OrderBy(f => f.Name, StringComparer.Ordinal).Select(f => f.Name + "\n" + f.Text).Concat(run.Reported))
        + string.Join("\n",
            run.Result.TrackedSteps["Trace"].SelectMany(s => s.Outputs).Select(o => o.Value).OfType<ModelTrace>()
                .OrderBy(t => t.Identity.MetadataName, StringComparer.Ordinal));

    [Fact]
    public void TheOrderOfFilesDoesNotMatter() =>
        Assert.Equal(Everything(GeneratorRun.Of(Declarations.FashionVae, Two)), Everything(GeneratorRun.Of(Two, Declarations.FashionVae)));

    [Fact]
    public void ASecondRunGivesTheSame() =>
        Assert.Equal(Everything(GeneratorRun.Of(Declarations.FashionVae, Two)), Everything(GeneratorRun.Of(Declarations.FashionVae, Two)));

    [Fact]
    public void TheCultureDoesNotMatter()
    {
        var source = Two.Replace("z.Dense(6)", "z.Dense(6 + 5 - 5, name: $\"d{-3 + 4}\")");
        var expected = Everything(GeneratorRun.Of(source));
        var mistakes = Declarations.Vae("return new(x.Slice(-2, 1), x.Clamp(1.5f, -1.5f));");
        var reported = GeneratorRun.Of(mistakes).Reported;
        Assert.Equal(2, reported.Count);
        var culture = CultureInfo.CurrentCulture;
        GeneratorRun run, refused;
        try
        {
            // Cultures are invariant in this process, so what Turkish and Swedish would change is set by hand: the comma, and a minus that
            // is not ASCII.
            var odd = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            odd.NumberFormat.NumberDecimalSeparator = ",";
            odd.NumberFormat.NegativeSign = "\u2212";
            odd.NumberFormat.NumberGroupSeparator = "\u00a0";
            CultureInfo.CurrentCulture = odd;
            (run, refused) = (GeneratorRun.Of(source), GeneratorRun.Of(mistakes));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
        Assert.Equal(expected, Everything(run));
        Assert.Equal(reported, refused.Reported);
    }
}
