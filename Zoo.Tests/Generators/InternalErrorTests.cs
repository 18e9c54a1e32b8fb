using Microsoft.CodeAnalysis;
using Xunit;
using Zoo.Generators.Graphs;
using Zoo.Generators.Infrastructure;
using Zoo.Generators.Tracing;
using Zoo.Generators.Variants;
using Zoo.Tests.Tracing;

namespace Zoo.Tests.Generators;

/// <summary>An exception in a stage never leaves the generator: it becomes ZOO9999 on the model's name.</summary>
public class InternalErrorTests
{
    [Theory]
    [InlineData(TrackingNames.Programs)]
    [InlineData(TrackingNames.Differentiate)]
    [InlineData(TrackingNames.Simplify)]
    [InlineData(TrackingNames.Orient)]
    [InlineData(TrackingNames.Fuse)]
    [InlineData(TrackingNames.Partition)]
    [InlineData(TrackingNames.Memory)]
    [InlineData(TrackingNames.Emit)]
    [InlineData(TrackingNames.PartitionGpu)]
    [InlineData(TrackingNames.MemoryGpu)]
    [InlineData(TrackingNames.EmitGpu)]
    [InlineData(TrackingNames.EmitSurface)]
    public void APlantedFaultIsReportedOnTheModelsName(string stage)
    {
        var run = GeneratorRun.Of(GeneratorRun.Compile(Declarations.FashionVae), plantedFault: stage);
        Assert.Equal(
            [$"ZOO9999 @ FashionVae: The generator failed on 'FashionVae' in stage {stage} with InvalidOperationException: A fault was "
                + "planted here.; please report it with the declaration of the class"],
            run.Reported);
        Assert.Empty(run.Files);
    }

    [Fact]
    public void AFaultWhileTracingIsReportedToo()
    {
        // A use of what is still to be generated stands in the same file, and is no reason to be silent.
        var compilation = GeneratorRun.Compile(Declarations.FashionVae + "\nclass Use { static void Of(FashionVae vae) => vae.Update(); }");
        var result = Traced.Trace(compilation, new Faulty());
        Assert.Null(result.Model);
        var diagnostic = Assert.Single(result.Diagnostics).In(compilation);
        Assert.Equal("ZOO9999", diagnostic.Id);
        Assert.Equal("FashionVae", GeneratorRun.Under(diagnostic));
        Assert.Contains("in stage Trace with DivideByZeroException: On two lines", diagnostic.GetMessage());
    }

    sealed class Faulty : Variant
    {
        public override string Name => "Vae";

        public override IReadOnlyList<OptionSpec> Options => Variant.All[0].Options;

        public override IReadOnlyList<NetworkSignature> Networks => Variant.All[0].Networks;

        public override Shape ShapeOf(string parameter, AttributeValues options, IReadOnlyDictionary<string, NetworkTrace> traced) =>
            throw new DivideByZeroException("On two\nlines");

        public override IReadOnlyList<PhaseDeclaration> Phases(ModelTrace trace) => [];

        public override void Build(ModelBuilder m) => throw new NotSupportedException("It is only traced.");
    }
}
