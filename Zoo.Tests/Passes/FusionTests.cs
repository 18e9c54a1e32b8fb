using Xunit;
using Zoo.Benchmarks.Generation;
using Zoo.Generators.Emission;
using Zoo.Generators.Graphs;
using Zoo.Generators.Passes;
using Zoo.Generators.Passes.Fusion;
using Zoo.Generators.Plans;
using Zoo.Generators.Variants;
using Zoo.Tests.Engines;
using Zoo.Tests.Generators;
using Zoo.Tests.Oracle;
using Zoo.Tests.Tracing;

namespace Zoo.Tests.Passes;

/// <summary>What fusing promises: the examples in its own text, faults instead of silence, bounds.</summary>
public class FusionTests
{
    static ModelGraph Oriented(string source) => Orient.Run(Simplify.Run(Differentiate.Run(BuildPrograms.Run(Traced.Model(source)).Graph)));

    static ProgramGraph Program(Func<GraphBuilder, Node> write) =>
        new("Example", "an example", 0, new(["x"]), new([(new ResultName(ResultKind.Output, "y"), write(new()))]));

    [Fact]
    public void ElementwiseNodesJoinTheirProductAndSumsStayAlone()
    {
        var program = Program(g => g.Sum(g.Unary(Op.Tanh,
            g.Add(g.MatMul(g.Input("x", TensorType.Batch(6)), g.Parameter("w", new(6, 5))), g.Parameter("b", new(5))))));
        Assert.Equal(
            """
            program Example
              group 0 over n×[5]: product %2 MatMul; %5 Add, %6 Tanh
              group 1 over n×[1]: alone %7 Sum

            """.ReplaceLineEndings("\n"),
            Group.Run(program).ToString());
    }

    /// <summary>Halves of a concatenation are written where they belong: no kernel copies them.</summary>
    [Fact]
    public void PartsOfAConcatenationLieInTheWhole()
    {
        var model = Oriented(Declarations.FashionVae);
        var program = Program(g =>
        {
            var x = g.Input("x", TensorType.Batch(2));
            return g.Concat(0, g.Unary(Op.Exp, x), g.Unary(Op.Sin, x));
        });
        Assert.Equal(
            """
            program Example
              kernel 0: %1 Exp, %2 Sin
                load %0 Input from x by (2, 1)
                store %1 Exp to output.y by (4, 1)
                store %2 Sin to output.y + 2 by (4, 1)

            """.ReplaceLineEndings("\n"),
            Assign.Run(model, Group.Run(program)).ToString());
    }

    [Fact]
    public void AKernelWhoseMakersAreMissingIsAFault()
    {
        var model = Oriented(Declarations.FashionVae);
        var assigned = Assign.Run(model, Group.Run(model.Program("Gradients")));
        Lower.Run(model, assigned);
        for (var i = 0; i < assigned.Kernels.Count; i++)
        {
            var without = assigned with { Kernels = [.. assigned.Kernels.Where((_, k) => k != i)] };
            var written = assigned.StoresOf(assigned.Kernels[i]).Select(s => s.Target)
                .Concat(assigned.Kernels[i].Sums.Select(s => assigned.Homes[s]))
                .Concat(assigned.Kernels[i].Group.Alone is { } alone ? [assigned.Homes[alone]] : []).ToHashSet();
            var isRead = without.Kernels.SelectMany(k => k.Reads).SelectMany(r => r.Parts.Prepend(r)).Any(written.Contains);
            if (!isRead)
            {
                Lower.Run(model, without);
                continue;
            }
            var fault = Assert.Throws<InvalidOperationException>(() => Lower.Run(model, without));
            Assert.Matches("^Lower: no kernel of Gradients makes .+, which the .+ of .+ reads\\.$", fault.Message);
        }
    }

    /// <summary>How many rows a call has is a number in the state, which the engine sets: no kernel makes it.</summary>
    [Fact]
    public void TheNumberOfRowsIsGiven()
    {
        var model = Oriented(Declarations.FashionVae);
        var program = Program(g => g.Mul(g.Input("x", TensorType.Batch(2)), g.RowCount()));
        var plan = Lower.Run(model, Assign.Run(model, Group.Run(program)));
        var rows = Assert.Single(plan.Buffers, b => b.Kind == BufferKind.RowCount);
        Assert.Contains(rows.Id, Assert.Single(plan.Kernels).Reads);
    }

