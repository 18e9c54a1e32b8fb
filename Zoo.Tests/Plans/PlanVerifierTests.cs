using Zoo.Generators.Graphs;
using Zoo.Generators.Passes;
using Zoo.Generators.Plans;
using Zoo.Generators.Plans.Verification;
using Zoo.Generators.Variants;
using Zoo.Tests.Generators;

namespace Zoo.Tests.Plans;

/// <summary>A good plan, broken in one place at a time: the verifier names what is wrong, and so does the compiler.</summary>
public class PlanVerifierTests
{
    const string Source = """
        using Zoo;

        [Vae(Input = [6], Batch = 4)]
        public partial class Tiny
        {
            static Gaussian Encoder(Tensor x)
            {
                var h = Tensor.Concat(x, x.Dense(5).Tanh());
                return new(h.Dense(2), h.Dense(2));
            }

            static Gaussian Decoder(Tensor z) => new(z.Dense(6), Tensor.Parameter("log_variance", [1]));
        }
        """;

    /// <summary>A map of the gradient that takes over what only it reads.</summary>
    static readonly ModelPlan Overtaking = PlanMemory.Run(Partition.ForCpu(Fuse.Run(Orient.Run(
        Simplify.Run(Differentiate.Run(BuildPrograms.Run(GeneratorRun.Of(Source.Replace("Tanh", "Silu")).Trace!).Graph))))));

    static readonly ModelGraph Graph = Simplify.Run(Differentiate.Run(BuildPrograms.Run(GeneratorRun.Of(Source).Trace!).Graph));
    static readonly ModelPlan Fused = Fuse.Run(Orient.Run(Graph));
    static readonly ModelPlan Cut = Partition.ForCpu(Fused);
    static readonly ModelPlan Placed = PlanMemory.Run(Cut);
    static readonly ModelPlan CutGpu = Partition.ForGpu(Fused);

    static ProgramPlan Gradients(ModelPlan plan) => plan.Program("Gradients");

    static ModelPlan With(ModelPlan plan, Func<ProgramPlan, ProgramPlan> change, string program = "Gradients") =>
        plan with { Programs = new(plan.Programs.Select(p => p.Name == program ? change(p) : p)) };

    /// <summary>The plan with one kernel changed, found by its name.</summary>
    static ModelPlan With<T>(ModelPlan plan, string kernel, Func<T, Kernel> change, string program = "Gradients") where T : Kernel =>
        With(plan, p => p with { Kernels = new(p.Kernels.Select(k => k.Name == kernel ? change((T)k) : k)) }, program);

    static ModelPlan WithBuffer(ModelPlan plan, string name, Func<PlanBuffer, PlanBuffer> change, string program = "Gradients") =>
        With(plan, p => p with { Buffers = new(p.Buffers.Select(b => b.Name == name && !b.Kind.IsGiven() ? change(b) : b)) }, program);

    static Kernel Kernel(ModelPlan plan, string name) => Gradients(plan).Kernels.Single(k => k.Name == name);

    static int Ordinal(ModelPlan plan, string name) => Gradients(plan).Kernels.ToList().FindIndex(k => k.Name == name);

    static int Buffer(ModelPlan plan, string name) => Gradients(plan).Buffers.Single(b => b.Name == name && !b.Kind.IsGiven()).Id;

    static void Refused(string expected, ModelPlan plan, PlanStage stage) =>
        Assert.Contains(PlanVerifier.Faults(plan, stage), fault => fault.Contains(expected, StringComparison.Ordinal));

    [Fact]
    public void GoodPlansPass()
    {
        Assert.Empty(PlanVerifier.Faults(Fused, PlanStage.Fused));
        Assert.Empty(PlanVerifier.Faults(Cut, PlanStage.Partitioned));
        Assert.Empty(PlanVerifier.Faults(Placed, PlanStage.Placed));
        Assert.Empty(PlanVerifier.Faults(CutGpu, PlanStage.Partitioned));
        Assert.Empty(PlanVerifier.Faults(PlanMemory.Run(CutGpu), PlanStage.Placed));
    }

    [Fact]
    public void TheFirstFaultsAreThrown()
    {
        var plan = With(Fused, p => p with { Kernels = new(p.Kernels.Skip(1).Select(k => k with { After = new([]) })) });
        Assert.Contains("nobody before it wrote", Assert.Throws<PlanException>(() => plan.Verified(PlanStage.Fused)).Message);
    }

    // What is read has been written.

