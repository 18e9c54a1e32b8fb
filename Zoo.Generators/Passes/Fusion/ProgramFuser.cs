using System;
using System.Collections.Generic;
using System.Linq;
using Zoo.Generators.Graphs;
using Zoo.Generators.Plans;
using Zoo.Generators.Variants;

namespace Zoo.Generators.Passes.Fusion;

/// <summary>
/// One program from graph to kernels: groups are formed, every value that another kernel reads gets a home in memory (concatenated values straight
/// in their place, gradients straight in theirs), sums join the kernels that make their operands, and what is left becomes kernels of its own.
/// </summary>
sealed class ProgramFuser
{
    readonly ProgramGraph program;
    readonly List<Node> order;
    readonly GroupFormation formation;
    readonly List<MemorySlot> slots = [];
    readonly Dictionary<Node, ValueView> homes = [];
    readonly Dictionary<Node, ValueView> copies = [];
    readonly List<FusionGroup> copyGroups = [];
    readonly Dictionary<Node, FusionGroup> attached = [];
    readonly Dictionary<Node, List<ValueView>> concatStores = [];
    readonly Dictionary<(Node, int), MemorySlot> partial = [];
    readonly Dictionary<Node, ValueView> scratch = [];
    readonly NodeLabels labels;
    readonly string[] turned;

    // While kernels are built: what the current one reads, and who makes what.
    HashSet<object> reads = [];
    ValueView? copying;
    readonly Dictionary<object, List<int>> makers = [];

    public ProgramFuser(ModelGraph model, ProgramGraph program, bool fuse)
    {
        this.program = program;
        order = Topology.Sort(program.Roots.Select(r => r.Node));
        var users = Topology.Users(order);
        labels = new NodeLabels(model, program, order);
        turned = [.. model.Storages.Where(s => s.IsTurned).Select(s => s.Name)];
        formation = new GroupFormation(order, users, [.. program.Roots.Select(r => Linear(r.Node))], fuse);
        PlaceRoots();
        PlaceConcatenations();
        if (fuse) AttachSums();
    }

    public ProgramPlan Run()
    {
        // Building a kernel may show that a value needs a home or a copy; that can change kernels built before. Two or three rounds settle it.
        List<Kernel> kernels;
        int before;
        do
        {
            before = homes.Count + copyGroups.Count;
            kernels = Build();
        }
        while (homes.Count + copyGroups.Count != before);
        var sorted = Sort(kernels);
        // Rounds before the last may have asked for memory that nobody uses any more.
        var used = sorted.SelectMany(k => k.Reads.Concat(k.Writes)).Distinct().OrderBy(id => id).ToList();
        var buffers = used.Select((id, place) => new PlanBuffer(place, slots[id].Name, slots[id].Kind, slots[id].Length, -1));
        return new(program.Name, program.Summary, program.Rows, program.Inputs, new(buffers), new(sorted.Select(k => k.WithBuffers(used.IndexOf))));
    }

    /// <summary>Without reshapes: the node with the same elements in the same order.</summary>
    static Node Linear(Node node)
    {
        while (node.Op == Op.Reshape) node = node.Inputs[0];
        return node;
    }

    MemorySlot Slot(string name, BufferKind kind, TensorType type)
    {
        var slot = new MemorySlot(slots.Count, name, kind, type.IsShared ? Extent.Of(type.Shape.Count) : new(type.Rows * type.Shape.Count, 0));
        slots.Add(slot);
        return slot;
    }

    bool IsMade(Node node) => formation.GroupOf(node) is not null && node.Op != Op.Draw;

    void PlaceRoots()
    {
        foreach (var (name, node) in program.Roots)
        {
            var kind = name.StartsWith("gradient.", StringComparison.Ordinal) ? BufferKind.Gradient : BufferKind.Result;
            var slot = Slot(kind == BufferKind.Gradient ? name.Substring("gradient.".Length) : name, kind, node.Type);
            var linear = Linear(node);
            if (IsMade(linear) && !homes.ContainsKey(linear)) homes[linear] = ValueView.Whole(slot, linear.Type);
            else Copy(node, ValueView.Whole(slot, node.Type));
        }
    }

