using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Zoo.Generators.Graphs;
using Zoo.Generators.Plans;
using Zoo.Generators.Variants;

namespace Zoo.Generators.Passes.Fusion;

/// <summary>Stage 6, second part: every value that another kernel reads gets its home in memory.</summary>
/// <remarks>
/// <code>
/// group 0 over n×[2]: %4 Exp            kernel 0: %4 Exp → s2[0 + 4 · …]
/// group 1 over n×[2]: %5 Neg       →    kernel 1: %5 Neg → s2[2 + 4 · …]
/// %6 = Concat(%4, %5), axis 0           %6 Concat at s2
/// </code>
/// Results lie where the host looks for them, gradients in the gradient section. Parts of a concatenation lie in the whole where their
/// maker can write there. A sum joins the kernel that has its operand in registers. An operand that a kernel's columns cannot walk, or that
/// a product cannot read, is copied once; a copy is one more kernel. C of a product lies in its home, else where the first full result of
/// the map will overwrite it. Afterwards each kernel knows all that it reads and where, and nothing is asked for any more.
/// <para>
/// Missed: a kernel that comes before one that asks for a copy goes on reading the original; a part of a concatenation whose columns do not
/// lie side by side is copied though its maker could store it element by element; a sum whose operand's kernel cannot walk its operands
/// along the sum's axes is a kernel of its own.
/// </para>
/// </remarks>
public sealed class Assign
{
    readonly Grouping grouping;
    readonly NodeLabels labels;
    readonly List<MemorySlot> slots = [];
    readonly Dictionary<Node, Home> homes;
    readonly Dictionary<Node, (Home Home, KernelDraft Maker)> copies = [];
    readonly Dictionary<FusionGroup, KernelDraft> drafts = [];
    readonly List<KernelDraft> all = [];
    readonly HashSet<Node> attached = [];
    KernelDraft? numbers;
    readonly Dictionary<KernelDraft, ValueView> scratch = [];
    int placed;

    Assign(ModelGraph model, Grouping grouping)
    {
        this.grouping = grouping;
        homes = new(grouping.Order.Count);
        labels = new NodeLabels(model, grouping.Program, grouping.Order);
        foreach (var group in grouping.Groups) all.Add(drafts[group] = new(group));
    }

    /// <param name="model">For the names of storages.</param>
    /// <param name="grouping">The program in groups.</param>
    /// <param name="fuse">False: a kernel for each op, sums too.</param>
    /// <param name="cancellation">Ends the pass early.</param>
    public static Assignment Run(ModelGraph model, Grouping grouping, bool fuse = true, CancellationToken cancellation = default)
    {
        var pass = new Assign(model, grouping);
        pass.PlaceRoots();
        pass.PlaceConcatenations();
        if (fuse) pass.AttachSums(cancellation);
        pass.PlaceAllOperands(cancellation);
        pass.PlaceNextStates();
        pass.PlaceAllOperands(cancellation);
        pass.PlaceProducts();
        return new(grouping, pass.slots, pass.homes, [.. pass.all.Where(pass.IsKernel)], pass.labels);
    }

    bool IsKernel(KernelDraft draft) => draft.Group.Alone is not { } alone || (alone.Op != Op.Concat && !attached.Contains(alone));

    MemorySlot Slot(string name, BufferKind kind, Extent length)
    {
        var slot = new MemorySlot(slots.Count, name, kind, length);
        slots.Add(slot);
        return slot;
    }

    Home NewHome(Node node, string name, BufferKind kind) =>
        new(node, ValueView.Whole(Slot(name, kind, Addressing.Count(ValueView.Axes(node.Type))), node.Type));

    // Results and concatenations.

    bool IsMade(Node node) => node.Op != Op.Draw && grouping.GroupOf(node) is not null;

    /// <summary>Whether a result goes over what it was before the program: a state, or what the program hands on to its next run.</summary>
    bool IsAdvanced(ResultName name) => name.Kind == ResultKind.NextState
        || (name.Kind == ResultKind.Carried && grouping.Order.Any(n => n.Op == Op.Carried && n.Name == name.Name));