    [Fact]
    public void AReadNeedsAWriter() => Refused(
        $"(LossReconstruction) reads {Whole("exp2", 1)}, but nobody before it wrote {Whole("exp2", 1)}",
        With<MapKernel>(Fused, "Exp2", k => k with { Body = k.Body with { Stores = new([]) } }), PlanStage.Fused);

    [Fact]
    public void AReadNeedsEveryFloatOfItsRange() => Refused(
        $"(EncoderDense2Dense3) reads {Whole("concat1", 44)}, but nobody before it wrote b{Buffer(Fused, "concat1")} concat1 [5, 6)",
        With<MapKernel>(Fused, "Concat1", k => k with { Columns = Extent.Of(5) }), PlanStage.Fused);

    [Fact]
    public void AccessesStayInsideTheirBuffer() => Refused(
        $"(EncoderDense2Dense3) touches b{Buffer(Fused, "concat1")} concat1 [1, 45), which has 44 floats",
        With<ProductKernel>(Fused, "EncoderDense2Dense3", k => k with { A = k.A with { Offset = 1 } }), PlanStage.Fused);

    /// <summary>A draw of as many rows as examples, in the memory of one that they share.</summary>
    [Fact]
    public void ADrawStaysInsideItsBuffer() => Refused(
        "(DrawEpsilon) touches", WithBuffer(Fused, "epsilon", b => b with { Length = Extent.Of(2) }), PlanStage.Fused);

    /// <summary>Right for as many rows as a run can have, wrong for fewer.</summary>
    [Fact]
    public void AnyNumberOfRowsIsProvedForFewToo() => Refused(
        "Encode, kernel 1 (Concat1) touches b3 x [0, 384), which has 6 floats",
        With<MapKernel>(Fused, "Concat1", k => k with { Rows = Extent.Of(64) }, "Encode"), PlanStage.Fused);

    [Fact]
    public void WhatIsKeptIsWrittenByTheEnd() => Refused(
        $"Gradients ends, and nobody wrote {Whole("decoder.log_variance", 1)}",
        With<MapKernel>(Fused, "LossReconstruction", k => k with { Body = k.Body with { Stores = new([]) } }), PlanStage.Fused);

    /// <summary>A product that only its map has seen is not in memory.</summary>
    [Fact]
    public void AProductThatIsNotStoredIsNotThere() => Refused(
        $"(EncoderDense1Gradient) reads b{Buffer(CutGpu, "encoder.dense2_dense3.input_gradient")}",
        With<ProductKernel>(CutGpu, "EncoderDense2Dense3InputGradient", k => k with { StoresProduct = false }), PlanStage.Partitioned);

    // Nothing is written twice.

    [Fact]
    public void TwoKernelsDoNotWriteOneFloat() => Refused(
        "concat1 [1, 7) × 4 every 11, which Gradients, kernel 0 (EncoderDense1) has written",
        With<MapKernel>(Fused, "Concat1", k => k with { Body = WithStore(k.Body, t => t with { Offset = 1 }) }), PlanStage.Fused);

    [Fact]
    public void OneKernelDoesNotWriteAFloatTwice() => Refused(
        $"(Concat1) writes some float of b{Buffer(Fused, "concat1")} concat1 [0, 6) more than once",
        With<MapKernel>(Fused, "Concat1", k => k with { Body = WithStore(k.Body, t => t with { Rows = new([]) }) }), PlanStage.Fused);

    [Fact]
    public void TilesDoNotAddToOneSumAtOnce() => Refused(
        $"(Sum9) writes some float of {Whole("sum9", 1)} more than once",
        With<MapKernel>(Cut, "Sum9", k => k with { ColumnsPerBlock = Extent.Of(2) }), PlanStage.Partitioned);

    /// <summary>Over the product in front of it, but row 1 where row 2 still waits.</summary>
    [Fact]
    public void AMapOverwritesItsProductOnlyInPlace() => Refused(
        "over its own",
        With<ProductKernel>(Fused, "EncoderDense2Dense3", k => k with
        {
            Epilogue = WithStore(k.Epilogue!, t => t with { Rows = new([new RowTerm(2, 0, 4), new RowTerm(1, 2, 8)]) }),
        }), PlanStage.Fused);

    [Fact]
    public void WhatIsGivenIsNotWritten() => Refused(
        "x [0, 24), which it is given",
        With<MapKernel>(Fused, "Concat1", k => k with { Body = WithStore(k.Body, _ => k.Body.Instructions[0].Load!) }), PlanStage.Fused);

