using Xunit;
using Zoo.Tests.Generators;

namespace Zoo.Tests.Tracing;

/// <summary>Each construct of the language of networks means what the plain form next to it means.</summary>
public class LanguageTests
{
    const string Plain = "return new(x.Dense(3), x.Dense(3));";

    [Theory]
    // Locals, reassignment, compound assignment.
    [InlineData("var a = x.Dense(3); Tensor b; b = x.Dense(3); return new Gaussian(a, b);", Plain)]
    [InlineData("x = x.Dense(5); x = x.Relu(); return new(x.Dense(3), x.Dense(3));",
        "var h = x.Dense(5).Relu(); return new(h.Dense(3), h.Dense(3));")]
    [InlineData("Tensor a, b; a = b = x.Dense(3); return new(a, b);", "var a = x.Dense(3); return new(a, a);")]
    [InlineData("var a = x; a += x; a -= 1f; a *= 2; a /= x; return new(a, x);", "return new((x + x - 1f) * 2f / x, x);")]
    [InlineData("const int n = 3; return new(x.Dense(n), x.Dense(n));", Plain)]
    // Constant arithmetic.
    [InlineData("var n = 7; n -= 1; n /= 2; var m = n++; return new(x.Dense(m), x.Dense(--n));", Plain)]
    [InlineData("var n = 1; n <<= 2; n |= 1; n ^= 6; n %= 4; return new(x.Dense(n), x.Dense(-n + 6 & 7));", Plain)]
    [InlineData("var n = 1.5f; var m = (int)(n * 2); long k = 3; return new(x.Dense(m), x.Dense((int)k));", Plain)]
    [InlineData("byte n = 1; n += 2; n++; n--; return new(x.Dense(n), x.Dense((int)3.9));", Plain)]
    [InlineData("var n = 2; double d = n / 3.0; float f = (float)d; return new(x * f, x);", "return new(x * (float)(2 / 3.0), x);")]
    [InlineData("var on = 3 > 2 && !(1 == 2) || 1 / int.Parse(\"0\") > 0; return new(on ? x : -x, x);", "return new(x, x);")]
    // Loops.
    [InlineData("for (var i = 0; i < 3; i++) x = x.Dense(4 << i).Relu(); return new(x, x);",
        "x = x.Dense(4).Relu(); x = x.Dense(8).Relu(); x = x.Dense(16).Relu(); return new(x, x);")]
    [InlineData("for (int i = 0, j = 4; i < j; i += 2, j--) x = x.Dense(j); return new(x, x);",
        "x = x.Dense(4).Dense(3); return new(x, x);")]
    [InlineData("for (var i = 0; ; i++) { if (i == 1) continue; if (i > 2) break; x = x.Dense(i + 1); } return new(x, x);",
        "x = x.Dense(1).Dense(3); return new(x, x);")]
    [InlineData("for (var i = 0; i < 2; i++) for (var j = 0; j < 2; j++) { if (j == 1) break; x = x + 1f; } return new(x, x);",
        "x = x + 1f; x = x + 1f; return new(x, x);")]
    [InlineData("for (var i = 0; i < 9; i++) if (i == 2) return new(x, x); else x = -x; return new(-x, x);",
        "x = -(-x); return new(x, x);")]
    [InlineData("foreach (var n in new[] { 5, 3 }) x = x.Dense(n); return new(x, x);", "x = x.Dense(5).Dense(3); return new(x, x);")]
    [InlineData("int[] sizes = [5, 3]; for (var i = 0; i < sizes.Length; i++) x = x.Dense(sizes[i]); return new(x, x);",
        "x = x.Dense(5).Dense(3); return new(x, x);")]
    [InlineData("int[] a = [5], b = [.. a, 3]; foreach (var n in b) { if (n == 5) continue; x = x.Dense(n); } return new(x, x);",
        "x = x.Dense(3); return new(x, x);")]
    // Choices.
    [InlineData("var n = 2; if (n > 1) { return new(x, x); } else { return new(x.Dense(1), x); }", "return new(x, x);")]
    [InlineData("var n = 2; if (n > 3) x = -x; else if (n > 1) x = x + 1f; return new(x, x);", "x = x + 1f; return new(x, x);")]
    [InlineData("var n = 5; var m = n switch { 1 => 1, > 3 and < 5 => 2, 5 when n > 9 => 4, not (< 5 or 7) => 3, _ => 9 }; return "
        + "new(x.Dense(m), x.Dense(n is 5 ? 3 : 1));", Plain)]
    [InlineData("string? name = null; return new(x.Dense(3, name: name ?? \"mean\"), x.Dense(3, name: null));",
        "return new(x.Dense(3, name: \"mean\"), x.Dense(3));")]
    [InlineData("for (var i = 0; i < 2; i++) x = x.Dense(3, name: $\"block{i}\"); return new(x, x);",
        "x = x.Dense(3, name: \"block0\").Dense(3, name: \"block1\"); return new(x, x);")]
    [InlineData("var n = 1; return new(x.Dense(3, name: \"a\" + n), x.Dense(3, name: nameof(x)));",
        "return new(x.Dense(3, name: \"a1\"), x.Dense(3, name: \"x\"));")]
    // Tuples.
    [InlineData("var (a, b) = (x.Dense(3), x.Dense(3)); return new(a, b);", Plain)]
    [InlineData("(Tensor a, var b) = (x.Dense(3), x.Dense(3)); (a, b) = (b, a); return new(b, a);", Plain)]
    [InlineData("var t = (first: x.Dense(3), (x.Dense(3), 1)); return new(t.first, t.Item2.Item1);", Plain)]
    [InlineData("var ((a, _), b) = ((x.Dense(3), 1), x.Dense(3)); return new(a, b);", Plain)]
    [InlineData("(Tensor, Tensor) t = (1f, x); return new(t.Item1 + t.Item2, x);", "return new(1f + x, x);")]
    // Arguments.
    [InlineData("return new(logVariance: x.Dense(4, name: \"v\").Dense(3), mean: x.Dense(3));",
        "var v = x.Dense(4, name: \"v\").Dense(3); return new(x.Dense(3), v);")]
    [InlineData("return new(x.Dense(bias: false, units: 3), x.Dense(3, weight: Init.Zeros, bias: true));",
        "return new(x.Dense(3, false), x.Dense(3, true, Init.Zeros, null));")]
    [InlineData("var k = (Init)7; return new(x.Dense(8, weight: k), x);", "return new(x.Dense(8, weight: Init.Normal002), x);")]
    [InlineData("Tensor[] parts = [x, x.Dense(1)]; return new(Tensor.Concat(parts), 0f);", "return new(Tensor.Concat(x, x.Dense(1)), 0f);")]
    [InlineData(";;{ } return new(x!.Dense(3), (x).Dense(3));", Plain)]
    public void MeansTheSameAs(string written, string plain) =>
        Assert.Equal(Traced.Meaning(Traced.Model(Declarations.Vae(plain))), Traced.Meaning(Traced.Model(Declarations.Vae(written))));