    void PlaceRoots()
    {
        foreach (var (name, node) in grouping.Program.Results.Where(r => !IsAdvanced(r.Name)))
        {
            var home = name.Kind switch
            {
                ResultKind.Gradient => NewHome(node, name.Name, BufferKind.Gradient),
                ResultKind.Carried => NewHome(node, name.Name, BufferKind.Handed),
                _ => NewHome(node, name.ToString(), BufferKind.Result),
            };
            var linear = Group.Linear(node);
            // A draw that later programs read is made where they find it.
            var isMadeHere = IsMade(linear) || (linear.Op == Op.Draw && name.Kind == ResultKind.Carried);
            if (isMadeHere && !homes.ContainsKey(linear)) homes[linear] = new(linear, ValueView.Whole(home.View.Slot, linear.Type));
            else if (node.Op != Op.Constant || !IsNumber(node.Type)) Copy(node, home);
            else if ((numbers ??= NumberKernel()) is { } kernel) kernel.Stores.Add((node, home));
            else numbers = Copy(node, home);
        }
    }

    /// <summary>The last kernel of single numbers: a constant that is a result is one more store in it, not a kernel.</summary>
    KernelDraft? NumberKernel() =>
        all.LastOrDefault(d => d.Group is { Alone: null, Product: null, Members.Count: > 0 } && IsNumber(d.Group.Type));

    static bool IsNumber(TensorType type) => type.IsShared && type.Shape.Count == 1;

    KernelDraft Copy(Node node, Home target)
    {
        var draft = new KernelDraft(new(node.Type, null, null, []));
        draft.Stores.Add((node, target));
        all.Add(draft);
        return draft;
    }

    void PlaceConcatenations()
    {
        foreach (var concat in grouping.Order.Where(n => n.Op == Op.Concat).Reverse())
        {
            var whole = HomeOf(concat);
            var axis = concat.Attributes.Axis;
            var start = 0;
            foreach (var part in concat.Inputs)
            {
                var view = whole.View;
                var stride = view.Strides[view.Sizes.Length - concat.Shape.Rank + axis];
                var place = view with { Offset = view.Offset + start * stride, Sizes = ValueView.Axes(part.Type) };
                start += part.Shape[axis];
                whole.Parts.Add(PlacePart(part, place));
            }
        }
    }

    Home PlacePart(Node part, ValueView place)
    {
        var made = FusionGroup.Canonical(part);
        // Straight into its place where the columns lie side by side; elsewhere a kernel of its own keeps the maker's code vectorised.
        if (grouping.GroupOf(made) is { Alone: null } group && place.Reshape(made.Type) is { } target && target.HasUnitColumns)
        {
            var home = new Home(made, target);
            if (!homes.ContainsKey(made) && target.IsContiguousPerRow) homes[made] = home;
            else drafts[group].Stores.Add((made, home));
            return home;
        }
        if (IsMade(made) && !homes.ContainsKey(made) && place.Reshape(made.Type) is { } flat
            && (flat.IsContiguous || made.Op == Op.Concat))
            return homes[made] = new(made, flat);
        var copied = new Home(part, place);
        Copy(part, copied);
        return copied;
    }

    // Sums.

    /// <summary>Sums of one kind that a map can keep in registers.</summary>
    const int MostRowSums = 4;

    void AttachSums(CancellationToken cancellation)
    {
        foreach (var sum in grouping.Order.Where(n => n.Op == Op.Sum))
        {
            cancellation.ThrowIfCancellationRequested();
            var x = FusionGroup.Canonical(sum.Inputs[0]);
            if (grouping.InPlace.Contains(x) || grouping.GroupOf(x) is not { Alone: null } group
                || !FusionGroup.SameSpace(x.Type, sum.Inputs[0].Type))
                continue;
            var draft = drafts[group];
            if (SumAxes.Split(draft, sum) is not { } split || (draft.Split ?? split) != split) continue;
            var isRowSum = SumAxes.IsRowSum(draft.Axes, sum, split);
            if (isRowSum && draft.RowSums.Count == MostRowSums) continue;
            foreach (var node in Loads(draft)) Read(node, draft);
            if (!Addressing.Fits(draft.Axes, split, draft.Walks(StoresOf(draft)))) continue;
            draft.Split = split;
            (isRowSum ? draft.RowSums : draft.ColumnSums).Add(sum);
            attached.Add(sum);
        }
    }

