using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;
using Zoo.Generators.Diagnostics;
using Zoo.Tests.Tracing;

namespace Zoo.Tests.Generators;

/// <summary>One mistake, one diagnostic, on the user's own syntax.</summary>
public partial class DiagnosticTests
{
    /// <summary>An encoder of AVB with a layer that looks at other rows is refused by the layer's name.</summary>
    [Theory]
    [InlineData("n.Normal(3) + x.Dense(3).BatchNorm()", "BatchNorm, BatchMean and BatchVariance look at the other rows")]
    [InlineData("(n.Normal(3) + x.Dense(3)).BatchNorm().Relu()", "BatchNorm, BatchMean and BatchVariance look at the other rows")]
    public void AnEncoderOfAvbIsToldOfBatchNorm(string code, string message)
    {
        var run = GeneratorRun.Of("using Zoo; [AdversarialVariationalBayes(Input = [2], Batch = 4)] partial class M { static Tensor "
            + $"Encoder(Tensor x, Noise n) => {code}; static Bernoulli Decoder(Tensor z) => new(z.Dense(2)); static Tensor "
            + "Discriminator(Tensor x, Tensor z) => Tensor.Concat(x, z).Dense(1); }");
        Assert.Contains(message, Assert.Single(run.Diagnostics).GetMessage(), StringComparison.Ordinal);
    }