    void Copy(Node node, ValueView target)
    {
        var group = new FusionGroup(-1, node.Type);
        group.Stores.Add((node, target));
        copyGroups.Add(group);
    }

    void PlaceConcatenations()
    {
        foreach (var concat in order.Where(n => n.Op == Op.Concat).Reverse())
        {
            var whole = Home(concat);
            var axis = concat.Attributes.Axis;
            var start = 0;
            var stored = concatStores[concat] = [];
            foreach (var part in concat.Inputs)
            {
                var place = whole with { Offset = whole.Offset + start * whole.Strides[whole.Sizes.Length - concat.Shape.Rank + axis], Sizes = ValueView.Axes(part.Type) };
                start += part.Shape[axis];
                var made = GroupFormation.Canonical(part);
                // Straight into its place where the columns lie side by side; elsewhere a kernel of its own keeps the maker's code vectorised.
                if (formation.GroupOf(made) is { Alone: null } group && place.Reshape(made.Type) is { } target && HasUnitColumns(target))
                {
                    if (!homes.ContainsKey(made) && IsContiguousPerRow(target)) homes[made] = target;
                    else
                    {
                        group.Stores.Add((made, target));
                        stored.Add(target);
                    }
                }
                else if (IsMade(made) && !homes.ContainsKey(made) && place.Reshape(made.Type) is { } flat && (flat.IsContiguous || made.Op == Op.Concat)) homes[made] = flat;
                else
                {
                    Copy(part, place);
                    stored.Add(place);
                }
            }
        }
    }

    static bool HasUnitColumns(ValueView view)
    {
        var last = Enumerable.Range(0, view.Sizes.Length).Where(i => view.Sizes[i] != 1).Append(-1).Max();
        return last <= 0 || view.Strides[last] == 1;
    }

    /// <summary>All axes but the outermost are walked with stride 1: what vector code and products can read and write.</summary>
    static bool IsContiguousPerRow(ValueView view)
    {
        var axes = view.Sizes.Select((_, i) => i).Where(i => view.Sizes[i] != 1).Skip(1).ToArray();
        var stride = 1;
        foreach (var i in Enumerable.Reverse(axes))
        {
            if (view.Strides[i] != stride) return false;
            stride *= view.Sizes[i];
        }
        return axes.Length > 0 || view.IsContiguous;
    }

    void AttachSums()
    {
        foreach (var sum in order.Where(n => n.Op == Op.Sum))
        {
            var x = GroupFormation.Canonical(sum.Inputs[0]);
            var group = formation.IsInlined(x) ? null : formation.GroupOf(x);
            if (group is not { Alone: null } || FusionGroup.Key(x.Type) != FusionGroup.Key(sum.Inputs[0].Type)) continue;
            var axes = Axes(group);
            if (Split(group, axes, sum) is not { } split || (group.Split ?? split) != split) continue;
            if (IsRowSum(axes, sum, split) && group.Sums.Count(s => IsRowSum(axes, s, split)) == 4) continue;
            if (!Addressing.Fits(axes, split, Strides(group, axes))) continue;
            group.Split = split;
            group.Sums.Add(sum);
            attached[sum] = group;
        }
    }

    /// <summary>Axes of a group's space. A product keeps rows and columns even where they are 1.</summary>
    static int[] Axes(FusionGroup group)
    {
        var axes = ValueView.Axes(group.Type);
        return group.Product is not null ? axes : [.. axes.Where(a => a != 1)];
    }