    // Order.

    [Fact]
    public void EveryMakerIsWaitedFor() => Refused(
        $"reads {Whole("concat1", 44)} without waiting for Gradients, kernel {Ordinal(Fused, "Concat1")} (Concat1), which makes it",
        With<ProductKernel>(Fused, "EncoderDense2Dense3", k => k with { After = new([Ordinal(Fused, "EncoderDense1")]) }), PlanStage.Fused);

    [Fact]
    public void AMakerIsBeforeItsReader() => Refused(
        "(Concat1) waits for kernel 22, which is not before it",
        With<MapKernel>(Fused, "Concat1", k => k with { After = new([22]) }), PlanStage.Fused);

    [Fact]
    public void AMakerIsOnAnEarlierLevel()
    {
        var plan = With<ProductKernel>(Cut, "EncoderDense2Dense3", k => k with { Level = 0 });
        var maker = $"Gradients, kernel {Ordinal(Cut, "Concat1")} (Concat1)";
        Refused($"(EncoderDense2Dense3) is on level 0, but waits for {maker}", plan, PlanStage.Partitioned);
        Refused($"(EncoderDense2Dense3) reads {Whole("concat1", 44)} on the level of {maker}, which makes it", plan, PlanStage.Partitioned);
    }

    [Fact]
    public void LevelsGoUp() => Refused(
        "is on level 1, but stands behind Gradients, kernel 6 (Exp1)",
        With<ProductKernel>(Cut, "DecoderDense1", k => k with { Level = 1 }), PlanStage.Partitioned);

    // What a kernel says of itself.

    sealed record Careless(int Source, int Target) : Kernel("Careless", "", 0, new([]))
    {
        public override IEnumerable<int> Reads => [];

        public override IEnumerable<int> Writes => [Target];

        public override IEnumerable<Access> Accesses(int rows) => [Access.Reading(Source, 0, 1), Access.Writing(Target, 0, 1)];

        public override bool SumsRows => false;

        public override Kernel WithBuffers(Func<int, int> rename) => this;

        public override long Flops(int rows) => 0;
    }

    [Fact]
    public void AKernelNamesAllThatItReads()
    {
        var (source, target) = (Gradients(Fused).Buffers.Single(b => b.Name == "beta").Id, Buffer(Fused, "mul8"));
        var plan = With<MapKernel>(Fused, "Mul8", _ => new Careless(source, target));
        Refused($"(Careless) either reads b{source} without saying so, or says so and does not", plan, PlanStage.Fused);
    }

    /// <summary>A matrix that lies beside C, and what the map loads from there, as parts of a concatenation do.</summary>
    [Fact]
    public void AProductReadsWhatLiesBesideIt()
    {
        var product = (ProductKernel)Kernel(Fused, "EncoderDense1");
        var (c, map) = (product.C.Buffer, product.Epilogue!);
        Assert.DoesNotContain(c, product.Reads);
        Assert.Contains(c, (product with { A = product.A with { Buffer = c } }).Reads);
        var beside = new MapInstruction(Op.Input, new([]), Load: new Operand(c, 0, new([new RowTerm(1, 0, 11)]), 1));
        Assert.Contains(c, (product with { Epilogue = map with { Instructions = new([.. map.Instructions, beside]) } }).Reads);
    }

    // Sums over rows that are not known.

    [Fact]
    public void SumsOverUnknownRowsAreRefused() => Refused(
        "Encode takes any number of rows, at most 64 in a run, but OutputMean sums over them, so what it gives would depend on how a call",
        With<MapKernel>(
            Fused, "OutputMean", k => k with { Body = k.Body with { ColumnSums = new([new MapSum(0, 8, 0, default)]) } }, "Encode"),
        PlanStage.Fused);

    [Fact]
    public void TheCompilerRefusesThemToo()
    {
        var g = new GraphBuilder();
        var programs = Graph.Programs.Select(p => p.Name != "Encode" ? p : p with
        {
            Results = p.Results.Select(g.Rewriter((_, _) => null)).Select(root => g.Sub(root, g.MeanRows(root))),
        });
        var fault = Assert.Throws<PlanException>(() => Fuse.Run(Orient.Run(Graph with { Programs = new(programs) })));
        Assert.Contains("Encode takes any number of rows", fault.Message);
    }

    // Memory.