    IEnumerable<(Node Value, Home Target)> StoresOf(KernelDraft draft) =>
        draft.Group.Members.Where(homes.ContainsKey).Select(m => (m, homes[m])).Concat(draft.Stores);

    /// <summary>What a kernel's map reads from memory; of what it makes by label, that which is made.</summary>
    List<Node> Loads(KernelDraft draft)
    {
        var group = draft.Group;
        var found = new List<Node>();
        var seen = new HashSet<Node>();
        void Visit(Node node)
        {
            if (!seen.Add(node)) return;
            var inner = FusionGroup.Canonical(node);
            if (inner.Op == Op.Constant || inner == group.Product) return;
            if (IsByLabelIn(inner, group)) found.Add(inner);
            else if (grouping.IsComputedIn(inner, group)) foreach (var input in inner.Inputs) Visit(input);
            else found.Add(node);
        }
        foreach (var member in group.Members) Visit(member);
        foreach (var (value, _) in draft.Stores) Visit(value);
        return found;
    }

    bool IsByLabelIn(Node node, FusionGroup group) => node.Op.IsByLabel() && grouping.IsComputedIn(node, group);

    // Operands.

    /// <summary>
    /// A kernel that reads may ask for a copy, which is one more kernel at the end: each is looked at once.
    /// </summary>
    void PlaceAllOperands(CancellationToken cancellation)
    {
        for (; placed < all.Count; placed++)
        {
            cancellation.ThrowIfCancellationRequested();
            PlaceOperands(all[placed]);
        }
    }

    void PlaceOperands(KernelDraft draft)
    {
        var group = draft.Group;
        switch (group.Alone)
        {
            case { Op: Op.Concat }:
            case { } sum when attached.Contains(sum):
                return;
            case { Op: Op.Draw } draw:
                HomeOf(draw);
                return;
            case { Op: Op.Sum or Op.ReduceMax } reduction:
                draft.Operands.Add(Contiguous(reduction.Inputs[0], draft));
                HomeOf(reduction);
                PlaceBetween(draft, reduction);
                return;
            case { Op: Op.BatchMatMul } product:
                foreach (var operand in product.Inputs) draft.Operands.Add(Contiguous(operand, draft));
                HomeOf(product);
                return;
            case { Op: Op.Scatter } sums:
                draft.Operands.Add(Matrix(sums.Inputs[0], draft));
                draft.Operands.Add(Contiguous(sums.Inputs[1], draft));
                HomeOf(sums);
                return;
            case { Op: Op.Permute or Op.WindowSum } moved:
                draft.Operands.Add(Contiguous(moved.Inputs[0], draft));
                HomeOf(moved);
                return;
            case { Op: Op.Windows } windows:
                draft.Operands.Add(Matrix(windows.Inputs[0], draft));
                HomeOf(windows);
                return;
            case { } other:
                throw new InvalidOperationException($"Assign: {other} is not a kernel of its own.");
        }
        if (group.Product is { } matrices)
        {
            // In case nobody keeps C and nothing overwrites it.
            if (!homes.ContainsKey(matrices)) scratch[draft] = NewHome(matrices, labels[matrices], BufferKind.Activation).View;
            var product = matrices.Op == Op.WindowSum ? matrices.Inputs[0] : matrices;
            foreach (var operand in product.Inputs)
                draft.Operands.Add(Matrix(grouping.Absorbed.Contains(operand) ? operand.Inputs[0] : operand, draft));
        }
        foreach (var node in Loads(draft)) Read(node, draft);
        foreach (var sum in draft.RowSums.Concat(draft.ColumnSums)) HomeOf(sum);
    }

