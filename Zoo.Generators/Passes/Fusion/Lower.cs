using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Zoo.Generators.Graphs;
using Zoo.Generators.Plans;
using Zoo.Generators.Variants;

namespace Zoo.Generators.Passes.Fusion;

/// <summary>Stage 6, third part: kernels over buffers, in an order in which each comes after those whose results it reads.</summary>
/// <remarks>
/// <code>
/// kernel 0: %3 MatMul, %4 Add          0: Dense1 product [n×6]·[6×5] b0 · b1 → b3
///     operand %0 in x             →        %0 = Product b3[…]
///     load %2 from bias                    %1 = Load b2[column]
///     store %4 to h                        %2 = Add %0, %1; store %2 → b3[…]
/// </code>
/// Nothing is decided here but how many axes of a free map are rows. Afterwards every buffer of the program is read or written by a kernel,
/// and every value that a kernel reads is there before the program runs or is made by kernels that it names; one whose makers are missing
/// is a fault.
/// <para>Missed: one order of kernels is as good as another here; what may run at once is decided by partitioning.</para>
/// </remarks>
public sealed class Lower
{
    readonly Assignment assignment;
    readonly List<Kernel> kernels = [];
    readonly List<IEnumerable<Home>> reads = [];
    readonly Dictionary<Home, int> makers = [];

    readonly BitValues bits;

    Lower(ModelGraph model, Assignment assignment) =>
        (this.assignment, bits) = (assignment, new(model, assignment.Grouping.Program));

    string Program => assignment.Grouping.Program.Name;

    /// <param name="model">For the names of storages.</param>
    /// <param name="assignment">Kernels with all that they read and write.</param>
    /// <param name="cancellation">Ends the pass early.</param>
    public static ProgramPlan Run(ModelGraph model, Assignment assignment, CancellationToken cancellation = default)
    {
        var (pass, program) = (new Lower(model, assignment), assignment.Grouping.Program);
        foreach (var draft in assignment.Kernels)
        {
            cancellation.ThrowIfCancellationRequested();
            pass.Add(draft);
        }
        for (var i = 0; i < pass.kernels.Count; i++) pass.kernels[i] = pass.kernels[i] with { After = pass.After(i) };
        var sorted = KernelNames.Assign(pass.Sorted(), assignment.Slots, [.. model.Storages.Where(s => s.IsTurned).Select(s => s.Name)],
            program.Rows);
        // Memory that was asked for and is not used is left out.
        var isUsed = new bool[assignment.Slots.Count];
        foreach (var kernel in sorted)
        {
            foreach (var id in kernel.Reads) isUsed[id] = true;
            foreach (var id in kernel.Writes) isUsed[id] = true;
        }
        var place = new int[isUsed.Length];
        var buffers = new List<PlanBuffer>();
        foreach (var slot in assignment.Slots)
        {
            if (!isUsed[slot.Id]) continue;
            place[slot.Id] = buffers.Count;
            buffers.Add(new(buffers.Count, slot.Name, slot.Kind, slot.Length, -1));
        }
        return new(program.Name, program.Summary, program.Rows, program.Inputs, new(buffers),
            new(sorted.Select(k => k.WithBuffers(id => place[id]))));
    }

    // Who waits for whom.

    /// <summary>The kernels that must have run before a kernel can.</summary>
    int[] After(int kernel)
    {
        List<int> found = [.. kernels[kernel].After];
        found.Sort();
        foreach (var home in reads[kernel]) AddMakers(home, kernel, found);
        // Who writes over state waits for all that read what it was.
        foreach (var slot in kernels[kernel].Writes)
            if (assignment.Slots[slot] is { Kind: BufferKind.NextState or BufferKind.Handed } next)
                foreach (var reader in ReadersOfOld(next).Where(r => r != kernel)) AddOnce(found, reader);
        return [.. found];
    }