    /// <summary>A result may be what the program was given: the memory of that keeps its name, by which the host finds it.</summary>
    [Fact]
    public void WhatIsGivenKeepsItsNameAsAResult()
    {
        var model = Oriented(Declarations.FashionVae);
        void IsNamed(string name, BufferKind kind, Func<GraphBuilder, Node> write)
        {
            var plan = Lower.Run(model, Assign.Run(model, Group.Run(Program(write))));
            Assert.Equal(["output.y", name], plan.Buffers.OrderBy(b => b.Kind == kind).Select(b => b.Name));
            Assert.Equal("output.y = " + name, Assert.Single(plan.Kernels).Summary.Split(',')[0]);
        }

        IsNamed("x", BufferKind.Input, g => g.Input("x", TensorType.Batch(2)));
        IsNamed("decoder.dense1.bias", BufferKind.Parameter, g => g.Parameter("decoder.dense1.bias", new Shape(400)));
        IsNamed("beta", BufferKind.Hyperparameter, g => g.Hyperparameter("beta"));
    }

    /// <summary>A kernel has a value in registers; a slice of it, which other elements need too, must come from memory.</summary>
    [Fact]
    public void AValueAndASliceOfItDoNotShareAKernel()
    {
        const string source = """
            using Zoo;

            [Vae(Input = [6], Batch = 4)]
            public partial class Sliced
            {
                static Gaussian Encoder(Tensor x)
                {
                    var h = x.Dense(5).Tanh();
                    h = h * h.Slice(2, 1);
                    return new(h.Dense(2), h.Dense(2));
                }

                static Gaussian Decoder(Tensor z) => new(z.Dense(6), -0.5f);
            }
            """;
        using var compiled = new CompiledModels([source]);
        using var device = Device.CpuWith(2);
        using var instance = compiled.Create("Sliced", 3, device);
        RandomProgramTests.ThreeSteps(new("Sliced", source, [6], 4, [2], 1, false), instance, compiled.Traces["Sliced"], 3);
    }

    [Theory]
    [InlineData("h + (h * 0.5f).Tanh() * h.Sigmoid()")]
    [InlineData("(h * 0.9f).Relu() + 0.1f")]
    public void AMapHasABound(string layer)
    {
        var plan = Fuse.Run(Oriented(DeepModel.Source(layer, 150)));
        var maps = plan.Programs.SelectMany(p => p.Kernels)
            .Select(k => k switch { MapKernel m => m.Body, ProductKernel p => p.Epilogue, _ => null }).OfType<MapBody>().ToList();
        Assert.InRange(maps.Max(m => m.Instructions.Count), MapBound.MostInstructions / 2, MapBound.MostInstructions);
    }

    /// <summary>Of a chain with one value between its links and several within, the cut goes between links.</summary>
    [Fact]
    public void AMapIsCutWhereFewValuesCross()
    {
        var program = Program(g =>
        {
            var x = g.Input("x", TensorType.Batch(3));
            for (var i = 0; i < 60; i++)
            {
                var (a, b, c) = (g.Unary(Op.Exp, x), g.Unary(Op.Sin, x), g.Unary(Op.Cos, x));
                x = g.Unary(Op.Tanh, g.Add(g.Add(a, b), c));
            }
            return x;
        });
        var grouping = Group.Run(program);
        Assert.InRange(grouping.Groups.Count, 3, 5);
        foreach (var group in grouping.Groups) Assert.Equal(Op.Tanh, group.Members[^1].Op);
    }

    /// <summary>
    /// What is left of the losses when everything else has run is one kernel; a constant that is a result is a store in it.
    /// </summary>
    [Fact]
    public void TheTailOfAProgramIsOneKernel()
    {
        var tails = Fuse.Run(Oriented(Declarations.FashionVae)).Program("Gradients").Kernels.OfType<MapKernel>()
            .Where(m => m.Writes.Any() && m.Rows == Extent.Of(1) && m.Columns == Extent.Of(1)).ToList();
        // One before the gradients, which need β, and one behind everything.
        Assert.Equal([1, 3], tails.Select(t => t.Body.Stores.Count).Order());

        var (g, x) = (new GraphBuilder(), TensorType.Batch(2));
        var loss = g.SumRows(g.Sum(g.Input("x", x)));
        var program = new ProgramGraph("Example", "an example", 4, new(["x"]),
            new([(new ResultName(ResultKind.Loss, "a"), g.Mul(loss, 2)), (new ResultName(ResultKind.Loss, "b"), g.Mul(loss, 3)),
                (new ResultName(ResultKind.Loss, "c"), g.Constant(7)), (new ResultName(ResultKind.Loss, "d"), g.Constant(8))]));
        var model = Oriented(Declarations.FashionVae);
        var tail = Assert.Single(Lower.Run(model, Assign.Run(model, Group.Run(program))).Kernels.OfType<MapKernel>());
        Assert.Equal(4, tail.Body.Stores.Count);
    }