    /// <summary>Where rows end for a sum to be one over whole rows or over whole columns; null where it is neither.</summary>
    static int? Split(FusionGroup group, int[] axes, Node sum)
    {
        var reduced = Reduced(axes, sum);
        for (var split = 0; split <= axes.Length; split++)
        {
            if (group.Product is not null && split != axes.Length - 1) continue;
            bool All(int from, int to, bool value) => Enumerable.Range(from, to - from).All(i => axes[i] == 1 || reduced[i] == value);
            if (All(0, split, false) && All(split, axes.Length, true)) return split;
            if (All(0, split, true) && All(split, axes.Length, false) && split < axes.Length) return split;
        }
        return null;
    }

    static bool[] Reduced(int[] axes, Node sum)
    {
        var x = sum.Inputs[0].Type;
        var (from, to) = (ValueView.Axes(x), ValueView.Axes(sum.Type));
        var lost = from.Length - to.Length;
        var flags = Enumerable.Range(0, from.Length).Where(i => from[i] != 1).Select(i => i < lost || to[i - lost] != from[i]).ToArray();
        var next = 0;
        return [.. axes.Select(a => a != 1 && flags[next++])];
    }

    static bool IsRowSum(int[] axes, Node sum, int split)
    {
        var reduced = Reduced(axes, sum);
        return Enumerable.Range(0, axes.Length).All(i => axes[i] == 1 || reduced[i] == i >= split);
    }

    WalkedStrides Strides(FusionGroup group, int[] axes)
    {
        var (loads, perRow) = (new List<int[]>(), new List<int[]>());
        foreach (var node in Loads(group))
        {
            if (!node.Op.IsByLabel() || !IsInRegisters(node, group)) loads.Add(Addressing.Strides(LoadView(node, group, axes), axes));
            else if (node.Op == Op.OneHot)
            {
                loads.Add(Addressing.Strides(LabelView(node), axes));
                loads.Add(Addressing.Strides(LabelledRows.Classes(node), axes));
            }
            else
            {
                perRow.Add(Addressing.Strides(LabelView(node), axes));
                loads.Add(Addressing.Strides(LabelledRows.Row(TableView(node), node), axes));
            }
        }
        return new(loads, [.. Stores(group).Select(store => Addressing.Strides(store.Target, axes))], perRow);
    }

    /// <summary>Whether a group makes the value itself, rather than reading it.</summary>
    bool IsInRegisters(Node node, FusionGroup group) => formation.IsMember(node, group) || formation.IsInlined(node);

    /// <summary>Labels over the space of what is made of them: the same for all columns.</summary>
    ValueView LabelView(Node node)
    {
        var label = node.Inputs[node.Inputs.Count - 1];
        var column = node.Type with { Shape = new Shape(1) };
        return (View(label).Reshape(column) ?? View(Copied(label)).Reshape(column)!).Broadcast(node.Type);
    }

    /// <summary>The table of a Gather, its rows contiguous.</summary>
    ValueView TableView(Node node)
    {
        var view = View(node.Inputs[0]);
        return view.Sizes[1] == 1 || view.Strides[1] == 1 ? view : View(Copied(node.Inputs[0]));
    }

    IEnumerable<(Node Value, ValueView Target)> Stores(FusionGroup group) =>
        group.Members.Where(homes.ContainsKey).Select(m => (m, homes[m])).Concat(group.Stores);

    /// <summary>What a group's map reads from memory; of what it makes by label, that which is made.</summary>
    IEnumerable<Node> Loads(FusionGroup group)
    {
        var found = new List<Node>();
        var seen = new HashSet<Node>();
        void Visit(Node node)
        {
            if (!seen.Add(node)) return;
            var inner = GroupFormation.Canonical(node);
            if (inner.Op == Op.Constant || inner == group.Product) return;
            if (IsInRegisters(inner, group) && !inner.Op.IsByLabel()) foreach (var input in inner.Inputs) Visit(input);
            else found.Add(IsInRegisters(inner, group) ? inner : node);
        }
        foreach (var member in group.Members) Visit(member);
        foreach (var (value, _) in group.Stores) Visit(value);
        return found;
    }

