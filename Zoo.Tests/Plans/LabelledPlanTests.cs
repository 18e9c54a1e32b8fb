using Zoo.Generators.Graphs;
using Zoo.Generators.Passes;
using Zoo.Generators.Plans;
using Zoo.Generators.Tracing;
using Zoo.Generators.Variants;
using Zoo.Tests.Engines;

namespace Zoo.Tests.Plans;

/// <summary>Good plans with rows by label and sums by label, and what the verifier says where they are broken.</summary>
public class LabelledPlanTests
{
    /// <summary>[4×3] of x and 3 classes into 5 columns.</summary>
    static readonly ModelPlan Fused = GraphEngines.Fused(LabelPrograms.Classifier("Verified", 4, 3, 3, 5).Compile().Graph);

    static readonly ProgramPlan Gradients = Fused.Program("Gradients");

    /// <summary>A table that is made by a kernel, of which rows are chosen.</summary>
    static readonly ModelPlan Made = Plan(4, g =>
    {
        var table = g.Unary(Op.Exp, g.Parameter("w", new(4, 3)));
        return g.MatMul(g.Gather(table, g.Input("y", TensorType.Batch())), g.Parameter("v", new(3, 2)));
    });

    static ModelPlan Plan(int rows, Func<GraphBuilder, Node> root)
    {
        var result = (new ResultName(ResultKind.Output, "r"), root(new()));
        var program = new ProgramGraph("Program", "a program", rows, new(["x", "y"]), new([result]));
        var phase = new PhaseGraph("Step", 1, false, new([new OptimizerGraph("Adam", "", false, false, false)]), null, true, new([]));
        Storage Storage(string name, params int[] shape) => new(name, new Shape(shape), new([]), new([0]));
        var identity = new ModelIdentity("", new([]), "M", "M", "partial", "Tests");
        EquatableArray<Storage> storages = new([Storage("w", 4, 3), Storage("v", 3, 2)]);
        return Fuse.Run(new ModelGraph(identity, 4, 8, new(["w", "v"]), storages, new([phase]), new([]), new([program])));
    }

    static ModelPlan With<T>(ModelPlan plan, Func<T, bool> which, Func<T, Kernel> change) where T : Kernel
    {
        var changed = 0;
        Kernel Change(Kernel kernel) => kernel is T found && which(found) && ++changed > 0 ? change(found) : kernel;
        var first = plan.Programs[0];
        var result = plan with { Programs = new([first with { Kernels = new(first.Kernels.Select(Change)) }, .. plan.Programs.Skip(1)]) };
        Assert.Equal(1, changed);
        return result;
    }

    static ModelPlan WithScatter(Func<ScatterKernel, Kernel> change) => With(Fused, _ => true, change);

    static ModelPlan WithGather(ModelPlan plan, Func<MapInstruction, MapInstruction> change)
    {
        MapBody Changed(MapBody body) => body with { Instructions = new(body.Instructions.Select(i => i.Op == Op.Gather ? change(i) : i)) };
        return With<Kernel>(plan, k => k.Map?.Instructions.Any(i => i.Op == Op.Gather) == true, k => k switch
        {
            ProductKernel p => p with { Epilogue = Changed(p.Epilogue!) },
            MapKernel m => m with { Body = Changed(m.Body) },
            _ => k,
        });
    }

    static void Refused(string expected, ModelPlan plan) =>
        Assert.Contains(PlanVerifier.Faults(plan, PlanStage.Fused), fault => fault.Contains(expected, StringComparison.Ordinal));

    [Fact]
    public void GoodPlansPass()
    {
        foreach (var plan in (ModelPlan[])[Fused, Made])
            foreach (var cut in (ModelPlan[])[Partition.ForCpu(plan), Partition.ForGpu(plan)])
                Assert.Empty(PlanVerifier.Faults(PlanMemory.Run(cut), PlanStage.Placed));
    }

    // Rows by label.

    [Fact]
    public void EveryRowThatALabelMayNameIsInTheTable()
    {
        const string table = "net.dense1.weight";
        // Rows 3 to 5 of 5 columns each.
        ModelPlan With(Func<LabelledRow, LabelledRow> change) => WithGather(Fused, i => i with { Row = change(i.Row!) });
        Refused($"touches {Name(table)} [15, 35), which has 30 floats", With(r => r with { Count = 4 }));
        Refused($"touches {Name(table)} [15, 20) × 3 every 6, which has 30 floats", With(r => r with { Stride = 6 }));
    }