    /// <summary>What lies between the kernels of a reduction over several runs of axes.</summary>
    void PlaceBetween(KernelDraft draft, Node reduction)
    {
        var runs = SumAxes.Runs(reduction);
        for (var i = 0; i + 1 < runs.Count; i++)
            draft.Between.Add(Slot($"{labels[reduction]}.partial", BufferKind.Activation, runs[i].Result));
    }

    /// <summary>The home of a value, wherever it lies already, else in memory of its own.</summary>
    Home HomeOf(Node node)
    {
        if (homes.TryGetValue(node, out var home)) return home;
        var kind = node.Op switch
        {
            Op.Input => BufferKind.Input,
            Op.Parameter => BufferKind.Parameter,
            Op.State => BufferKind.State,
            Op.Hyperparameter => BufferKind.Hyperparameter,
            Op.StepCount => BufferKind.StepCount,
            Op.RowCount => BufferKind.RowCount,
            Op.Draw => BufferKind.Draw,
            Op.Carried => BufferKind.Carried,
            _ => BufferKind.Activation,
        };
        // What lies in memory under a name of its own keeps it, even where a result is called something else.
        var name = node.Op switch { Op.StepCount => "steps", Op.RowCount => "rows", _ => node.Name.Length > 0 ? node.Name : labels[node] };
        return homes[node] = NewHome(node, name, kind);
    }

    /// <summary>Where a kernel finds a value, whoever made it.</summary>
    Reading View(Node node, KernelDraft reader)
    {
        // The kernel that makes a copy reads the original.
        if (copies.TryGetValue(node, out var copy) && copy.Maker != reader) return Reading.Of(copy.Home);
        switch (node.Op)
        {
            case Op.Slice: return View(node.Inputs[0], reader).Through(v => v.Slice(node));
            case Op.Broadcast: return View(node.Inputs[0], reader).Through(v => v.Broadcast(node.Type));
            case Op.Reshape:
                var source = View(node.Inputs[0], reader);
                if (source.View.Reshape(node.Type) is { } reshaped) return source with { View = reshaped };
                return Reading.Of(Copied(node.Inputs[0])).Through(v => v.Reshape(node.Type)!);
            case Op.Constant:
            case var _ when grouping.InPlace.Contains(node):
                return Reading.Of(Copied(node));
            default:
                return Reading.Of(HomeOf(node));
        }
    }

    /// <summary>
    /// Where a map finds an operand: in a kernel whose columns are fixed, by a product or a sum, a value that they cannot walk is copied
    /// first.
    /// </summary>
    void Read(Node node, KernelDraft draft)
    {
        if (IsByLabelIn(node, draft.Group))
        {
            draft.ByLabel[node] = ReadByLabel(node, draft);
            return;
        }
        var reading = View(node, draft);
        var split = draft.FixedSplit ?? draft.Split;
        var strides = Addressing.Strides(reading.View, draft.Axes);
        if (split is { } rows && Addressing.ColumnStride(strides, draft.Axes, rows) is not (0 or 1)) reading = Reading.Of(Copied(node));
        draft.Loads[node] = reading;
    }

    /// <summary>Labels as a column that all columns share, and a table whose rows are contiguous.</summary>
    LabelReading ReadByLabel(Node node, KernelDraft draft)
    {
        var (labels, column) = (node.Inputs[node.Inputs.Count - 1], node.Type with { Shape = new Shape(1) });
        var found = View(labels, draft);
        if (found.View.Reshape(column) is null) found = Reading.Of(Copied(labels));
        var label = found.Through(v => v.Reshape(column)!.Broadcast(node.Type));
        if (node.Op == Op.OneHot) return new(label);
        var table = View(node.Inputs[0], draft);
        if (table.View.Sizes[1] != 1 && table.View.Strides[1] != 1) table = Reading.Of(Copied(node.Inputs[0]));
        return LabelReading.Of(node, label, table);
    }

