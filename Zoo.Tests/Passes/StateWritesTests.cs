using Zoo.Generators.Graphs;
using Zoo.Generators.Passes;
using Zoo.Generators.Passes.Fusion;
using Zoo.Generators.Plans;
using Zoo.Generators.Tracing;
using Zoo.Generators.Variants;
using Zoo.Tests.Oracle;

namespace Zoo.Tests.Passes;

/// <summary>
/// What is next of a piece of state is written over what was, where no kernel can miss the old value; else it is copied there.
/// </summary>
public class StateWritesTests
{
    /// <summary>A program over the states s, t (rows of 4) and the vector w, with what is next of some of them.</summary>
    static ModelGraph Model(Func<GraphBuilder, IEnumerable<(ResultKind Kind, string Name, Node Node)>> write)
    {
        var results = write(new()).Select(r => (new ResultName(r.Kind, r.Name), r.Node)).ToList();
        var program = new ProgramGraph("Example", "an example", 2, new(["x"]), new(results));
        var storages = new[] { "s", "t" }.Select(name => new Storage(name, new(4), new([]), new([-1]), IsAdvanced: true));
        var identity = new ModelIdentity("", new([]), "Example", "Example", "partial", "Tests");
        return new(identity, 2, 64, new([]), new(storages), new([]), new([]), new([program]));
    }

    /// <summary>Where the stores to state stand; all plans of it pass the verifier.</summary>
    static string Assigned(ModelGraph model)
    {
        foreach (var fuse in (bool[])[true, false])
        {
            var plan = Fuse.Run(model, fuse);
            PlanMemory.Run(Partition.ForCpu(plan));
            PlanMemory.Run(Partition.ForGpu(plan));
        }
        return Assign.Run(model, Group.Run(model.Programs[0])).ToString();
    }

    /// <summary>The kernel that writes the one next state.</summary>
    static Kernel Writer(ModelPlan plan) =>
        plan.Programs[0].Kernels.Single(k => k.Writes.Any(w => plan.Programs[0].Buffers[w].Kind == BufferKind.NextState));

    static Node Moved(GraphBuilder g, Node state, Node by) => g.Add(g.Mul(state, 0.75f), by);

    static Node Mean(GraphBuilder g) => g.MeanRows(g.Input("x", TensorType.Batch(4)));

    [Fact]
    public void WhoReadsEveryElementWhereItIsWrittenWritesInPlace() => Assert.Equal(
        """
        program Example
          kernel 0: %4 Sum
            operand %3 Input in x by (4, 1)
            result in sum1 by (1)
          kernel 1: %5 Add
            load %0 State from s by (1)
            load %4 Sum from sum1 by (1)
            store %5 Add to s′ by (1)

        """.ReplaceLineEndings("\n"),
        Assigned(Model(g => [(ResultKind.NextState, "s", Moved(g, g.State("s", new(4)), g.SumRows(g.Input("x", TensorType.Batch(4)))))])));

    /// <summary>The example in the text of <see cref="StateWrites"/>.</summary>
    [Fact]
    public void OneThatOthersReadIsWrittenAfterThem()
    {
        var model = Model(g =>
        {
            var state = g.State("s", new(4));
            return [(ResultKind.Output, "y", g.MatMul(g.Input("x", TensorType.Batch(4)), g.Reshape(state, new Shape(4, 1)))),
                (ResultKind.NextState, "s", Moved(g, state, Mean(g)))];
        });
        Assert.DoesNotContain("copy", Assigned(model));
        var kernels = Fuse.Run(model).Programs[0].Kernels.ToList();
        var product = kernels.FindIndex(k => k is ProductKernel);
        Assert.Contains(product, Writer(Fuse.Run(model)).After);
        var cut = Partition.ForCpu(Fuse.Run(model));
        Assert.True(cut.Programs[0].Kernels.Single(k => k is ProductKernel).Level < Writer(cut).Level);
    }

    [Fact]
    public void OneWhoseReaderNeedsTheNewValueIsCopiedLast()
    {
        var text = Assigned(Model(g =>
        {
            var state = g.State("s", new(4));
            var next = Moved(g, state, Mean(g));
            // Reads the new value as a product's operand and an element of the old one beside it.
            var product = g.MatMul(g.Input("x", TensorType.Batch(4)), g.Reshape(next, new Shape(4, 1)));
            return [(ResultKind.Output, "y", g.Mul(product, g.Slice(state, 0, 0, 1))), (ResultKind.NextState, "s", next)];
        }));
        Assert.Contains("copy", text);
        Assert.Single(text.Split('\n'), line => line.Contains("to s′", StringComparison.Ordinal));
    }

    /// <summary>Each needs the other's old value: one is copied, and nobody waits in a circle.</summary>
    [Fact]
    public void TwoThatChangePlacesDoNotWaitForEachOther()
    {
        var text = Assigned(Model(g =>
        [
            (ResultKind.NextState, "s", g.Unary(Op.Tanh, g.State("t", new(4)))),
            (ResultKind.NextState, "t", g.Unary(Op.Sin, g.State("s", new(4)))),
        ]));
        Assert.Single(text.Split('\n'), line => line.Contains("copy", StringComparison.Ordinal));
        // Nothing but places: both go through memory of their own.
        Assigned(Model(g => [(ResultKind.NextState, "s", g.State("t", new(4))), (ResultKind.NextState, "t", g.State("s", new(4)))]));
    }