    /// <summary>
    /// tanh² for the backward pass is computed from tanh, which is in memory anyway; tanh itself is never computed twice.
    /// </summary>
    [Fact]
    public void SquaresAreComputedAgainAndWhatIsExpensiveIsNot()
    {
        foreach (var seed in Enumerable.Range(0, 60))
        {
            var source = RandomModels.Source(seed).Source;
            foreach (var program in Oriented(source).Programs)
            {
                var grouping = Group.Run(program);
                Assert.DoesNotContain(grouping.InPlace, n => n.Op is Op.Exp or Op.Log or Op.Tanh or Op.Sigmoid or Op.Softplus or Op.Erf);
                var computed = grouping.Groups.SelectMany(group => group.Members).ToList();
                Assert.Equal(computed.Count, computed.Distinct().Count());
            }
        }
        var square = Program(g =>
        {
            var h = g.Unary(Op.Tanh, g.MatMul(g.Input("x", TensorType.Batch(2)), g.Parameter("w", new(2, 3))));
            return g.Mul(g.MatMul(h, g.Parameter("v", new(3, 3))), g.Sub(g.Constant(1), g.Unary(Op.Square, h)));
        });
        var model = Oriented(Declarations.FashionVae);
        var stored = Lower.Run(model, Assign.Run(model, Group.Run(square))).Kernels.SelectMany(k => k.Writes).Distinct();
        Assert.Equal(2, stored.Count());
    }

    /// <summary>A network that is called twice makes two values in layers of one name.</summary>
    const string Twice = """
        using Zoo;

        [Vae(Input = [6], Batch = 4)]
        public partial class Twice
        {
            [Network]
            static Tensor Half(Tensor x) => x.Dense(6).Tanh();

            static Gaussian Encoder(Tensor x)
            {
                var h = Half(Half(x));
                return new(h.Dense(2), h.Dense(2));
            }

            static Gaussian Decoder(Tensor z) => new(z.Dense(6), -0.5f);
        }
        """;

    [Fact]
    public void OneNameInASentenceIsOneValue()
    {
        foreach (var source in Enumerable.Range(0, 60).Select(seed => RandomModels.Source(seed).Source).Append(Twice))
        {
            var plan = Fuse.Run(Oriented(source));
            foreach (var program in plan.Programs)
            {
                Assert.Equal(program.Buffers.Count,
                    program.Buffers.Select(b => (b.Kind is BufferKind.Gradient or BufferKind.NextState ? b.Kind : default, b.Name))
                        .Distinct().Count());
                foreach (var kernel in program.Kernels.Where(k => k is MapKernel or ProductKernel))
                {
                    var made = kernel.Summary.Split("Then, tile by tile: ")[^1].Split("; ").Select(part => part.Split(" = "))
                        .Where(p => p.Length > 1).Select(p => p[0]).ToList();
                    Assert.True(made.Count == made.Distinct().Count(), kernel.Summary);
                }
            }
        }
    }

    [Fact]
    public void EveryStageCanBeEndedEarly()
    {
        var (trace, ended) = (Traced.Model(Declarations.FashionVae), new CancellationToken(canceled: true));
        var programs = BuildPrograms.Run(trace).Graph;
        var derived = Differentiate.Run(programs);
        var oriented = Oriented(Declarations.FashionVae);
        var fused = Fuse.Run(oriented);
        var cut = Partition.ForCpu(fused);
        Action[] stages =
        [
            () => BuildPrograms.Run(trace, Variant.All[0], cancellation: ended), () => Differentiate.Run(programs, ended),
            () => Simplify.Run(derived, ended),
                () => Orient.Run(oriented, ended),
            () => Fuse.Run(oriented, cancellation: ended), () => Group.Run(oriented.Programs[0], cancellation: ended),
                () => Assign.Run(oriented, Group.Run(oriented.Programs[0]), cancellation: ended),
            () => Lower.Run(oriented, Assign.Run(oriented, Group.Run(oriented.Programs[0])), ended), () => Partition.ForCpu(fused, ended),
                () => Partition.ForGpu(fused, ended),
            () => PlanMemory.Run(cut, cancellation: ended), () => CpuEmitter.Run(cut, ended), () => GpuEmitter.Run(cut, ended),
        ];
        foreach (var stage in stages) Assert.Throws<OperationCanceledException>(stage);
    }
}