    /// <summary>Contiguous memory of a value's own, which a kernel fills from wherever it lies.</summary>
    Home Copied(Node node)
    {
        if (copies.TryGetValue(node, out var known)) return known.Home;
        // A view, a constant and what is computed in place have no other memory that would have their name.
        var isNameless = node.Op.IsView() || node.Op is Op.Broadcast or Op.Constant || grouping.InPlace.Contains(node);
        var home = NewHome(node, labels[node] + (isNameless ? "" : ".copy"), BufferKind.Activation);
        copies[node] = (home, Copy(node, home));
        return home;
    }

    Reading Contiguous(Node node, KernelDraft draft) =>
        View(node, draft) is { View.IsContiguous: true } found ? found : Reading.Of(Copied(node));

    Reading Matrix(Node node, KernelDraft draft)
    {
        var found = View(node, draft);
        return found.View.AsMatrix(node.Type) is { } matrix && matrix.RowStride != 0
            ? found with { View = matrix }
            : Reading.Of(Copied(node)).Through(v => v.AsMatrix(node.Type)!);
    }

    // State.

    /// <summary>Once all else has its place: what is next of each piece of state goes over what was, or is copied there last.</summary>
    void PlaceNextStates()
    {
        var results = grouping.Program.Results.Where(r => IsAdvanced(r.Name)).ToList();
        if (results.Count == 0) return;
        var makers = new Dictionary<Home, KernelDraft>();
        foreach (var draft in all)
        {
            foreach (var (_, target) in StoresOf(draft)) makers[target] = draft;
            var group = draft.Group;
            foreach (var made in draft.Sums.Concat(new[] { group.Alone, group.Product }.OfType<Node>()))
                if (!(made == group.Alone && attached.Contains(made)) && homes.TryGetValue(made, out var home)) makers[home] = draft;
        }
        var writes = new StateWrites(all, makers);
        foreach (var (name, node) in results)
        {
            var made = FusionGroup.Canonical(node);
            var kind = name.Kind == ResultKind.Carried ? BufferKind.Handed : BufferKind.NextState;
            var place = new Home(made,
                ValueView.Whole(Slot(name.Name, kind, Addressing.Count(ValueView.Axes(made.Type))), made.Type));
            if (grouping.GroupOf(made) is { Alone: null } group && group.Members.Contains(made)
                && writes.TryInPlace(drafts[group], made, place))
                drafts[group].Stores.Add((made, place));
            else
            {
                // A copy waits for all that read the old value, so it must read no state itself.
                if (IsGiven(made)) Copied(made);
                Copy(made, place);
            }
        }
    }

    /// <summary>Whether a value is in memory before the program runs, or is a view of one that is.</summary>
    static bool IsGiven(Node node) =>
        node.Op is not (Op.Draw or Op.Constant)
            && (node.Op.IsSource() || ((node.Op.IsView() || node.Op == Op.Broadcast) && IsGiven(node.Inputs[0])));

    // Products.

    /// <summary>
    /// C lies in its own home if somebody else reads it, else where the map's first full result will overwrite it, else in memory that is
    /// the map's alone.
    /// </summary>
    void PlaceProducts()
    {
        foreach (var draft in all)
        {
            if (draft.Group.Product is not { } product) continue;
            draft.Product = homes.TryGetValue(product, out var home)
                ? home.View.AsMatrix(product.Type) ?? throw new InvalidOperationException($"Assign: the home of {product} is not a matrix.")
                : Overwritten(draft.Group, product) ?? scratch[draft].AsMatrix(product.Type)!;
        }
    }

    ValueView? Overwritten(FusionGroup group, Node product)
    {
        foreach (var member in group.Members)
            if (homes.TryGetValue(member, out var result)
                && result.View.Reshape(product.Type)?.AsMatrix(product.Type) is { } place)
                return place;
        return null;
    }
}