    IEnumerable<int> ReadersOfOld(MemorySlot next)
    {
        var old = next.Kind == BufferKind.Handed ? BufferKind.Carried : BufferKind.State;
        return Enumerable.Range(0, kernels.Count)
            .Where(i => kernels[i].Reads.Any(r => assignment.Slots[r] is var slot && slot.Kind == old && slot.Name == next.Name));
    }

    /// <param name="home">What is read.</param>
    /// <param name="reader">By which kernel.</param>
    /// <param name="found">Makers so far, ascending.</param>
    void AddMakers(Home home, int reader, List<int> found)
    {
        if (home.IsGiven) return;
        foreach (var part in home.Parts) AddMakers(part, reader, found);
        if (home.Parts.Count > 0) return;
        if (!makers.TryGetValue(home, out var maker))
            throw Fault($"no kernel of {Program} makes {assignment.Labels[home.Value]}, {home.Value}, which {Describe(reader)} reads.");
        if (maker == reader) throw Fault($"{Describe(reader)} of {Program} reads what it makes, {home.Value}.");
        AddOnce(found, maker);
    }

    static void AddOnce(List<int> ascending, int kernel)
    {
        if (ascending.BinarySearch(kernel) is < 0 and var place) ascending.Insert(~place, kernel);
    }

    string Describe(int kernel) =>
        $"the {kernels[kernel].GetType().Name} of {string.Join(", ", kernels[kernel].Writes.Select(w => assignment.Slots[w].Label))}";

    static InvalidOperationException Fault(string message) => new($"Lower: {message}");

    /// <summary>Operands before users; among those that are ready, in the order of the graph.</summary>
    List<Kernel> Sorted()
    {
        var waits = kernels.Select(k => k.After.Count).ToArray();
        var readers = kernels.Select(_ => new List<int>()).ToArray();
        for (var i = 0; i < kernels.Count; i++)
            foreach (var maker in kernels[i].After) readers[maker].Add(i);
        var ready = new SortedSet<int>(Enumerable.Range(0, kernels.Count).Where(i => waits[i] == 0));
        var (place, sorted) = (new int[kernels.Count], new List<Kernel>());
        while (ready.Count > 0)
        {
            var next = ready.Min;
            ready.Remove(next);
            place[next] = sorted.Count;
            int[] after = [.. kernels[next].After];
            for (var i = 0; i < after.Length; i++) after[i] = place[after[i]];
            Array.Sort(after);
            sorted.Add(kernels[next] with { After = after });
            foreach (var reader in readers[next])
                if (--waits[reader] == 0) ready.Add(reader);
        }
        return sorted.Count == kernels.Count ? sorted : throw Fault($"the kernels of {Program} wait for each other.");
    }

    // Kernels. Names and sentences are given last.

    void Add(KernelDraft draft)
    {
        switch (draft.Group)
        {
            case { Alone: { Op: Op.Sum or Op.ReduceMax } reduction }:
                AddReduction(draft, reduction);
                break;
            case { Alone: { Op: Op.BatchMatMul } product }:
                Add(SmallProducts(draft, product), draft.Reads, HomeOf(product));
                break;
            case { Alone: { Op: Op.Permute } permuted }:
                Add(Permuted(draft, permuted), draft.Reads, HomeOf(permuted));
                break;
            case { Alone: { Op: Op.Windows or Op.WindowSum } windows }:
                Add(InMemory(draft, windows), draft.Reads, HomeOf(windows));
                break;
            case { Alone: { Op: Op.Scatter } sums }:
                Add(SumsByLabel(draft, sums), draft.Reads, HomeOf(sums));
                break;
            case { Alone: { Op: Op.Draw } draw }:
                var (slot, rows) = (HomeOf(draw).View.Slot.Id, draw.Type.IsShared ? Extent.Of(1) : new Extent(draw.Type.Rows, 0));
                Add(new DrawKernel("", "", 0, new([]), draw.Name, draw.Attributes.Draw, slot, rows, draw.Shape.Count), [], HomeOf(draw));
                break;
            default:
                var made = assignment.StoresOf(draft).Select(s => s.Target).Concat(draft.Sums.Select(HomeOf));
                if (draft.Group.Product is { } matrices && assignment.Homes.TryGetValue(matrices, out var home)) made = made.Append(home);
                Add(draft.Group.Product is null ? Map(draft) : Product(draft, draft.Group.Product), draft.Reads, [.. made]);
                break;
        }
    }