    [Theory]
    [InlineData("exp2", "is not inside [1344, END), where Activations lie", 1343)]
    [InlineData("exp2", "is not inside [1344, END), where Activations lie", int.MaxValue)]
    [InlineData("loss.Elbo", "is not inside [0, 1344), where Results lie", 1344)]
    [InlineData("loss.Elbo", "Result loss.Elbo at 16 shares memory with Result loss.Divergence at 16", 16)]
    [InlineData("exp2", "exp2 at [1350, 1351) shares memory with Gradients: b11 concat1 at [1344, 1388) while both are alive", 1350)]
    [InlineData("decoder.dense1.gradient", "dense1.gradient at [1552, 1576) shares memory with Gradients: b28 z at [1552, 1560)", 1552)]
    public void BuffersLieInTheirArenaAndApart(string buffer, string expected, int offset)
    {
        var end = Placed.ActivationFloats;
        var plan = WithBuffer(Placed, buffer, b => b with { Offset = Math.Min(offset, end) });
        Refused(expected.Replace("END", $"{end}", StringComparison.Ordinal), plan, PlanStage.Placed);
    }

    /// <summary>In the good plan the gradient is written over the sigmoid, element by element.</summary>
    [Fact]
    public void ABufferIsTakenOverInPlaceOnly()
    {
        var (sigmoid, gradient) = (Buffer(Overtaking, "encoder.dense1.sigmoid"), Buffer(Overtaking, "encoder.dense1.gradient"));
        var offset = Gradients(Overtaking).Buffers[sigmoid].Offset;
        Assert.Equal(offset, Gradients(Overtaking).Buffers[gradient].Offset);
        var place = $"[{offset}, {offset + 20})";
        var expected = $"Gradients: b{gradient} encoder.dense1.gradient at {place} shares memory with "
            + $"Gradients: b{sigmoid} encoder.dense1.sigmoid at {place} while both are alive, on level 6.";
        Operand Load(Operand place, Func<Operand, Operand> change) => place.Buffer == sigmoid ? change(place) : place;
        MapBody Loading(MapBody body, Func<Operand, Operand> change) => body with
        {
            Instructions = new(body.Instructions.Select(i => i.Load is null ? i : i with { Load = Load(i.Load, change) })),
        };
        void Elsewhere(Func<Operand, Operand> change) => Refused(
            expected, With<MapKernel>(Overtaking, "EncoderDense1Gradient", k => k with { Body = Loading(k.Body, change) }),
            PlanStage.Placed);
        Elsewhere(p => p with { Rows = new([new RowTerm(1, 0, 4)]) });
        Elsewhere(p => p with { ColumnStride = 0 });
        var reading = new MapInstruction(Op.Input, new([]), Load: new Operand(sigmoid, 0, new([]), 1));
        // Somebody else on the level reads the sigmoid, with its maker waited for: only the sharing is wrong.
        var alone = With<MapKernel>(Overtaking, "LossReconstruction", k => k with
        {
            After = new([Ordinal(Overtaking, "EncoderDense1"), .. k.After]),
            Body = k.Body with { Instructions = new([.. k.Body.Instructions, reading]) },
        });
        Assert.Equal([expected], PlanVerifier.Faults(alone, PlanStage.Placed));
    }

    // State.

    [Fact]
    public void StoragesLieApartAndNamesAreKnown()
    {
        Refused("Storage encoder.dense1.bias at 8 begins before 30", Fused with
        {
            Storages = new(Fused.Storages.Select(s => s.Storage.Name == "encoder.dense1.bias" ? s with { Offset = 8 } : s)),
        }, PlanStage.Fused);
        Refused("Storages end at", Fused with { SectionFloats = 16 }, PlanStage.Fused);
        var longer = WithBuffer(Fused, "encoder.dense1.bias", b => b with { Length = Extent.Of(7) });
        Refused("there is no Gradient encoder.dense1.bias of 7 floats", longer, PlanStage.Fused);
        Refused("there is no Input x of 6n floats", With(Fused, p => p with { Inputs = new(["y"]) }), PlanStage.Fused);
        Refused("there is no Hyperparameter beta of 1 floats", Fused with { Hyperparameters = new([]) }, PlanStage.Fused);
    }

    static MapBody WithStore(MapBody body, Func<Operand, Operand> change) =>
        body with { Stores = new(body.Stores.Select(s => s with { Target = change(s.Target) })) };

    /// <summary>All of a buffer, as faults name it.</summary>
    static string Whole(string name, int floats) => $"b{Buffer(Cut, name)} {name} [0, {floats})";
}