    // Memory.

    ValueView Home(Node node)
    {
        if (homes.TryGetValue(node, out var home)) return home;
        var kind = node.Op switch
        {
            Op.Input => BufferKind.Input,
            Op.Parameter => BufferKind.Parameter,
            Op.Hyperparameter => BufferKind.Hyperparameter,
            Op.StepCount => BufferKind.StepCount,
            Op.Draw => BufferKind.Draw,
            _ => BufferKind.Activation,
        };
        return homes[node] = ValueView.Whole(Slot(node.Op == Op.StepCount ? "steps" : labels[node], kind, node.Type), node.Type);
    }

    /// <summary>Where a kernel finds a value, whoever made it.</summary>
    ValueView View(Node node)
    {
        // The kernel that makes a copy reads the original.
        if (copies.TryGetValue(node, out var copy) && copy != copying)
        {
            reads.Add(copy);
            return copy;
        }
        switch (node.Op)
        {
            case Op.Slice: return View(node.Inputs[0]).Slice(node);
            case Op.Broadcast: return View(node.Inputs[0]).Broadcast(node.Type);
            case Op.Reshape: return View(node.Inputs[0]).Reshape(node.Type) ?? View(Copied(node.Inputs[0])).Reshape(node.Type)!;
            case Op.Constant:
                return View(Copied(node));
            default:
                if (formation.IsInlined(node)) return View(Copied(node));
                reads.Add(node);
                return Home(node);
        }
    }

    /// <summary>Where a map finds an operand: in a kernel whose columns are fixed, by a product or a sum, a value that they cannot walk is copied first.</summary>
    ValueView LoadView(Node node, FusionGroup group, int[] axes)
    {
        var view = View(node);
        var split = group.Product is not null ? axes.Length - 1 : group.Split;
        return split is null || Addressing.ColumnStride(Addressing.Strides(view, axes), axes, split.Value) is 0 or 1 ? view : View(Copied(node));
    }

    /// <summary>Gives a value contiguous memory of its own, once.</summary>
    Node Copied(Node node)
    {
        if (copies.ContainsKey(node)) return node;
        var target = ValueView.Whole(Slot(labels[node], BufferKind.Activation, node.Type), node.Type);
        Copy(node, target);
        copies[node] = target;
        return node;
    }

    ValueView ContiguousView(Node node) => View(node) is { IsContiguous: true } view ? view : View(Copied(node));

    // Kernels.

    List<Kernel> Build()
    {
        makers.Clear();
        reads = [];
        var kernels = new List<Kernel>();
        var needs = new List<HashSet<object>>();
        void Add(Kernel kernel, params object[] makes)
        {
            foreach (var made in makes)
            {
                if (!makers.TryGetValue(made, out var list)) makers[made] = list = [];
                list.Add(kernels.Count);
            }
            needs.Add(reads);
            reads = [];
            kernels.Add(kernel);
        }

        foreach (var group in formation.Groups.Concat(copyGroups).ToList())
        {
            copying = group.Id < 0 ? group.Stores[0].Target : null;
            if (group.Alone is { } alone) BuildAlone(alone, Add);
            else BuildGroup(group, Add);
        }
        copying = null;
        // A concatenation is made by the kernels that make its parts in place and those that store into it.
        foreach (var concat in order.Where(n => n.Op == Op.Concat))
        {
            var list = new List<int>();
            foreach (var part in concat.Inputs.Select(GroupFormation.Canonical))
                if (makers.TryGetValue(part, out var some)) list.AddRange(some);
            foreach (var target in concatStores[concat])
                if (makers.TryGetValue(target, out var storing)) list.AddRange(storing);
            makers[concat] = list;
        }
        for (var i = 0; i < kernels.Count; i++)
        {
            var self = i;
            var after = needs[i].SelectMany(n => makers.TryGetValue(n, out var list) ? list : []).Where(k => k != self).Distinct().OrderBy(k => k);
            kernels[i] = kernels[i] with { After = new(after) };
        }
        return kernels;
    }