    void Add(Kernel kernel, IEnumerable<Home> from, params Home[] makes)
    {
        foreach (var home in makes) makers[home] = kernels.Count;
        kernels.Add(kernel);
        reads.Add(from);
    }

    Home HomeOf(Node node) =>
        assignment.Homes.TryGetValue(node, out var home) ? home : throw Fault($"{node} of {Program} was given no home.");

    /// <summary>One kernel for each run of reduced axes.</summary>
    void AddReduction(KernelDraft draft, Node node)
    {
        var (source, target) = (draft.Operands[0].View, HomeOf(node));
        var (slot, offset) = (source.Slot.Id, source.Offset);
        var runs = SumAxes.Runs(node);
        for (var i = 0; i < runs.Count; i++)
        {
            var isLast = i == runs.Count - 1;
            var (next, nextOffset) = isLast ? (target.View.Slot.Id, target.View.Offset) : (draft.Between[i].Id, 0);
            var before = i == 0 ? Array.Empty<int>() : [kernels.Count - 1];
            var (outer, middle, inner, _) = runs[i];
            var kernel = new ReduceKernel("", "", 0, before, node.Op == Op.ReduceMax, slot, offset, next, nextOffset, outer, middle, inner);
            Add(kernel, i == 0 ? draft.Reads : [], isLast ? [target] : []);
            (slot, offset) = (next, nextOffset);
        }
    }

    BatchProductKernel SmallProducts(KernelDraft draft, Node node)
    {
        var (a, b, c) = (draft.Operands[0].View, draft.Operands[1].View, HomeOf(node).View);
        var (left, attributes) = (node.Inputs[0].Shape, node.Attributes);
        var count = node.Type.IsShared ? Extent.Of(1) : new Extent(node.Type.Rows, 0);
        return new("", "", 0, new([]), a.Slot.Id, a.Offset, b.Slot.Id, b.Offset, c.Slot.Id, c.Offset, count,
            node.Shape[0], node.Shape[1], attributes.TransposeA ? left[0] : left[1], attributes.TransposeA, attributes.TransposeB);
    }

    ScatterKernel SumsByLabel(KernelDraft draft, Node node)
    {
        var (values, labels, sums) = (Matrix(draft.Operands[0].View, false), draft.Operands[1].View, HomeOf(node).View);
        var (rows, columns, classes) = (new Extent(node.Inputs[0].Type.Rows, 0), node.Shape[1], node.Shape[0]);
        return new("", "", 0, new([]), values, labels.Slot.Id, labels.Offset, sums.Slot.Id, sums.Offset, rows, columns, classes);
    }

    PermuteKernel Permuted(KernelDraft draft, Node node)
    {
        var (source, target, x) = (draft.Operands[0].View, HomeOf(node).View, node.Inputs[0]);
        var strides = ValueView.Contiguous(x.Type with { Rows = 0 });
        var rows = node.Type.IsShared ? Extent.Of(1) : new Extent(node.Type.Rows, 0);
        return new("", "", 0, new([]), source.Slot.Id, source.Offset, target.Slot.Id, target.Offset, rows,
            new(node.Shape.Dimensions), new(node.Attributes.Axes.Select(axis => strides[axis])));
    }

    WindowKernel InMemory(KernelDraft draft, Node node)
    {
        var (windowing, isSum) = (node.Attributes.Windowing!.Value, node.Op == Op.WindowSum);
        var image = isSum ? node : node.Inputs[0];
        var (read, made) = (draft.Operands[0].View, HomeOf(node).View);
        MatrixOperand Rows(ValueView view, Node value) => Matrix(view.AsMatrix(value.Type)
            ?? throw Fault($"the memory of {value} is no matrix."), false);
        var (from, to) = (Rows(read, node.Inputs[0]), Rows(made, node));
        return new("", "", 0, new([]), isSum ? to : from, isSum ? from : to, windowing, image.Shape[0],
            new Extent(image.Type.Rows / windowing.Positions, 0), isSum);
    }