    [Fact]
    public void EveryRowHasALabel() => Refused(
        $"touches {Name("y")} [1, 5), which has 4 floats",
        WithGather(Fused, i => i with { Row = i.Row! with { Label = i.Row.Label with { Offset = 1 } } }));

    /// <summary>Whatever the labels are: that one row is missing is a fault.</summary>
    [Fact]
    public void TheWholeTableIsWritten() => Refused(
        "exp1 [0, 12), but nobody before it wrote b", With<MapKernel>(Made, m => m.Writes.All(b => Name(Made, b) == "exp1"), m => m with
        {
            Columns = Extent.Of(9),
        }));

    [Fact]
    public void TheMakerOfTheTableIsWaitedFor() => Refused(
        "without waiting for Program, kernel 0 (Exp1), which makes it",
        With<MapKernel>(Made, m => m.Map!.Instructions.Any(i => i.Op == Op.Gather), m => m with { After = new([]) }));

    /// <summary>A choice says what it reads; a class is a number and no read.</summary>
    [Fact]
    public void LabelAndTableAreReadAndClassesAreNot()
    {
        var at = new Operand(3, 0, new([]), 1);
        var row = new LabelledRow(at with { Buffer = 4, ColumnStride = 0 }, 2, 5);
        Assert.Equal([3, 4], new MapInstruction(Op.Gather, new([]), Load: at, Row: row).Reads);
        Assert.Equal([5, 6], new MapInstruction(Op.Gather, new([]), Load: at, Row: row).WithBuffers(b => b + 2).Reads);
        Assert.Empty(new MapInstruction(Op.OneHot, new([0]), Class: at with { Buffer = -1 }).Reads);
    }

    /// <summary>A map that chooses rows writes nowhere into the table or the labels, though it may be their last reader.</summary>
    [Fact]
    public void WhatIsReadByLabelIsNotTakenOver()
    {
        var plan = PlanMemory.Run(Partition.ForCpu(Plan(4, g =>
        {
            // In one column a label and what is made of it have one place.
            var product = g.MatMul(g.Input("x", TensorType.Batch(3)), g.Slice(g.Parameter("v", new(3, 2)), 1, 0, 1));
            var label = g.Clamp(g.Unary(Op.Relu, product), -1, 3);
            var chosen = g.Gather(g.Slice(g.Parameter("w", new(4, 3)), 1, 0, 1), g.Reshape(label, Shape.Scalar));
            return g.MatMul(g.Unary(Op.Exp, g.Add(chosen, label)), g.Slice(g.Parameter("w", new(4, 3)), 0, 0, 1));
        })));
        Assert.Empty(PlanVerifier.Faults(plan, PlanStage.Placed));
    }

    // Sums by label.

    [Fact]
    public void SumsByLabelStayInsideTheirBuffers()
    {
        Refused("(NetDense1WeightByLabel) touches", WithScatter(s => s with { Classes = 4 }));
        Refused($"(NetDense1WeightByLabel) touches {Name("y")} [1, 5)", WithScatter(s => s with { LabelsOffset = 1 }));
        Refused("(NetDense1WeightByLabel) touches", WithScatter(s => s with { Values = s.Values with { Offset = 1 } }));
        Refused("(NetDense1WeightByLabel) touches", WithScatter(s => s with { Rows = new(2, 0) }));
    }

    [Fact]
    public void SumsByLabelWaitForTheirRows() => Refused(
        "(NetDense1WeightByLabel) reads", WithScatter(s => s with { After = new([]) }));

    [Fact]
    public void SumsByLabelAreWrittenOnce() => Refused(
        "(NetDense1WeightByLabel) writes", WithScatter(s => s with { TargetOffset = 10 }));

    [Fact]
    public void EveryClassIsWritten() => Refused(
        "Gradients ends, and nobody wrote", WithScatter(s => s with { Classes = 2 }));

    [Fact]
    public void SumsByLabelOfUnknownRowsAreRefused()
    {
        var fault = Assert.Throws<PlanException>(() => Plan(0, g =>
        {
            var y = g.Input("y", TensorType.Batch());
            return g.Gather(g.Scatter(g.Input("x", TensorType.Batch(3)), y, 4), y);
        }));
        const string expected = "Program takes any number of rows, at most 8 in a run, but Scatter1ByLabel sums over them";
        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
    }

    static string Name(string buffer) => $"b{Gradients.Buffers.Single(b => b.Name == buffer && b.Kind.IsGiven()).Id} {buffer}";

    static string Name(ModelPlan plan, int buffer) => plan.Programs[0].Buffers[buffer].Name;
}