    delegate void AddKernel(Kernel kernel, params object[] makes);

    void BuildAlone(Node node, AddKernel add)
    {
        switch (node.Op)
        {
            case Op.Concat:
            case Op.Sum when attached.ContainsKey(node):
                return;
            case Op.Draw:
                var drawn = Home(node);
                add(new DrawKernel("", "", 0, new([]), node.Name, node.Attributes.Draw, drawn.Slot.Id, new(Math.Max(1, node.Type.Rows), 0), node.Shape.Count), node);
                return;
            case Op.Sum or Op.ReduceMax:
                BuildReduction(node, add);
                return;
            case Op.BatchMatMul:
                var (a, b, c) = (ContiguousView(node.Inputs[0]), ContiguousView(node.Inputs[1]), Home(node));
                var (left, m) = (node.Inputs[0].Shape, node.Shape[0]);
                var k = node.Attributes.TransposeA ? left[0] : left[1];
                var count = node.Type.IsShared ? Extent.Of(1) : new Extent(node.Type.Rows, 0);
                add(new BatchProductKernel("", "", 0, new([]), a.Slot.Id, a.Offset, b.Slot.Id, b.Offset, c.Slot.Id, c.Offset, count, m, node.Shape[1], k, node.Attributes.TransposeA, node.Attributes.TransposeB), node);
                return;
            case Op.Scatter:
                var (values, labels, sums) = (Matrix(node.Inputs[0], transpose: false), ContiguousView(node.Inputs[1]), Home(node));
                var rows = new Extent(node.Inputs[0].Type.Rows, 0);
                var (classes, columns) = (node.Shape[0], node.Shape[1]);
                add(new ScatterKernel(
                    "", "", 0, new([]), values, labels.Slot.Id, labels.Offset, sums.Slot.Id, sums.Offset, rows, columns, classes), node);
                return;
            default:
                throw new InvalidOperationException($"{node.Op} is not a kernel of its own.");
        }
    }

    /// <summary>One kernel for each run of neighbouring reduced axes, the last run first.</summary>
    void BuildReduction(Node node, AddKernel add)
    {
        var source = ContiguousView(node.Inputs[0]);
        var axes = ValueView.Axes(node.Inputs[0].Type).Where(a => a != 1).ToList();
        var reduced = Reduced([.. axes], node).ToList();
        var target = Home(node);
        var (slot, offset) = (source.Slot.Id, source.Offset);
        while (true)
        {
            var end = reduced.LastIndexOf(true) + 1;
            var start = end;
            while (start > 0 && reduced[start - 1]) start--;
            var isLast = !reduced.Take(start).Contains(true);
            var (outer, middle, inner) = (Addressing.Count(axes.Take(start)), Addressing.Count(axes.Skip(start).Take(end - start)), Addressing.Count(axes.Skip(end)));
            axes.RemoveRange(start, end - start);
            reduced.RemoveRange(start, end - start);
            var (next, nextOffset) = (target.Slot.Id, target.Offset);
            if (!isLast)
            {
                var key = (node, axes.Count);
                if (!partial.TryGetValue(key, out var between))
                {
                    var size = Addressing.Count(axes);
                    partial[key] = between = new MemorySlot(slots.Count, $"{labels[node]}.partial", BufferKind.Activation, size);
                    slots.Add(between);
                }
                (next, nextOffset) = (between.Id, 0);
            }
            var first = slot != source.Slot.Id || offset != source.Offset;
            if (first) reads.Add(slots[slot]);
            add(new ReduceKernel("", "", 0, new([]), node.Op == Op.ReduceMax, slot, offset, next, nextOffset, outer, middle, inner), isLast ? node : slots[next]);
            if (isLast) return;
            (slot, offset) = (next, 0);
        }
    }