    ProductKernel Product(KernelDraft draft, Node product)
    {
        var place = draft.Product ?? throw Fault($"C of {product} was given no memory.");
        if (product.Op == Op.WindowSum) return WindowSums(draft, product, place);
        var a = Matrix(draft.Operands[0].View, product.Attributes.TransposeA);
        var b = Matrix(draft.Operands[1].View, product.Attributes.TransposeB);
        var m = product.Type.IsShared ? Extent.Of(product.Shape[0]) : new Extent(product.Type.Rows, 0);
        var isTransposed = product.Attributes.TransposeA;
        ProductImages? images = assignment.Grouping.Absorbed.Contains(product.Inputs[0]) && product.Inputs[0] is { } windows
            ? new(isTransposed ? ImageRole.TransposedWindows : ImageRole.Windows, windows.Attributes.Windowing!.Value,
                windows.Inputs[0].Shape[0])
            : null;
        return new("", "", 0, new([]), a, b, Matrix(place, false), m, product.Shape.Last, InnerSize(product), Epilogue(draft))
        {
            Images = images,
            OfBits = images is null && bits.MayHold(product.Inputs[0]),
        };
    }

    MapBody? Epilogue(KernelDraft draft)
    {
        var hasMap = draft.Group.Members.Count + draft.Stores.Count > 0 || draft.Sums.Any();
        return hasMap ? new MapLowering(assignment, draft, draft.FixedSplit!.Value).Run() : null;
    }

    /// <summary>Images as sums of the windows that a product makes.</summary>
    ProductKernel WindowSums(KernelDraft draft, Node sum, ValueView place)
    {
        var (product, windowing) = (sum.Inputs[0], sum.Attributes.Windowing!.Value);
        var a = Matrix(draft.Operands[0].View, false);
        var b = Matrix(draft.Operands[1].View, product.Attributes.TransposeB);
        var images = sum.Type.Rows / windowing.Positions;
        var positions = sum.Shape.Count == 1 && draft.FixedSplit == 1;
        var (rows, columns) = positions ? (images, windowing.Positions) : (sum.Type.Rows, sum.Shape[0]);
        var c = positions ? new MatrixOperand(place.Slot.Id, place.Offset, windowing.Positions, 1) : Matrix(place, false);
        return new("", "", 0, new([]), a, b, c, new Extent(rows, 0), columns, Extent.Of(product.Inputs[0].Shape[0]), Epilogue(draft))
        {
            Images = new(ImageRole.Sum, windowing, sum.Shape[0]),
        };
    }

    static MatrixOperand Matrix(ValueView view, bool transpose) =>
        transpose ? new(view.Slot.Id, view.Offset, 1, view.RowStride) : new(view.Slot.Id, view.Offset, view.RowStride, 1);

    static Extent InnerSize(Node product)
    {
        var a = product.Inputs[0];
        if (a.Type.IsShared) return Extent.Of(product.Attributes.TransposeA ? a.Shape[0] : a.Shape[1]);
        return product.Attributes.TransposeA ? new Extent(a.Type.Rows, 0) : Extent.Of(a.Shape[0]);
    }

    MapKernel Map(KernelDraft draft)
    {
        var axes = draft.Axes;
        var walks = draft.Walks(assignment.StoresOf(draft));
        var split = draft.Split ?? Addressing.BestSplit(axes, walks);
        if (split > axes.Length || !Addressing.Fits(axes, split, walks))
            throw Fault($"operands of a map of {Program} do not fit its columns: {string.Join(", ", draft.Group.Members)}.");
        return new("", "", 0, new([]), Addressing.Count(axes.Take(split)), Addressing.Count(axes.Skip(split)), default, default,
            new MapLowering(assignment, draft, split).Run());
    }
}