    /// <summary>Bodies of an encoder over x of shape [8], and members after it, each with the diagnostics it gets.</summary>
    public static TheoryData<string, string> Bodies => new()
    {
        // Language.
        { "{|ZOO0100:while|} (true) { x = x.Relu(); } return new(x, x.Reshape(3));", "" },
        { "{|ZOO0100:do|} { x = x.Relu(); } while (false); return new(x, x);", "" },
        { "{|ZOO0100:switch|} (1) { case 1: return new(x, x); default: return new(x, x); }", "" },
        { "{|ZOO0100:throw|} new System.Exception();", "" },
        { "{|ZOO0100:try|} { return new(x, x); } finally { }", "" },
        { "{|ZOO0100:Tensor|} Local(Tensor t) => t; return new(Local(x), x);", "" },
        { "var f = {|ZOO0100:(Tensor t) => t|}; return new(f(x), x);", "" },
        { "return new({|ZOO0100:x is null|} ? x : x, x);", "" },
        { "var a = new[] { 1 }; a{|ZOO0100:[0]|} = 2; return new(x, x);", "" },
        { "var a = {|ZOO0100:new int[3]|}; return new(x.Dense(a[0]), x);", "" },
        { "var a = new {|ZOO0100:System.Random|}(); return new(x.Dense(a.Next()), x);", "" },
        { "Tensor t = null!; return new(t {|ZOO0100:+|} x, x);", "" },
        { "Tensor t = null!; return new(t.{|ZOO0100:Relu|}(), x);", "" },
        { "return new(x.{|ZOO0100:Reshape|}(null!), x);", "" },
        { "var n = 3m; return new(x.Dense((int)(n {|ZOO0100:+|} n)), x);", "" },
        { "return new(x.Dense({|ZOO0101:Width|}), x.Dense({|ZOO0101:Wide|}));", "static readonly int Width = 3; static int Wide => 3;" },
        { "if ({|ZOO0101:On|}) x = x.Relu(); return new(x, x.Reshape(3));", "static bool On = true;" },
        { "for (var i = 0; i < {|ZOO0101:Depth|}; i++) x = x.Relu(); return new(x, x);", "static int Depth = 3;" },
        { "{|ZOO0102:for|} (var i = 0; i < 1_000_000; i++) x = x.Relu(); return new(x, x);", "" },
        { "{|ZOO0102:for|} (;;) { } ", "" },
        { "for (var i = 0; i < 1_000; i++) {|ZOO0102:for|} (var j = 0; j < 1_000; j++) x = x.Relu(); return new(x, x);", "" },
        { "return new(Twice(x), x);", "static Tensor Twice(Tensor t) => {|ZOO0103:Twice|}(t.Relu());" },
        { "return new(A(x), x);", "static Tensor A(Tensor t) => B(t); static Tensor B(Tensor t) => {|ZOO0103:A|}(t);" },
        { "System.Console.{|ZOO0104:WriteLine|}(3); return new(x, x);", "" },
        { "return new(x.Dense(System.Math.{|ZOO0104:Max|}(1, 2)), x);", "" },
        { "return new(x.Dense({|ZOO0104:Native|}(3)), x);",
            "[System.Runtime.InteropServices.DllImport(\"c\")] static extern int Native(int n);" },
        { "return new(new {|ZOO0100:M2|}().Layer(x), x);", "} class M2 { public Tensor Layer(Tensor t) => t;" },
        { "M2? m = null; return new(m!.{|ZOO0100:Layer|}(x), x);", "} class M2 { public Tensor Layer(Tensor t) => t;" },
        { "var n = int.MaxValue; n{|ZOO0105:++|}; return new(x.Dense(n), x);", "" },
        { "var n = 0; return new(x.Dense(3 {|ZOO0105:/|} n), x);", "" },
        { "var n = 100_000; n {|ZOO0105:*=|} n; return new(x.Dense(n), x);", "" },
        { "int[] a = [1, 2]; var i = 2; return new(x.Dense(a{|ZOO0105:[i]|}), x);", "" },
        { "var n = 3; return new(x.Dense({|ZOO0105:n switch { 1 => 1, 2 => 2 }|}), x);", "" },
        { "return new(x.{|ZOO0106:BatchMean|}(), x.{|ZOO0106:BatchVariance|}());", "" },
        // First values.
        { "return new(x.{|ZOO0208:Dense|}(8, gain: -1f), x);", "" },
        { "return new(x.{|ZOO0208:Dense|}(8, gain: 0f / 0f), x);", "" },
        { "return new(x.{|ZOO0305:Dense|}(8, firstBias: Init.Orthogonal), x);", "" },
        { "return new(x.{|ZOO0208:Dense|}(8, firstBias: (Init)99), x);", "" },
        { "return new(x + Tensor.{|ZOO0305:Parameter|}(\"p\", [8], Init.FanIn), x);", "" },
        { "return new(x + Tensor.{|ZOO0208:Parameter|}(\"p\", [8], Init.Normal, -1f), x);", "" },
        { "x += Tensor.Parameter(\"p\", [8], Init.Ones, 1f); return new(x, x - Tensor.{|ZOO0302:Parameter|}(\"p\", [8], Init.Ones, 2f));",
            "" },
        // Images.
        { "var i = x.Reshape(2, 2, 2); i = i.{|ZOO0200:Conv2d|}(3, kernel: 4, padding: 0); return new(x, i.Flatten());", "" },
        { "var i = x.Reshape(2, 2, 2); i = i.{|ZOO0200:ConvTranspose2d|}(3, kernel: 2, padding: 2); return new(x, i.Flatten());", "" },
        { "var i = x.Reshape(2, 2, 2); i = i.{|ZOO0200:AveragePool2d|}(3); return new(x, i.Flatten());", "" },
        { "var i = x.Reshape(2, 2, 2).{|ZOO0206:GroupNorm|}(3); return new(x, i.Flatten());", "" },
        { "var i = x.Reshape(8, 1, 1).{|ZOO0200:InstanceNorm|}(); return new(x, i.Flatten());", "" },
        { "var i = x.{|ZOO0201:Conv2d|}(3, 1); return new(x, i.Flatten());", "" },
        { "var i = x.Reshape(2, 4).{|ZOO0201:BatchNorm|}(); return new(x, i.Flatten());", "" },
        { "var i = x.Reshape(2, 4).{|ZOO0201:Maxout|}(3, 2); return new(x, i.Flatten());", "" },
        { "var i = x.Reshape(2, 4).{|ZOO0201:GroupNorm|}(1); return new(x, i.Flatten());", "" },
        { "var i = x.Reshape(2, 4).{|ZOO0201:Upsample2d|}(2); return new(x, i.Flatten());", "" },
        { "var i = x.Reshape(1, 1, 1, 2, 1, 2, 2).{|ZOO0201:Permute|}(6, 5, 4, 3, 2, 1, 0); return new(x, i.Flatten());", "" },
        { "var i = x.Reshape(2, 4).{|ZOO0204:Permute|}(0, 0); return new(x, i.Flatten());", "" },
        { "var i = x.Reshape(2, 4).{|ZOO0204:Permute|}(1, 2); return new(x, i.Flatten());", "" },
        { "var i = x.Reshape(2, 2, 2); i = i.{|ZOO0206:Conv2d|}(0, 1); return new(x, i.Flatten());", "" },
        { "var i = x.Reshape(2, 2, 2); i = i.{|ZOO0208:Conv2d|}(2, 1, groups: 2); return new(x, i.Flatten());", "" },
        { "var i = x.Reshape(2, 2, 2); i = i.{|ZOO0208:Conv2d|}(2, 1, groups: 0); return new(x, i.Flatten());", "" },
        { "var i = x.Reshape(2, 2, 2); i = i.{|ZOO0208:ConvTranspose2d|}(2, 1, groups: 2); return new(x, i.Flatten());", "" },
        { "var i = x.Reshape(2, 2, 2); i = i.{|ZOO0209:Conv2d|}(1, 3, dilation: 1 << 30); return new(x, i.Flatten());", "" },
        { "var i = x.Reshape(2, 2, 2); i = i.{|ZOO0209:Conv2d|}(1, 1, padding: 1 << 30); return new(x, i.Flatten());", "" },
        { "var i = x.Reshape(2, 2, 2); i = i.{|ZOO0209:ConvTranspose2d|}(1, 1, stride: int.MaxValue); return new(x, i.Flatten());", "" },
        { "var i = x.Reshape(2, 2, 2); i = i.{|ZOO0209:Upsample2d|}(1 << 16); return new(x, i.Flatten());", "" },
        { "var i = x.Reshape(2, 2, 2); i = i.{|ZOO0206:Conv2d|}(1, 0); return new(x, i.Flatten());", "" },
        { "var i = x.Reshape(2, 2, 2); i = i.{|ZOO0206:Conv2d|}(1, 1, stride: 0); return new(x, i.Flatten());", "" },
        { "var i = x.Reshape(2, 2, 2); i = i.{|ZOO0206:Conv2d|}(1, 1, padding: -1); return new(x, i.Flatten());", "" },
        { "var i = x.Reshape(2, 2, 2); i = i.{|ZOO0206:Conv2d|}(1, 1, dilation: 0); return new(x, i.Flatten());", "" },
        { "x = x.Reshape(2, 2, 2).{|ZOO0206:ConvTranspose2d|}(1, 2, stride: 2, outputPadding: 2); return new(x.Flatten(), x);", "" },
        { "var i = x.Reshape(2, 2, 2); i = i.{|ZOO0206:MaxPool2d|}(0); return new(x, i.Flatten());", "" },
        { "var i = x.Reshape(2, 2, 2); i = i.{|ZOO0206:Upsample2d|}(0); return new(x, i.Flatten());", "" },
        { "return new(x.{|ZOO0206:Maxout|}(0, 2), x);", "" },
        { "return new(x.{|ZOO0206:Maxout|}(2, 0), x);", "" },
        { "return new(x.{|ZOO0208:BatchNorm|}(momentum: 1.5f), x);", "" },
        { "return new(x.{|ZOO0208:BatchNorm|}(epsilon: 0f), x);", "" },
        { "return new(x, x - Tensor.{|ZOO0207:Gradient|}(x.BatchNorm().Sum(), x));", "" },
        { "return new(x, Tensor.Parameter(\"p\", [2, 2, 2]).{|ZOO0207:Conv2d|}(1, 1).Flatten() + x);", "" },
        // Shapes.
        { "return new(x.Dense(3) {|ZOO0200:+|} x.Dense(4), x);", "" },
        { "x = x.Dense(3); x {|ZOO0200:*=|} Tensor.Constant(1f, 4); return new(x, x);", "" },
        { "return {|ZOO0200:new|}(x.Dense(3), x.Dense(4));", "" },
        { "return new {|ZOO0200:Gaussian|}(x.Dense(3), x.Dense(4));", "" },
        { "return new(Tensor.{|ZOO0200:Concat|}(x.Reshape(2, 4), x.Reshape(4, 2)), x);", "" },
        { "return new(x, new Bernoulli(x).{|ZOO0200:LogProbability|}(x.Dense(3)));", "" },
        { "return new(x, new Categorical(x).{|ZOO0200:LogProbability|}(x.Dense(3)));", "" },
        { "return new(x, new {|ZOO0201:Categorical|}(x.Sum()).Entropy());", "" },
        { "return new(x, new Gaussian(x, x).{|ZOO0200:Divergence|}(Gaussian.Standard(3)));", "" },
        { "return new(x.Reshape(2, 4).{|ZOO0201:Dense|}(3), x);", "" },
        { "return new(x.Sum().{|ZOO0201:Softmax|}(), x);", "" },
        { "return new(x.{|ZOO0201:MatMul|}(x), x);", "" },
        { "return new(Tensor.{|ZOO0201:Gradient|}(x, x), x);", "" },
        { "return new(x.Sum().{|ZOO0201:LayerNorm|}(), x);", "" },
        { "return new(x.{|ZOO0202:MatMul|}(Tensor.Parameter(\"w\", [7, 3])), x);", "" },
        { "return new(x.{|ZOO0203:Reshape|}(3, 3).Sum(), x);", "" },
        { "return new(x.{|ZOO0204:Sum|}(1), x.{|ZOO0204:Mean|}(-1));", "" },
        { "return new(x.{|ZOO0205:Slice|}(4, 5), x.{|ZOO0205:Slice|}(int.MaxValue, 1));", "" },
        { "return new(x.{|ZOO0206:Dense|}(0), x.{|ZOO0206:Reshape|}(-1));", "" },
        { "return new(Tensor.{|ZOO0206:Constant|}(1f, 0), Tensor.{|ZOO0206:Parameter|}(\"p\", [2, -2]));", "" },
        { "var w = Tensor.Parameter(\"w\", [1]); return new(Tensor.{|ZOO0207:Gradient|}(w, x), Tensor.{|ZOO0207:Gradient|}(x.Sum(), w));",
            "" },
        { "return new(x.{|ZOO0208:Clamp|}(1f, -1f), x.{|ZOO0208:LayerNorm|}(epsilon: 0f));", "" },
        { "return new(Tensor.{|ZOO0208:Concat|}(), x.{|ZOO0208:Dense|}(3, weight: (Init)99));", "" },
        { "return new(x.{|ZOO0209:Dense|}(int.MaxValue), Tensor.{|ZOO0209:Constant|}(0f, 100_000, 100_000));", "" },
        { "return new(x, (Tensor.Constant(0f, 1_000_000, 1) {|ZOO0209:+|} Tensor.Constant(0f, 1, 1_000_000)).Sum());", "" },
        // Parameters and training.
        { "return new(x.Dense(3, name: \"a\"), x.{|ZOO0301:Dense|}(3, name: \"a\"));", "" },
        { "for (var i = 0; i < 2; i++) x = x.{|ZOO0301:Dense|}(8, name: \"a\"); return new(x, x);", "" },
        { "return new(x.Dense(8, name: \"a\"), Tensor.{|ZOO0301:Parameter|}(\"a\", [8]));", "" },
        { "return new(x.Dense(8), x.{|ZOO0301:Dense|}(8, name: \"dense1\"));", "" },
        { "return new({|ZOO0301:encoder|}(x), x);", "[Network] static Tensor encoder(Tensor t) => t.Dense(8);" },
        { "return new(x + Tensor.Parameter(\"a\", [8]), Tensor.{|ZOO0302:Parameter|}(\"a\", [1]));", "" },
        { "return new(x + Tensor.Parameter(\"a\", [8]), Tensor.{|ZOO0302:Parameter|}(\"a\", [8], Init.Ones));", "" },
        { "return new(Trunk(x), {|ZOO0302:Trunk|}(x.Dense(5)));", "[Network] static Tensor Trunk(Tensor t) => t.Dense(3);" },
        { "return new(x.{|ZOO0303:Dense|}(3, name: \"a b\"), x.{|ZOO0303:Dense|}(3, name: \"\"));", "" },
        { "return new(x + Tensor.{|ZOO0303:Parameter|}(null!, [1]), x + Tensor.{|ZOO0303:Parameter|}(\"*/\", [1]));", "" },
        { "x.{|ZOO0304:Dense|}(3); var p = Tensor.{|ZOO0304:Parameter|}(\"p\", [2]); return new(x.Dense(3), x.Dense(3));", "" },
        { "return new(x + Tensor.{|ZOO0305:Parameter|}(\"p\", [8], Init.Default), Tensor.{|ZOO0305:Parameter|}(\"q\", [8], "
            + "Init.Orthogonal));", "" },
        // Two mistakes, two diagnostics; what they touch is silent.
        { "var a = x.{|ZOO0203:Reshape|}(9).Dense(3).Slice(7, 7) + x; var b = x.{|ZOO0204:Sum|}(4); return new(a + b, a * b);", "" },
        { "return new(Bad(x), Bad(-x));", "static Tensor Bad(Tensor t) => t.{|ZOO0203:Reshape|}(9);" },
        { "var (a, b) = Bad(x); return new(a.Dense(b), a);", "static (Tensor, int) Bad(Tensor t) => (t.{|ZOO0203:Reshape|}(9), 1);" },
        { "foreach (var part in System.Linq.Enumerable.{|ZOO0104:Empty<Tensor>|}()) x = x + part; return new(x, x);", "" },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public void ABodyGets(string encoder, string members) => Check(Declarations.Vae(encoder, members));

    public static TheoryData<string> Classes => new()
    {
        "[Vae(Input = [8], Batch = 4)] class {|ZOO0001:M|} { NETWORKS }",
        "class {|ZOO0002:Outer|} { partial class Middle { [Vae(Input = [8], Batch = 4)] partial class M { NETWORKS } } }",
        "[Vae(Input = [8], Batch = 4)] partial class {|ZOO0003:M|}<T> { NETWORKS }",
        "[Vae(Input = [8], Batch = 4)] partial record {|ZOO0004:M|} { NETWORKS }",
        "[Vae(Input = [2], Batch = 4)] [Gan(Input = [2], Latent = [3], Batch = 4)] partial class {|ZOO0004:M|} { static Gaussian "
            + "Encoder(Tensor x) => new(x, x); static Bernoulli Decoder(Tensor z) => new(z.Dense(2)); ADVERSARIES }",
        "[Gan(Input = [2], Latent = [3], Batch = 4)] partial class {|ZOO0004:M|} { ADVERSARIES } [WassersteinGan(Input = [2], Latent = "
            + "[3], Batch = 4)] partial class M { static Tensor Critic(Tensor x) => x.Dense(1); }",
        "[Vae(Input = [8], Batch = 4)] static partial class {|ZOO0004:M|} { NETWORKS }",
        "[Vae(Input = [8], Batch = 4)] abstract partial class {|ZOO0004:M|} { NETWORKS }",
        "[Vae(Input = [8], Batch = 4)] file partial class {|ZOO0004:M|} { NETWORKS }",
        "[Vae(Input = [8], Batch = 4)] partial class {|ZOO0004:M|}(int n) { public int N => n; NETWORKS }",
        "[Vae(Input = [8], Batch = 4)] partial class {|ZOO0005:M|} { static Bernoulli Decoder(Tensor z) => new(z.Dense(8)); }",
        "[Vae(Input = [8], Batch = 4)] partial class {|ZOO0005:M|} { static Gaussian Encoder(Tensor x) => "
            + "new(x.{|ZOO0203:Reshape|}(9), x); }",
        "[Vae(Input = [8], Batch = 4)] partial class M { NETWORKS static Gaussian {|ZOO0006:Encoder|}(Tensor x, int n) => new(x, x); }",
        "[Vae(Input = [8], Batch = 4)] partial class M { Gaussian {|ZOO0007:Encoder|}(Tensor x) => new(x, x); static Bernoulli "
            + "Decoder(Tensor z) => new(z.Dense(8)); }",
        "[Vae(Input = [8], Batch = 4)] partial class M { static Gaussian Encoder{|ZOO0008:(Tensor y)|} => new(y, y); static Bernoulli "
            + "Decoder{|ZOO0008:(Tensor z, Noise n)|} => new(z.Dense(8)); }",
        "[Vae(Input = [8], Batch = 4)] partial class M { static Gaussian Encoder{|ZOO0008:(float x)|} => new(x, x); static Bernoulli "
            + "Decoder{|ZOO0008:(in Tensor z)|} => new(z.Dense(8)); }",
        "[Vae(Input = [8], Batch = 4)] partial class M { static {|ZOO0009:Tensor|} Encoder(Tensor x) => x; static "
            + "{|ZOO0009:Distribution|} Decoder(Tensor z) => new Bernoulli(z.Dense(8)); }",
        "[Vae(Input = [8], {|ZOO0010:Batch = 0|})] partial class M { NETWORKS }",
        "[{|ZOO0010:Vae|}(Input = [8])] partial class M { NETWORKS }",
        "[Vae({|ZOO0010:Input = [8, -1]|}, Batch = 4)] partial class M { NETWORKS }",
        "[{|ZOO0010:Vae|}(Batch = 4)] partial class M { NETWORKS }",
        "[Vae(Input = [8], Batch = 4, {|ZOO0010:Beta = float.NaN|}, {|ZOO0010:Samples = 0|})] partial class M { NETWORKS }",
        "[Vae(Input = [9], Batch = 4)] partial class M { static Gaussian Encoder(Tensor x) => new(x, x); static Bernoulli "
            + "{|ZOO0011:Decoder|}(Tensor z) => new(z.Dense(8)); }",
        "[Vae(Input = [8], Batch = 4)] partial class M { NETWORKS static Gaussian {|ZOO0011:Prior|}() => Gaussian.Standard(5); }",
        "[Vae(Input = [8], Batch = 4)] partial class M { NETWORKS public void {|ZOO0012:Save|}() { } public int {|ZOO0012:Steps|} => 1; "
            + "public enum {|ZOO0012:Losses|} { A } }",
        "[Vae(Input = [8], Batch = 4)] partial class M { NETWORKS public {|ZOO0012:M|}(ulong seed, Device? device) { } M(int n) : "
            + "this((ulong)n, null) { } }",
        "[Vae(Input = [8], Batch = 4)] partial class M { NETWORKS public {|ZOO0013:M|}() { } }",
        "class B { public int Steps => 3; } [Vae(Input = [8], Batch = 4)] partial class M : {|ZOO0014:B|} { NETWORKS }",
        "class B { public B(int n) { } } [Vae(Input = [8], Batch = 4)] partial class M : {|ZOO0015:B|} { NETWORKS }",
        "[Vae(Input = [8], Batch = 4)] partial class M { NETWORKS public required int {|ZOO0016:Count|} { get; set; } }",
        "[Vae(Input = [8], Batch = 4)] partial class M { NETWORKS public string {|ZOO0017:Name|} { get; set; } }",
        "interface I { void Save(string? path); } [Vae(Input = [8], Batch = 4)] partial class {|ZOO0018:M|} : I { NETWORKS }",
        "[Vae(Input = [8], Batch = 4)] partial class M { static Gaussian Encoder(Tensor x) => new(x, x); static Bernoulli Decoder(Tensor "
            + "{|ZOO0300:z|}) => new(Tensor.Parameter(\"p\", [8])); }",
        "[Vae(Input = [8], Batch = 4)] partial class M { static Gaussian {|ZOO0100:Encoder|}(Tensor x) => null!; static Bernoulli "
            + "Decoder(Tensor z) => new(z.Dense(8)); }",
        "[Vae(Input = [8], Batch = 4)] [Adam({|ZOO0306:LearningRate = -1f|}, {|ZOO0306:Beta1 = 1f|})] partial class M { NETWORKS }",
        "[Vae(Input = [8], Batch = 4)] [Adam({|ZOO0306:For = \"Encodr\"|})] partial class M { NETWORKS }",
        "[Vae(Input = [8], Batch = 4)] [Adam({|ZOO0306:Phase = \"p\"|})] [Sgd(For = nameof(Encoder))] partial class M { NETWORKS }",
        "[Vae(Input = [8], Batch = 4)] [Adam] [{|ZOO0306:Sgd|}] partial class M { NETWORKS }",
        "[Vae(Input = [8], Batch = 4)] [Adam(For = \"Encoder\")] [Sgd({|ZOO0306:For = \"Encoder\"|})] [RmsProp(Alpha = 0.9f)] partial "
            + "class M { NETWORKS }",
        "[Vae(Input = [8], Batch = 4)] [Sgd({|ZOO0306:Nesterov = true|})] partial class M { NETWORKS }",
        "[Vae(Input = [8], Batch = 4)] [Initialisation({|ZOO0305:Weight = (Init)99|}, {|ZOO0305:Gain = -1f|}, {|ZOO0305:Bias = "
            + "Init.Orthogonal|})] partial class M { NETWORKS }",
        "[Vae(Input = [8], Batch = 4)] [ExponentialMovingAverage({|ZOO0306:Decay = 1f|})] partial class M { NETWORKS }",
        "[RestrictedBoltzmannMachine(Input = [8], Hidden = 3, Batch = 4)] [{|ZOO0306:ExponentialMovingAverage|}] partial class M;",
        "[Vae(Input = [8], Batch = 4)] [Initialisation] [{|ZOO0305:Initialisation|}] partial class M { NETWORKS }",
        "[Vae(Input = [8], Batch = 4)] [Initialisation({|ZOO0305:For = \"Encodr\"|})] partial class M { NETWORKS }",
        "[Vae(Input = [8], Batch = 4)] [Initialisation(For = \"Encoder\")] [Initialisation({|ZOO0305:For = \"Encoder\"|})] partial class "
            + "M { NETWORKS }",
        "[Vae(Input = [8], Batch = 4)] [Adam({|ZOO0306:Schedule = LearningRateSchedule.Cosine|})] partial class M { NETWORKS }",
        "[Vae(Input = [8], Batch = 4)] [Adam({|ZOO0306:Schedule = (LearningRateSchedule)5|}, ScheduleSteps = 3)] "
            + "partial class M { NETWORKS }",
        "[Vae(Input = [8], Batch = 4)] [Sgd(Schedule = LearningRateSchedule.Step, {|ZOO0306:ScheduleSteps = 0|}, "
            + "{|ZOO0306:ScheduleFactor = 1.5f|}, {|ZOO0306:ScheduleWarmUp = -1|})] partial class M { NETWORKS }",
        // Labels and conditions.
        "[{|ZOO0010:ConditionalVae|}(Input = [8], Batch = 4)] partial class M { GIVEN }",
        "[ConditionalVae(Input = [8], Batch = 4, Classes = 3, {|ZOO0010:Condition = [2]|})] partial class M { GIVEN }",
        "[ConditionalVae(Input = [8], Batch = 4, {|ZOO0010:Classes = -1|}, {|ZOO0010:Beta = -1f|})] partial class M { GIVEN }",
        "[ConditionalVae(Input = [8], Batch = 1, {|ZOO0010:Classes = 20_000_000|})] partial class M { GIVEN }",
        "[ConditionalVae(Input = [8], Batch = 4, {|ZOO0010:Condition = [0]|})] partial class M { GIVEN }",
        "[ConditionalVae(Input = [8], Batch = 4, Classes = 3, Samples = 2, {|ZOO0010:FreeBits = 1f|})] partial class M { GIVEN }",
        "[Vae(Input = [8], Batch = 4, Samples = 2, {|ZOO0010:Capacity = 1f|})] partial class M { NETWORKS }",
        "[Vae(Input = [8], Batch = 4, FreeBits = 1f, {|ZOO0010:Capacity = 1f|})] partial class M { NETWORKS }",
        "[Vae(Input = [8], Batch = 4, {|ZOO0010:CapacitySteps = 3|})] partial class M { NETWORKS }",
        "[ConditionalVae(Input = [8], Batch = 4, Classes = 3)] partial class {|ZOO0005:M|} { static Bernoulli Decoder{|ZOO0008:(Tensor "
            + "z)|} => new(z.Dense(8)); static Gaussian Prior{|ZOO0008:()|} => Gaussian.Standard(3); }",
        "[ConditionalVae(Input = [8], Batch = 4, Classes = 3)] partial class M { GIVEN static {|ZOO0009:Tensor|} Prior(Tensor y) => y; }",
        "[ConditionalVae(Input = [8], Batch = 4, Condition = [3])] partial class M { GIVEN static Gaussian {|ZOO0011:Prior|}(Tensor y) => "
            + "new(y.Dense(5), y.Dense(5)); }",
        "[ConditionalVae(Input = [9], Batch = 4, Classes = 3)] partial class M { static Gaussian Encoder(Tensor x, Tensor {|ZOO0300:y|}) "
            + "=> new(x, x); static Bernoulli {|ZOO0011:Decoder|}(Tensor z, Tensor y) => new(Tensor.Concat(z, y).Dense(8)); }",
        "[ConditionalVae(Input = [8], Batch = 4, Classes = 3)] partial class M { GIVEN void {|ZOO0012:Sample|}() { } }",
        "[Vae(Input = [8], Batch = 4)] partial class M { static Gaussian Encoder{|ZOO0008:(Tensor x, Tensor y)|} => new(x, x); static "
            + "Bernoulli Decoder(Tensor z) => new(z.Dense(8)); }",
        // Several phases.
        "[Gan(Input = [2], Latent = [3], Batch = 4)] partial class M { static Tensor {|ZOO0011:Generator|}(Tensor z) => z.Dense(3); "
            + "static Tensor {|ZOO0011:Discriminator|}(Tensor x) => x.Dense(2); }",
        "[{|ZOO0010:Gan|}(Input = [2], Batch = 4)] partial class M { static Tensor Generator(Tensor z) => z.Dense(2); static Tensor "
            + "Discriminator(Tensor x) => x.Dense(1); }",
        "[Gan(Input = [2], {|ZOO0010:Latent = [0]|}, Batch = 4, {|ZOO0010:LabelSmoothing = 1f|}, {|ZOO0010:InstanceNoise = -1f|})] "
            + "partial class M { ADVERSARIES }",
        "[Gan(Input = [2], Latent = [3], Batch = 4)] partial class M { ADVERSARIES static Tensor {|ZOO0011:Prior|}(Noise n) => "
            + "n.Normal(4); }",
        "[Gan(Input = [2], Latent = [3], Batch = 4)] partial class M { ADVERSARIES public enum {|ZOO0012:Phase|} { A } void "
            + "{|ZOO0012:Generate|}() { } }",
        "[Gan(Input = [2], Latent = [3], Batch = 4)] [Adam({|ZOO0306:Phase = \"critic\"|})] [Sgd(Phase = \"generator\")] "
            + "[Sgd({|ZOO0306:Phase = \"Generator\"|})] partial class M { ADVERSARIES }",
        "[BiGan(Input = [2], Batch = 4)] partial class {|ZOO0005:M|} { static Tensor Generator(Tensor z) => z.Dense(2); static Tensor "
            + "Discriminator(Tensor x, Tensor z) => Tensor.Concat(x, z).Dense(1); }",
        "[BiGan(Input = [2], Batch = 4)] partial class M { static {|ZOO0009:Bernoulli|} Encoder(Tensor x) => new(x.Dense(3)); static "
            + "Tensor Generator(Tensor z) => z.Dense(2); static Tensor Discriminator(Tensor x, Tensor z) => Tensor.Concat(x, "
            + "z).Dense(1); }",
        "[BiGan(Input = [2], Batch = 4)] partial class M { static Tensor Encoder(Tensor x) => x.Dense(3); static Tensor "
            + "Generator(Tensor z) => z.Dense(2); static Tensor Discriminator{|ZOO0008:(Tensor x)|} => x.Dense(1); }",
        "[BiGan(Input = [2], Batch = 4)] partial class M { static Tensor Encoder(Tensor x) => x.Dense(3); static Tensor "
            + "{|ZOO0011:Prior|}(Noise n) => n.Normal(4); static Tensor {|ZOO0011:Generator|}(Tensor z) => z.Dense(5); static Tensor "
            + "{|ZOO0011:Discriminator|}(Tensor x, Tensor z) => Tensor.Concat(x, z).Dense(2); }",
        "[EnergyBasedGan(Input = [2], Latent = [3], Batch = 4)] partial class {|ZOO0005:M|} { static Tensor Generator(Tensor z) => "
            + "z.Dense(2); static Tensor Encoder(Tensor x) => x.Dense(3); }",
        "[{|ZOO0010:EnergyBasedGan|}(Input = [2], Batch = 4)] partial class M { AUTOENCODER }",
        "[EnergyBasedGan(Input = [2], Latent = [3], Batch = 4, {|ZOO0010:Margin = -1f|}, {|ZOO0010:PullingAway = float.NaN|})] partial "
            + "class M { AUTOENCODER }",
        "[EnergyBasedGan(Input = [2], Latent = [3], Batch = 1, {|ZOO0010:PullingAway = 0.1f|})] partial class M { AUTOENCODER }",
        "[EnergyBasedGan(Input = [2], Latent = [3], Batch = 1)] partial class M { AUTOENCODER }",
        "[EnergyBasedGan(Input = [2], Latent = [3], Batch = 4, PullingAway = 0.1f)] partial class M { static Tensor Generator(Tensor z) => "
            + "z.Dense(2); static Tensor {|ZOO0011:Encoder|}(Tensor x) => x.Dense(1); static Tensor Decoder(Tensor h) => h.Dense(2); }",
        "[EnergyBasedGan(Input = [2], Latent = [3], Batch = 4)] partial class M { static Tensor {|ZOO0011:Generator|}(Tensor z) => "
            + "z.Dense(3); static Tensor Encoder(Tensor x) => x.Dense(1); static Tensor {|ZOO0011:Decoder|}(Tensor h) => h.Dense(1); "
            + "static Tensor {|ZOO0011:Prior|}(Noise n) => n.Normal(2); }",
        "[EnergyBasedGan(Input = [2], Latent = [3], Batch = 4)] partial class M { static Tensor Generator(Tensor z) => z.Dense(2); static "
            + "Tensor Encoder{|ZOO0008:(Tensor h)|} => h.Dense(3); static {|ZOO0009:Bernoulli|} Decoder(Tensor h) => new(h.Dense(2)); }",
        "[EnergyBasedGan(Input = [2], Latent = [3], Batch = 4)] partial class M { AUTOENCODER void {|ZOO0012:Energy|}() { } }",
        // A posterior that nobody can write down.
        "[AdversarialVariationalBayes(Input = [2], Batch = 4, {|ZOO0010:DiscriminatorSteps = 0|})] partial class M { BLACKBOX PLAYERS }",
        "[AdversarialVariationalBayes(Input = [2], Batch = 4)] partial class {|ZOO0005:M|} { BLACKBOX static Bernoulli Decoder(Tensor "
            + "z) => new(z.Dense(2)); }",
        "[AdversarialVariationalBayes(Input = [2], Batch = 4)] partial class M { static Tensor Encoder{|ZOO0008:(Tensor x)|} => "
            + "x.Dense(3); PLAYERS }",
        "[AdversarialVariationalBayes(Input = [2], Batch = 4)] partial class M { static {|ZOO0009:Gaussian|} Encoder(Tensor x, Noise "
            + "n) => new(x, x); PLAYERS }",
        "[AdversarialVariationalBayes(Input = [2], Batch = 4)] partial class M { static {|ZOO0009:(Gaussian, Tensor)|} Encoder(Tensor "
            + "x, Noise n) => (new(x, x), x); PLAYERS }",
        "[AdversarialVariationalBayes(Input = [2], Batch = 4)] partial class M { BLACKBOX static Gaussian {|ZOO0011:Decoder|}(Tensor "
            + "z) => new(z.Dense(3), 0f); static Tensor {|ZOO0011:Discriminator|}(Tensor x, Tensor z) => Tensor.Concat(x, z).Dense(2); "
            + "}",
        "[AdversarialVariationalBayes(Input = [2], Batch = 4)] partial class M { BLACKBOX static Bernoulli Decoder(Tensor z) => "
            + "new(z.Dense(2)); static Tensor Discriminator(Tensor x, Tensor z) => Tensor.Concat(x, "
            + "z.{|ZOO0106:BatchMean|}()).Dense(1); }",
        "[AdversarialVariationalBayes(Input = [2], Batch = 4)] partial class M { static Tensor {|ZOO0231:Encoder|}(Tensor x, Noise n) "
            + "=> x.Dense(3); PLAYERS }",
        "[AdversarialVariationalBayes(Input = [2], Batch = 4)] partial class M { static Tensor {|ZOO0231:Encoder|}(Tensor x, Noise n) "
            + "{ var z = n.Normal(3) + x.Dense(3); return z - z.BatchMean(); } PLAYERS }",
        "[AdversarialVariationalBayes(Input = [2], Batch = 4)] partial class M { static (Tensor Z, Gaussian R) "
            + "{|ZOO0231:Encoder|}(Tensor x, Noise n) { var z = n.Normal(3) + x.Dense(3); return (z, new(z, Tensor.Constant(0f, 3))); "
            + "} PLAYERS }",
        "[AdversarialVariationalBayes(Input = [2], Batch = 4)] partial class M { static (Tensor Z, Gaussian R) "
            + "{|ZOO0011:Encoder|}(Tensor x, Noise n) { var z = n.Normal(3) + x.Dense(3); return (z, new(x, x)); } PLAYERS }",
        "[AdversarialVariationalBayes(Input = [2], Batch = 4)] partial class M { static (Tensor Z, Gaussian R) Encoder(Tensor x, Noise "
            + "n) => (n.Normal(3) + x.Dense(3), new(x.{|ZOO0230:Dense|}(3), Tensor.{|ZOO0230:Parameter|}(\"s\", [1]))); PLAYERS }",
        "[AdversarialVariationalBayes(Input = [2], Batch = 4)] partial class M { static (Tensor Z, Gaussian R) Encoder(Tensor x, Noise "
            + "n) { var m = x.Dense(3); return (n.Normal(3) + m, new(m, Tensor.Constant(0f, 3))); } static Tensor "
            + "{|ZOO0232:Prior|}(Noise n) => n.Uniform(3); PLAYERS }",
        "[AdversarialVariationalBayes(Input = [2], Batch = 4)] partial class M { BLACKBOX static Tensor {|ZOO0232:Prior|}() => "
            + "Tensor.Constant(0f, 3); PLAYERS }",
        "[AdversarialVariationalBayes(Input = [2], Batch = 4)] partial class M { BLACKBOX static Gaussian {|ZOO0232:Prior|}(Noise n) "
            + "=> new(n.Normal(3), Tensor.Constant(0f, 3)); PLAYERS }",
        "[AdversarialVariationalBayes(Input = [2], Batch = 4)] partial class M { BLACKBOX static Gaussian {|ZOO0011:Prior|}() => "
            + "Gaussian.Standard(4); PLAYERS }",
        "[AdversarialVariationalBayes(Input = [2], Batch = 4)] partial class M { BLACKBOX static Tensor Prior(Noise n) => "
            + "n.Normal(3).{|ZOO0230:Dense|}(3); PLAYERS }",
        "[AdversarialVariationalBayes(Input = [2], Batch = 4)] partial class M { BLACKBOX PLAYERS void {|ZOO0012:Encode|}() { } }",
        "[Vae(Input = [8], Batch = 1)] partial class M { static Gaussian Encoder(Tensor x) => new(x.{|ZOO0208:BatchNorm|}().Dense(3), "
            + "x.Dense(3)); static Bernoulli Decoder(Tensor z) => new(z.Dense(8)); }",
        "[Vae(Input = [8], Batch = 1)] partial class M { static Gaussian Encoder(Tensor x) { var h = x.Reshape(2, 2, "
            + "2).BatchNorm().Flatten(); return new(h.Dense(3), x.Dense(3)); } static Bernoulli Decoder(Tensor z) => new(z.Dense(8)); }",
        "[WassersteinGan(Input = [2], Latent = [3], Batch = 4, Penalty = 1f)] partial class M { static Tensor Generator(Tensor z) => "
            + "z.Dense(2).BatchNorm(); static Tensor {|ZOO0011:Critic|}(Tensor x) => x.Dense(3).BatchNorm().Dense(1); }",
        "[WassersteinGan(Input = [2], Latent = [3], Batch = 4)] partial class M { static Tensor Generator(Tensor z) => "
            + "z.Dense(2); static Tensor Critic(Tensor x) => x.Dense(3).BatchNorm().Dense(1); }",
        "[WassersteinGan(Input = [2], Latent = [3], Batch = 4, {|ZOO0010:CriticSteps = 0|}, {|ZOO0010:Clip = 0f|}, {|ZOO0010:Penalty = "
            + "float.PositiveInfinity|})] partial class M { static Tensor Generator(Tensor z) => z.Dense(2); static Tensor Critic(Tensor "
            + "x) => x.Dense(1); }",
        // Adversarial auto-encoders.
        "[AdversarialAutoencoder(Input = [8], Batch = 4, {|ZOO0010:Classes = -1|}, {|ZOO0010:EncoderSteps = 0|})] partial class M { AAE }",
        "[AdversarialAutoencoder(Input = [8], Batch = 1, {|ZOO0010:Classes = 20_000_000|})] partial class M { AAE }",
        "[AdversarialAutoencoder(Input = [8], Batch = 4)] partial class {|ZOO0005:M|} { static Bernoulli Decoder{|ZOO0008:(Tensor x)|} => "
            + "new(x.Dense(8)); static {|ZOO0009:Gaussian|} Discriminator(Tensor z) => new(z.Dense(1), z.Dense(1)); }",
        "[AdversarialAutoencoder(Input = [8], Batch = 4)] partial class M { AAE static Tensor Prior{|ZOO0008:(Tensor z)|} => z; }",
        "[AdversarialAutoencoder(Input = [8], Batch = 4)] partial class M { AAE static Tensor {|ZOO0011:Prior|}(Noise n) => "
            + "Priors.Gaussian(n, 3); }",
        "[AdversarialAutoencoder(Input = [7], Batch = 4)] partial class M { static Tensor Encoder(Tensor x) => x.Dense(2); static "
            + "Gaussian {|ZOO0011:Decoder|}(Tensor z) => new(z.Dense(8), -1f); static Tensor {|ZOO0011:Discriminator|}(Tensor z) => "
            + "z.Dense(2); }",
        "[{|ZOO0010:AdversarialAutoencoder|}(Input = [8], Batch = 4)] partial class M { static Tensor Encoder(Tensor x) => x.Dense(2); "
            + "static Bernoulli Decoder(Tensor z) => new(z.Dense(8)); static Tensor Discriminator(Tensor z, Tensor y) => "
            + "Tensor.Concat(z, y).Dense(1); }",
        "[AdversarialAutoencoder(Input = [8], Batch = 4, {|ZOO0010:Classes = 3|})] partial class M { AAE }",
        "[AdversarialAutoencoder(Input = [8], Batch = 4, Classes = 3)] partial class M { static Tensor Encoder(Tensor x) => x.Dense(2); "
            + "static Bernoulli Decoder(Tensor z, Tensor y) => new(Tensor.Concat(z, y).Dense(8)); static Tensor Discriminator(Tensor z) "
            + "=> z.Dense(1); static Tensor {|ZOO0220:LabelDiscriminator|}(Tensor y) => y.Dense(1); }",
        "[AdversarialAutoencoder(Input = [8], Batch = 4, Classes = 3)] partial class M { static (Categorical, Tensor) "
            + "{|ZOO0220:Encoder|}(Tensor x) => (new(x.Dense(3)), x.Dense(2)); static Bernoulli {|ZOO0220:Decoder|}(Tensor z) => "
            + "new(z.Dense(8)); static Tensor {|ZOO0220:Discriminator|}(Tensor z, Tensor y) => Tensor.Concat(z, y).Dense(1); static Tensor "
            + "{|ZOO0220:Prior|}(Noise n, Tensor y) => Priors.GaussianMixture(n, y, 3); }",
        "[AdversarialAutoencoder(Input = [8], Batch = 4, Classes = 3)] partial class M { static (Categorical, Tensor) "
            + "{|ZOO0011:Encoder|}(Tensor x) => (new(x.Dense(4)), x.Dense(2)); static Bernoulli Decoder(Tensor z, Tensor y) => "
            + "new(Tensor.Concat(z, y).Dense(8)); static Tensor Discriminator(Tensor z) => z.Dense(1); static Tensor "
            + "{|ZOO0011:LabelDiscriminator|}(Tensor y) => y.Dense(2); }",
        "[AdversarialAutoencoder(Input = [8], Batch = 4)] partial class M { AAE static Tensor {|ZOO0221:Prior|}(Noise n) => "
            + "n.Normal(5).Dense(2); }",
        "[AdversarialAutoencoder(Input = [8], Batch = 4)] partial class M { static Tensor Encoder(Tensor x) => x.Dense(2); static "
            + "Bernoulli Decoder(Tensor z) => new(z.Dense(8)); static Tensor {|ZOO0222:Discriminator|}(Tensor z) => z.Sum(); }",
        // Phases of the others that train nothing.
        "[Gan(Input = [2], Latent = [2], Batch = 4)] partial class M { static Tensor {|ZOO0222:Generator|}(Tensor z) => z; static Tensor "
            + "Discriminator(Tensor x) => x.Dense(1); }",
        "[EnergyBasedGan(Input = [2], Latent = [2], Batch = 4)] partial class M { static Tensor Generator(Tensor z) => z.Dense(2); static "
            + "Tensor {|ZOO0222:Encoder|}(Tensor x) => x.Tanh(); static Tensor Decoder(Tensor h) => h; }",
        "[BiGan(Input = [2], Batch = 4)] partial class M { static Tensor Encoder(Tensor x) => x.Dense(2); static Tensor Generator(Tensor "
            + "z) => z.Dense(2); static Tensor {|ZOO0222:Discriminator|}(Tensor x, Tensor z) => (x * z).Sum(); }",
        "[BiGan(Input = [2], Batch = 4)] partial class M { static Tensor {|ZOO0222:Encoder|}(Tensor x) => x; static Tensor "
            + "Generator(Tensor z) => z; static Tensor Discriminator(Tensor x, Tensor z) => Tensor.Concat(x, z).Dense(1); }",
        "[AdversarialVariationalBayes(Input = [2], Batch = 4)] partial class M { BLACKBOX static Bernoulli Decoder(Tensor z) => "
            + "new(z.Dense(2)); static Tensor {|ZOO0222:Discriminator|}(Tensor x, Tensor z) => x.Sum() + z.Sum(); }",
        "[AdversarialAutoencoder(Input = [8], Batch = 4, Classes = 3)] partial class M { static Tensor Encoder(Tensor x) => x.Dense(2); "
            + "static Bernoulli Decoder(Tensor z, Tensor y) => new(Tensor.Concat(z, y).Dense(8)); static Tensor Discriminator(Tensor z) "
            + "=> z.Dense(1); static Tensor Prior(Noise n, Tensor y) => Priors.{|ZOO0200:GaussianMixture|}(n, y); }",
        "[AdversarialAutoencoder(Input = [8], Batch = 4)] partial class M { AAE static Tensor Prior(Noise n) => "
            + "Priors.{|ZOO0208:Gaussian|}(n, 2, 0f) + Priors.{|ZOO0206:Gaussian|}(n, 0) + Priors.{|ZOO0208:GaussianMixture|}(n, null, 0) "
            + "+ Priors.{|ZOO0201:SwissRoll|}(n, n.Uniform([2, 2])); }",
        "[AdversarialAutoencoder(Input = [8], Batch = 4)] [Adam({|ZOO0306:Phase = \"classification\"|})] partial class M { AAE }",
        "[Model(Input = [2], Batch = 4)] partial class {|ZOO0005:M|} { [Network] static Tensor N(Tensor x) => x.Dense(2); }",
        "[Model(Input = [2], Batch = 4)] partial class M { [Phase] static Tensor Loss(Tensor x) => x.{|ZOO0107:Dense|}(2).Sum(); }",
        "[Model(Input = [2], Batch = 4)] partial class M { [Phase] static Tensor {|ZOO0307:Loss|}(Tensor x) => x.Sum(); }",
        "[Model(Input = [2], Batch = 4)] partial class M { OWN [Phase(Trains = [\"Other\"])] static Tensor {|ZOO0307:Loss|}(Tensor x) => "
            + "N(x).Sum(); }",
        "[Model(Input = [2], Batch = 4)] partial class M { OWN [Phase(Trains = [nameof(N)])] static Tensor {|ZOO0307:Loss|}(Tensor x) => "
            + "N(x).StopGradient().Sum(); [Phase] static Tensor More(Tensor x) => N(x).Sum(); }",
        "[Model(Input = [2], Batch = 4)] partial class M { OWN [Phase({|ZOO0010:Repeat = 0|})] static Tensor Loss(Tensor x) => "
            + "N(x).Sum(); }",
        "[Model(Input = [2], Batch = 4)] partial class M { OWN [Phase] static Tensor Loss{|ZOO0008:(Tensor z)|} => N(z).Sum(); }",
        "[Model(Input = [2], Batch = 4)] partial class M { OWN [Phase] static Tensor Loss{|ZOO0008:(Tensor y)|} => N(y).Sum(); }",
        "[Model(Input = [2], Batch = 4, Classes = 3, {|ZOO0010:Condition = [2]|})] partial class M { OWN [Phase] static Tensor "
            + "Loss(Tensor x) => N(x).Sum(); }",
        "[Model(Input = [2], Batch = 4)] partial class M { OWN [Phase] static {|ZOO0009:(Tensor, Tensor)|} Loss(Tensor x) => (N(x).Sum(), "
            + "N(x).Sum()); }",
        "[Model(Input = [2], Batch = 4)] partial class M { OWN [Phase] static (Tensor A, Tensor B) One(Tensor x) => (N(x).Sum(), "
            + "N(x).Sum()); [Phase] static (Tensor C, Tensor A) {|ZOO0307:Two|}(Tensor x) => (N(x).Sum(), N(x).Sum()); }",
        "[Model(Input = [2], Batch = 4)] partial class M { [Network] static Tensor State(Tensor x) => x.Dense(2) + "
            + "Tensor.{|ZOO0308:Parameter|}(\"seed\", [1]); [Phase] static Tensor Loss(Tensor x) => State(x).Sum(); }",
        "[Model(Input = [2], Batch = 4)] partial class M { [Network] static Tensor N(Tensor x) => x.Dense(2) - x.{|ZOO0106:BatchMean|}(); "
            + "[Phase] static Tensor Loss(Tensor x) => (N(x) - x.BatchMean()).Square().Sum(); }",
    };

    [Theory]
    [MemberData(nameof(Classes))]
    public void AClassGets(string declaration) =>
        Check("using Zoo;\n" + declaration
            .Replace("NETWORKS",
                "static Gaussian Encoder(Tensor x) => new(x.Dense(3), x.Dense(3)); static Bernoulli Decoder(Tensor z) => new(z.Dense(8));")
            .Replace("GIVEN",
                "static Gaussian Encoder(Tensor x, Tensor y) => new(x.Dense(3), y.Dense(3)); static Bernoulli Decoder(Tensor z, Tensor y) "
                    + "=> new(z.Dense(8) + y.Dense(8));")
            .Replace("AUTOENCODER",
                "static Tensor Generator(Tensor z) => z.Dense(2); static Tensor Encoder(Tensor x) => x.Dense(3); static Tensor "
                    + "Decoder(Tensor h) => h.Dense(2);")
            .Replace("BLACKBOX", "static Tensor Encoder(Tensor x, Noise n) => Tensor.Concat(x, n.Normal(4)).Dense(3);")
            .Replace("PLAYERS",
                "static Bernoulli Decoder(Tensor z) => new(z.Dense(2)); static Tensor Discriminator(Tensor x, Tensor z) => "
                    + "Tensor.Concat(x, z).Dense(1);")
            .Replace("ADVERSARIES", "static Tensor Generator(Tensor z) => z.Dense(2); static Tensor Discriminator(Tensor x) => x.Dense(1);")
            .Replace("AAE",
                "static Tensor Encoder(Tensor x) => x.Dense(2); static Bernoulli Decoder(Tensor z) => new(z.Dense(8)); static Tensor "
                    + "Discriminator(Tensor z) => z.Dense(1);")
            .Replace("OWN", "[Network] static Tensor N(Tensor t) => t.Dense(2);"));

    static void Check(string marked)
    {
        var (source, expected) = Markup.Parse(marked);
        var compilation = GeneratorRun.Compile(source);
        var run = GeneratorRun.Of(compilation);
        var actual = run.Diagnostics.OrderBy(d => d.Location.SourceSpan.Start).ToList();
        Assert.Equal(
            expected.Select(e => $"{e.Id} at {e.Start}: {e.Text}"),
            actual.Select(d => $"{d.Id} at {d.Location.SourceSpan.Start}: {GeneratorRun.Under(d)}"));
        Assert.All(actual, d => Assert.DoesNotMatch(Placeholders(), d.GetMessage()));
        Assert.All(actual, d => Assert.False(d.GetMessage().EndsWith('.'), d.GetMessage()));
        // A warning leaves the model, an error none.
        Assert.Equal(actual.All(d => d.Severity == DiagnosticSeverity.Warning), run.Files.Any());
    }

    [GeneratedRegex(@"\{\d")]
    private static partial Regex Placeholders();

    [Theory]
    [InlineData("return new(x.Dense(3) + x.Dense(4), x);",
        "Add cannot combine shapes [3] and [4]: aligned at the end, two sizes must be equal or one of them 1")]
    [InlineData("return new(x.Reshape(3, 3), x);", "[8] has 8 elements and cannot be reshaped to [3, 3], which has 9")]
    [InlineData("return new(x.MatMul(Tensor.Parameter(\"w\", [7, 3])), x);",
        "MatMul cannot multiply [8] by [7, 3]: inner sizes 8 and 7 differ")]
    [InlineData("return new(x.Reshape(2, 2, 2).Conv2d(3, kernel: 5, padding: 1).Flatten(), x);",
        "Conv2d has windows of 5 × 5 positions, but [2, 2, 2] with its padding has 4 × 4; padding 2 would do")]
    [InlineData("return new(x.Reshape(2, 2, 2).ConvTranspose2d(3, kernel: 2, padding: 2).Flatten(), x);",
        "ConvTranspose2d of [2, 2, 2] drops 2 positions around 3 × 3 and so leaves none; padding 1 would do")]
    [InlineData("return new(x.Reshape(2, 2, 2).Conv2d(4, kernel: 1, groups: 2).Flatten(), x);",
        "Conv2d has one group: groups must be 1, but is 2; for more, Slice the channels, convolve each, and Concat")]
    [InlineData("return new(x.Reshape(2, 4).Dense(3), x);", "Dense takes values with one axis, but got [2, 4]; call Flatten() first")]
    [InlineData("return new(new Bernoulli(x).LogProbability(x.Dense(3)), x);",
        "LogProbability takes a value of the distribution's shape [8], but got [3]")]
    public void ShapeMessagesGiveBothShapes(string encoder, string message)
    {
        var compilation = GeneratorRun.Compile(Declarations.Vae(encoder));
        Assert.Equal(message, Assert.Single(Traced.Trace(compilation).Diagnostics).In(compilation).GetMessage());
    }

    [Theory]
    [InlineData("return new(x.Dens(3), x);")]
    [InlineData("Tensor h; return new(h, x);")]
    [InlineData("return new(x);")]
    [InlineData("var h = x.Dense(; return new(h, h);")]
    [InlineData("if (x) return new(x, x); return new(x + \"a\", x);")]
    [InlineData("")]
    [InlineData("return x;")]
    [InlineData("int[] sizes = [2.5f]; return new(x.Dense(sizes[0]), x);")]
    [InlineData("return new(x.Reshape(9), x)")]
    public void WhatTheCSharpCompilerRefusesGetsNothingFromUs(string encoder)
    {
        var compilation = GeneratorRun.Compile(Declarations.Vae(encoder));
        Assert.Contains(compilation.GetDiagnostics(), d => d.Severity == DiagnosticSeverity.Error);
        var result = Traced.Trace(compilation);
        Assert.Empty(result.Diagnostics);
        Assert.Null(result.Model);
    }

    [Fact]
    public void DeepNestingIsRefusedNotACrash()
    {
        var compilation =
            GeneratorRun.Compile(
                Declarations.Vae($"return new({string.Concat(Enumerable.Repeat("-(", 3_000))}x{new string(')', 3_000)}, x);"));
        var result = Traced.Trace(compilation);
        Assert.All(result.Diagnostics, d => Assert.Equal("ZOO0102", d.Id));
    }

    [Fact]
    public void PragmasSilenceAWarning()
    {
        var source = Declarations.Vae("x.Dense(3); return new(x, x);");
        Assert.Single(GeneratorRun.Of(source).Diagnostics, d => d is { Id: "ZOO0304", IsSuppressed: false });
        var silenced = GeneratorRun.Of(source.Replace("x.Dense(3);",
            "\n#pragma warning disable ZOO0304\nx.Dense(3);\n#pragma warning restore ZOO0304\n"));
        Assert.DoesNotContain(silenced.Diagnostics, d => !d.IsSuppressed);
    }

    [Fact]
    public void AnErrorEmitsNothing()
    {
        var run = GeneratorRun.Of(Declarations.Vae("return new(x.Reshape(9), x);"));
        Assert.Equal(["ZOO0203 @ Reshape: [8] has 8 elements and cannot be reshaped to [9], which has 9"], run.Reported);
        Assert.Empty(run.Files);
    }

    [Fact]
    public void EveryIdHasARuleARowAndATest()
    {
        var rows = Regex.Matches(File.ReadAllText(Path.Combine(Folder(), "../../Zoo.Generators/Diagnostics/AnalyzerReleases.Unshipped.md")),
            @"^(ZOO\d{4}) \| (\S+) \| (\S+) \|", RegexOptions.Multiline)
            .Select(m => $"{m.Groups[1].Value} {m.Groups[2].Value} {m.Groups[3].Value}").ToList();
        Assert.Equal(Descriptors.All.Select(d => $"{d.Id} {d.Category} {d.DefaultSeverity}"), rows);
        var tested = Bodies.Concat(Classes).SelectMany(row => row)
            .SelectMany(text => Regex.Matches((string)text, @"\{\|(ZOO\d{4}):").Select(m => m.Groups[1].Value));
        Assert.Equal(Descriptors.All.Select(d => d.Id),
            tested.Concat(["ZOO0400", "ZOO0401", "ZOO9999"]).Distinct().Order(StringComparer.Ordinal));
        var sections = Regex.Matches(File.ReadAllText(Path.Combine(Folder(), "../../docs/diagnostics.md")),
            @"^### (ZOO\d{4})\n\n\*\*(.+?)\.\*\* (A warning: )?", RegexOptions.Multiline)
            .Select(m => (Id: m.Groups[1].Value, Title: m.Groups[2].Value, IsWarning: m.Groups[3].Success));
        Assert.Equal(
            Descriptors.All.Select(d => (d.Id, d.Title.ToString(), d.DefaultSeverity == DiagnosticSeverity.Warning)), sections);
        Assert.All(Descriptors.All, d => Assert.Equal($"docs/diagnostics.md#{d.Id.ToLowerInvariant()}", d.HelpLinkUri));
    }

    static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