    void BuildGroup(FusionGroup group, AddKernel add)
    {
        var axes = Axes(group);
        var makes = new List<object>();
        makes.AddRange(group.Members);
        makes.AddRange(group.Sums);
        makes.AddRange(group.Stores.Select(s => (object)s.Target));
        if (group.Product is { } product)
        {
            makes.Add(product);
            var matrixC = ProductMemory(group, product);
            var (a, b) = (Matrix(product.Inputs[0], product.Attributes.TransposeA), Matrix(product.Inputs[1], product.Attributes.TransposeB));
            var m = product.Type.IsShared ? Extent.Of(product.Shape[0]) : new Extent(product.Type.Rows, 0);
            var k = InnerSize(product);
            var c = new MatrixOperand(matrixC.Slot.Id, matrixC.Offset, matrixC.Strides[matrixC.Strides.Length - 2], 1);
            var hasEpilogue = group.Members.Count + group.Stores.Count + group.Sums.Count > 0;
            var body = hasEpilogue ? Body(group, axes, axes.Length - 1, matrixC) : null;
            add(new ProductKernel("", "", 0, new([]), a, b, c, m, product.Shape.Last, k, body), [.. makes]);
            return;
        }
        var strides = Strides(group, axes);
        var split = group.Split ?? Addressing.BestSplit(axes, strides);
        if (split > axes.Length || !Addressing.Fits(axes, split, strides))
            throw new InvalidOperationException("A map's operands do not fit its columns.");
        add(new MapKernel("", "", 0, new([]), Addressing.Count(axes.Take(split)), Addressing.Count(axes.Skip(split)), default, default, Body(group, axes, split, null)), [.. makes]);
    }

    static Extent InnerSize(Node product)
    {
        var a = product.Inputs[0];
        if (a.Type.IsShared) return Extent.Of(product.Attributes.TransposeA ? a.Shape[0] : a.Shape[1]);
        return product.Attributes.TransposeA ? new Extent(a.Type.Rows, 0) : Extent.Of(a.Shape[0]);
    }

    /// <summary>C lies in its own home if somebody else reads it, else where the map's first full result will overwrite it.</summary>
    ValueView ProductMemory(FusionGroup group, Node product)
    {
        if (homes.TryGetValue(product, out var home)) return AsMatrix(home, product)!;
        foreach (var member in group.Members)
            if (homes.TryGetValue(member, out var result) && result.Reshape(product.Type) is { } place && AsMatrix(place, product) is { } matrix) return matrix;
        // Nobody keeps C and nothing overwrites it: it is the map's scratch.
        if (!scratch.TryGetValue(product, out var own)) scratch[product] = own = ValueView.Whole(Slot(labels[product], BufferKind.Activation, product.Type), product.Type);
        return AsMatrix(own, product)!;
    }

    /// <summary>The view as rows × columns with column stride 1, or null.</summary>
    static ValueView? AsMatrix(ValueView view, Node node)
    {
        var type = node.Type;
        var columns = type.Shape.Last;
        var last = view.Strides.Length - 1;
        if (columns != 1 && view.Strides[last] != 1) return null;
        // Several rows per example are one axis of rows.
        if (type.Rows > 1 && view.Strides[0] != view.Strides[1] * type.Rows) return null;
        var strides = (int[])view.Strides.Clone();
        strides[last] = 1;
        if (view.Sizes[last - 1] == 1) strides[last - 1] = columns;
        return view with { Strides = strides };
    }

    MatrixOperand Matrix(Node node, bool transpose)
    {
        var view = View(node);
        var matrix = ReadableMatrix(view, node) ?? ReadableMatrix(View(Copied(node)), node)!;
        return transpose ? matrix with { RowStride = matrix.ColumnStride, ColumnStride = matrix.RowStride } : matrix;
    }