    [Theory]
    [InlineData("return Head(x);", "static Gaussian Head(Tensor t) => new(t.Dense(3), t.Dense(3));")]
    [InlineData("return new(Layer(x), Layer(x, 3));", "static Tensor Layer(Tensor t, int units = 3) => t.Dense(units);")]
    [InlineData("return new(Layer(x, 1), Layer(x, 2));",
        "static Tensor Layer(Tensor t, int depth) { if (depth > 2) return t.Relu(); return t.Dense(Sizes.Three); } static class Sizes { "
            + "public const int Three = 3; }")]
    [InlineData("var (a, b) = Both(x); return new(a, b);",
        "static (Tensor Mean, Tensor LogVariance) Both(Tensor t) { var mean = t.Dense(3); return (mean, t.Dense(3)); }")]
    [InlineData("return new(Same(x).Dense(Same(3)), x.Dense(3));", "static T Same<T>(T value) => value;")]
    [InlineData("Nothing(x); return new(x.Dense(3), x.Dense(3));", "static void Nothing(Tensor t) { }")]
    [InlineData("return new(Chain(x, 3), Chain(x, [3]));",
        "static Tensor Chain(Tensor t, params int[] sizes) { foreach (var size in sizes) t = t.Dense(size); return t; }")]
    [InlineData("return new(x.Layer(), Elsewhere.Layer(x));", "")]
    public void HelpersAreInlined(string encoder, string members) =>
        Assert.Equal(
            Traced.Meaning(Traced.Model(Declarations.Vae(Plain))),
            Traced.Meaning(Traced.Model(Declarations.Vae(encoder, members),
                "using Zoo; static class Elsewhere { public static Tensor Layer(this Tensor t) => t.Dense(3); }")));

