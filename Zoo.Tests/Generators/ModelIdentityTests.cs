using Xunit;
using Zoo.Tests.Tracing;

namespace Zoo.Tests.Generators;

/// <summary>Models in every place where a class may stand.</summary>
public class ModelIdentityTests
{
    const string Networks = "static Gaussian Encoder(Tensor x) => new(x.Dense(3), x.Dense(3)); static Bernoulli Decoder(Tensor z) => "
        + "new(z.Dense(8));";

    [Theory]
    [InlineData("MODEL public partial class M { NETWORKS }", " M M public")]
    [InlineData("namespace A.B; MODEL internal sealed partial class M { NETWORKS }", "A.B M A.B.M internal")]
    [InlineData("namespace A { namespace B { MODEL partial class M { NETWORKS } } }", "A.B M A.B.M internal")]
    [InlineData("namespace @namespace.@class; MODEL public partial class @event { NETWORKS }",
        "@namespace.@class @event namespace.class.event public")]
    [InlineData("MODEL public partial class @record { NETWORKS }", " @record record public")]
    [InlineData("namespace A; public partial class Outer<T> { protected internal partial record struct @in { MODEL private partial class "
        + "M { NETWORKS } } }", "A class Outer<T>/record struct @in/M A.Outer`1+in+M private")]
    [InlineData("partial interface I { MODEL protected partial class M { NETWORKS } }", " interface I/M I+M protected")]
    public void AreFound(string declaration, string identity)
    {
        var trace = Traced.Model("using Zoo;\n"
            + declaration.Replace("MODEL", "[Vae(Input = [8], Batch = 4)]").Replace("NETWORKS", Networks));
        var containing = string.Concat(trace.Identity.Containing.Select(c => $"{c.Keyword} {c.Name}/"));
        Assert.Equal(identity,
            $"{trace.Identity.Namespace} {containing}{trace.Identity.Name} {trace.Identity.MetadataName} {trace.Identity.Modifiers}");
    }

    [Fact]
    public void APartialClassMayBeSplit()
    {
        var trace = Traced.Model(
            "using Zoo; [Vae(Input = [8], Batch = 4)] partial class M { static Gaussian Encoder(Tensor x) => new(x.Dense(3), x.Dense(3)); "
                + "private static partial Tensor Head(Tensor t); }",
            "using Zoo; partial class M { static Bernoulli Decoder(Tensor z) => new(Head(z)); private static partial Tensor Head(Tensor "
                + "t) => t.Dense(8); }");
        Assert.Equal(2, trace.Networks.Count);
    }

    [Fact]
    public void AttributesAreReadByNameAndOrderDoesNotMatter()
    {
        var networks = Networks.Replace("x.Dense", "x.Flatten().Dense").Replace("Dense(8)", "Dense(8).Reshape(2, 4)");
        var one = Traced.Model("using Zoo; [Vae(Input = [2, 4], Batch = 4, Beta = 0.5f)] "
            + $"[Adam(LearningRate = 1e-4f, For = nameof(Encoder))] [Sgd] partial class M {{ {networks} }}");
        var other = Traced.Model("using Zoo; [Vae(Beta = 0.5f, Batch = 4, Input = new[] { 2, 4 })] "
            + $"[Adam(For = \"Encoder\", LearningRate = 1e-4f)] [Sgd] partial class M {{ {networks} }}");
        Assert.Equal(one, other);
        Assert.Equal("[2, 4]", one.Options.Shape("Input").ToString());
        Assert.Equal(0.5f, one.Options.Float("Beta", 1));
        Assert.Equal([("Adam", "Encoder"), ("Sgd", null)], one.Optimizers.Select(o => (o.Kind, o.For)));
    }
}