    static MatrixOperand? ReadableMatrix(ValueView view, Node node)
    {
        if (AsMatrix(view, node) is not { } matrix) return null;
        var row = matrix.Strides[matrix.Strides.Length - 2];
        return row == 0 ? null : new(matrix.Slot.Id, matrix.Offset, row, 1);
    }

    MapBody Body(FusionGroup group, int[] axes, int split, ValueView? product)
    {
        var instructions = new List<MapInstruction>();
        var values = new Dictionary<Node, int>();
        int Push(Node node, MapInstruction instruction)
        {
            instructions.Add(instruction);
            return values[node] = instructions.Count - 1;
        }

        int Emit(Node node)
        {
            if (values.TryGetValue(node, out var known)) return known;
            var inner = GroupFormation.Canonical(node);
            if (inner != node && values.TryGetValue(inner, out known)) return values[node] = known;
            if (inner.Op == Op.Constant) return Push(node, new(Op.Constant, new([]), inner.Attributes.Value));
            if (inner == group.Product) return values[node] = Push(inner, new(Op.Input, new([]), Load: Addressing.Operand(product!, axes, split), IsProduct: true));
            if (!IsInRegisters(inner, group))
                return Push(node, new(Op.Input, new([]), Load: Addressing.Operand(LoadView(node, group, axes), axes, split)));
            if (inner.Op.IsByLabel()) return values[node] = ByLabel(inner);
            var inputs = inner.Inputs.Select(Emit).ToArray();
            return values[node] = Push(inner, new(inner.Op, new(inputs), inner.Attributes.Value, inner.Attributes.Value2));
        }

        int ByLabel(Node node)
        {
            var label = Addressing.Operand(LabelView(node), axes, split);
            if (node.Op == Op.Gather)
            {
                var table = TableView(node);
                var row = Addressing.Operand(LabelledRows.Row(table, node), axes, split);
                label = label with { ColumnStride = 0 };
                return Push(node, new(Op.Gather, new([]), Load: row, Label: label, LabelStride: table.Strides[0]));
            }
            instructions.Add(new(Op.Input, new([]), Load: label));
            var number = Addressing.Operand(LabelledRows.Classes(node), axes, split);
            return Push(node, new(Op.OneHot, new([instructions.Count - 1]), Class: number));
        }

        // In topological order, so that the text follows the mathematics.
        foreach (var member in order.Where(n => formation.IsMember(n, group) && n != group.Product)) Emit(member);
        var stores = Stores(group).Select(s => new MapStore(Emit(s.Value), Addressing.Operand(s.Target, axes, split) with { ColumnStride = 1 })).ToList();
        MapSum Sum(Node sum)
        {
            var home = Home(sum);
            if (!home.IsContiguous) throw new InvalidOperationException("A sum's memory is contiguous.");
            return new(Emit(sum.Inputs[0]), home.Slot.Id, home.Offset, default);
        }

        var rowSums = group.Sums.Where(s => IsRowSum(axes, s, split)).Select(Sum).ToList();
        var columnSums = group.Sums.Where(s => !IsRowSum(axes, s, split)).Select(Sum).ToList();
        return new(new(instructions), new(stores), new(rowSums), new(columnSums));
    }

    /// <summary>Operands before users; among those that are ready, in the order of the graph. Names and sentences are given last.</summary>
    List<Kernel> Sort(List<Kernel> kernels)
    {
        var place = new Dictionary<int, int>();
        var sorted = new List<Kernel>();
        while (sorted.Count < kernels.Count)
        {
            var next = 0;
            while (next < kernels.Count && (place.ContainsKey(next) || !kernels[next].After.All(place.ContainsKey))) next++;
            if (next == kernels.Count) throw new InvalidOperationException($"The kernels of {program.Name} wait for each other.");
            place[next] = sorted.Count;
            sorted.Add(kernels[next] with { After = new(kernels[next].After.Select(a => place[a]).OrderBy(a => a)) });
        }
        return KernelNames.Assign(sorted, slots, turned, program.Rows);
    }
}