    [Fact]
    public void HelpersCountInTheNetworkThatCallsThem()
    {
        var trace = Traced.Model("""
            using Zoo;
            [Vae(Input = [8], Batch = 4)]
            partial class M
            {
                static Gaussian Encoder(Tensor x) => new(Trunk(x).Dense(2), Trunk(x).Dense(2));
                static Bernoulli Decoder(Tensor z) => new(Trunk(z).Dense(8));
                static Tensor Trunk(Tensor t) { for (var i = 0; i < 2; i++) t = t.Dense(6).Relu(); return t; }
            }
            """);
        Assert.Equal(
            ["encoder.dense1", "encoder.dense2", "encoder.dense3", "encoder.dense4", "encoder.dense5", "encoder.dense6", "decoder.dense1",
                "decoder.dense2", "decoder.dense3"],
            trace.Layers.Select(l => l.Name));
    }

    [Fact]
    public void NetworksShareTheirParametersAcrossCalls()
    {
        var trace = Traced.Model("""
            using Zoo;
            [Vae(Input = [8], Batch = 4)]
            partial class M
            {
                static Gaussian Encoder(Tensor x) => new(FeatureMap(x).Dense(8), FeatureMap(-x).Dense(8));
                static Bernoulli Decoder(Tensor z) => new(FeatureMap(z).Dense(8) + Elsewhere.Output(z));
                [Network] static Tensor FeatureMap(Tensor t) => t.Dense(6).Relu().Dense(6);
            }
            static class Elsewhere { [Network] public static Tensor Output(Tensor t) => t.Dense(8, bias: false); }
            """);
        Assert.Equal(
            ["encoder.dense1", "encoder.dense2", "feature_map.dense1", "feature_map.dense2", "decoder.dense1", "output.dense1"],
            trace.Layers.Select(l => l.Name));
        Assert.Equal("FeatureMap", trace.Parameters.First(p => p.Name == "feature_map.dense1.weight").Network);
        Assert.Equal("Add(MatMul(Relu(Add(MatMul(z, feature_map.dense1.weight), feature_map.dense1.bias)), feature_map.dense2.weight), "
            + "feature_map.dense2.bias)",
            Traced.Term(trace.Network("Decoder")!.Outputs["logits"].Inputs[0].Inputs[0].Inputs[0]));
    }

    [Fact]
    public void ANetworkOfTheVariantIsSharedToo()
    {
        var trace = Traced.Model("""
            using Zoo;
            [Vae(Input = [8], Batch = 4)]
            partial class M
            {
                static Gaussian Encoder(Tensor x) => new(Decoder(x).Logits, x);
                static Bernoulli Decoder(Tensor z) => new(z.Dense(8));
            }
            """);
        Assert.Equal(["decoder.dense1"], trace.Layers.Select(l => l.Name));
    }

    [Fact]
    public void ExpressionsEvaluateInTheOrderInWhichTheyAreWritten()
    {
        var trace = Traced.Model(Declarations.Vae("var a = x.Dense(3) + x.Dense(4).Dense(3); return new(a, a);"));
        Assert.Equal(["[3]", "[4]", "[3]"], trace.Layers.Take(3).Select(l => l.Output.ToString()));
    }
}