    [Fact]
    public void OneThatIsReadElsewhereThanItIsWrittenIsCopied()
    {
        var text = Assigned(Model(g =>
        {
            var state = g.State("s", new(4));
            return [(ResultKind.NextState, "s",
                g.Unary(Op.Tanh, g.Add(state, g.Broadcast(g.Slice(state, 0, 1, 1), new TensorType(0, new(4))))))];
        }));
        Assert.Contains("copy", text);
    }

    /// <summary>Whatever random programs make of their states, some in place and some not, no plan has a fault.</summary>
    [Fact]
    public void RandomProgramsAdvanceTheirStates()
    {
        var (inPlace, copied) = (0, 0);
        for (var seed = 0; seed < 150; seed++)
        {
            // Every second one hands its values on to its own next run instead.
            var model = Advancing(RandomGraphs.Create(seed), new Random(seed), isCarried: seed % 2 == 1);
            var text = Assigned(model);
            var blocks = text.Split("  kernel ").Where(b => b.Contains('′', StringComparison.Ordinal)).ToList();
            copied += blocks.Count(b => b.Contains(": copy", StringComparison.Ordinal));
            inPlace += blocks.Count(b => !b.Contains(": copy", StringComparison.Ordinal));
        }
        Assert.True(inPlace > 50 && copied > 50, $"{inPlace} were written in place, {copied} copied.");
    }

    /// <summary>The graph's parameters as states, each followed by a mixture of values of its shape.</summary>
    static ModelGraph Advancing(RandomGraph graph, Random random, bool isCarried)
    {
        var g = new GraphBuilder();
        Node Old(string name, Shape shape) => isCarried ? g.Carried(name, new(0, shape)) : g.State(name, shape);
        var import = g.Importer(n => n.Op == Op.Parameter ? Old(n.Name, n.Shape) : null);
        var withoutStops = g.Rewriter((n, inputs) => n.Op == Op.StopGradient ? inputs[0] : null);
        var outputs = graph.Outputs.Select(o => withoutStops(import(o))).ToList();
        var nodes = Topology.Sort(outputs);
        var states = graph.Leaves.Where(l => l.Op == Op.Parameter).Select(l => (l.Name, l.Shape)).Distinct().ToList();
        Node Next((string Name, Shape Shape) state)
        {
            var candidates = nodes.Where(n => n.Type.IsShared && n.Shape == state.Shape).ToList();
            var value = candidates.Count > 0 ? candidates[random.Next(candidates.Count)] : Old(state.Name, state.Shape);
            return random.Next(3) == 0 ? value : Moved(g, Old(state.Name, state.Shape), g.Mul(value, 0.25f));
        }

        var roots = outputs.Select((o, i) => (new ResultName(ResultKind.Output, $"{i}"), o))
            .Concat(states.Select(s => (new ResultName(isCarried ? ResultKind.Carried : ResultKind.NextState, s.Name), Next(s))));
        var simple = Simplify.Run(new Roots<ResultName>(roots), graph.Batch);
        var program = new ProgramGraph("Program", "a random program", graph.Batch, new(graph.Bindings.Inputs.Keys), simple);
        var storages = states.Select(s => new Storage(s.Name, s.Shape, new([]), new([-1]), IsAdvanced: true));
        var hyperparameters = graph.Bindings.Hyperparameters.Keys.Select(k => new HyperparameterGraph(k, ValueRange.Finite));
        var identity = new ModelIdentity("", new([]), "Random", "Random", "partial", "Tests");
        return new(identity, graph.Batch, 64, new([]), new(storages), new([]), new(hyperparameters), new([program]));
    }

    // The verifier.

    [Fact]
    public void TheVerifierRefusesAWriterThatDoesNotWait()
    {
        var plan = Fuse.Run(Model(g =>
        {
            var state = g.State("s", new(4));
            return [(ResultKind.Output, "y", g.MatMul(g.Input("x", TensorType.Batch(4)), g.Reshape(state, new Shape(4, 1)))),
                (ResultKind.NextState, "s", Moved(g, state, Mean(g)))];
        }));
        var program = plan.Programs[0];
        var product = program.Kernels.ToList().FindIndex(k => k is ProductKernel);
        var hasty = program with { Kernels = new(program.Kernels.Select(k => k is MapKernel
            ? k with { After = new(k.After.Where(a => a != product)) }
            : k)) };
        Assert.Contains(
            PlanVerifier.Faults(plan with { Programs = new([hasty]) }, PlanStage.Fused),
            f => f.Contains("without waiting for Example, kernel", StringComparison.Ordinal)
                && f.Contains("which reads what it was", StringComparison.Ordinal));
    }

    [Fact]
    public void TheVerifierRefusesAMapThatWritesWhatItStillReads()
    {
        var plan = Fuse.Run(Model(g => [(ResultKind.NextState, "s", g.Unary(Op.Tanh, g.State("s", new(4))))]));
        var program = plan.Programs[0];
        var map = (MapKernel)program.Kernels.Single();
        var spread = map.Body.Instructions.Select(i => i.Load is { } load ? i with { Load = load with { ColumnStride = 0 } } : i);
        var broken = program with { Kernels = new([map with { Body = map.Body with { Instructions = new(spread) } }]) };
        Assert.Contains(PlanVerifier.Faults(plan with { Programs = new([broken]) }, PlanStage.Fused),
            f => f.Contains("which it still reads", StringComparison.Ordinal));
    }
}
