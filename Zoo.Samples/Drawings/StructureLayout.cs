namespace Zoo.Samples.Drawings;

/// <summary>
/// Where the boxes of a program lie: on levels, inputs below what is made of them, as the lecture's figures have it; each as near to what
/// uses it as it can be. An arrow that passes a level has a place of its own there, so that none runs through a box.
/// </summary>
internal sealed class StructureLayout
{
    const float LevelGap = 44, BoxGap = 22, LaneWidth = 10;

    readonly List<Slot> slots = [];
    readonly List<(int From, int To, bool HasGradient)> links = [];
    readonly List<List<int>> levels = [];

    // Of the levels.
    float[] tops = [], bottoms = [];

    /// <summary>A box, or a place where an arrow passes a level.</summary>
    sealed class Slot(StructureBox? box, int level)
    {
        public StructureBox? Box { get; } = box;

        public int Level { get; } = level;

        public float X { get; set; }

        public float Width => Box?.Width ?? LaneWidth;
    }

    /// <param name="program">What is drawn.</param>
    /// <param name="measure">Width of a line of text.</param>
    public StructureLayout(ProgramStructure program, Func<TextLine, float> measure)
    {
        var nodes = program.Nodes;
        var ordinals = nodes.Index().ToDictionary(n => n.Item.Name, n => n.Index);
        foreach (var (node, level) in nodes.Zip(Levels(nodes, ordinals)))
            slots.Add(new(StructureBox.Of(node, program, measure), level));
        Link(nodes, ordinals);
        for (var level = 0; level <= slots.Max(slot => slot.Level); level++)
            levels.Add([.. slots.Index().Where(s => s.Item.Level == level).Select(s => s.Index)]);
        Order();
        Place();
        Boxes = Stack();
        Arrows = [.. Route()];
    }

    /// <summary>In the order of the nodes.</summary>
    public IReadOnlyList<StructureBox> Boxes { get; }

    public IReadOnlyList<StructureArrow> Arrows { get; }

    public float Width { get; private set; }

    public float Height { get; private set; }

    static int[] Levels(IReadOnlyList<StructureNode> nodes, Dictionary<string, int> ordinals)
    {
        var levels = new int[nodes.Count];
        for (var i = 0; i < nodes.Count; i++)
            levels[i] = nodes[i].Inputs.Select(input => levels[ordinals[input]] + 1).DefaultIfEmpty().Max();
        for (var i = nodes.Count - 1; i >= 0; i--)
        {
            var name = nodes[i].Name;
            levels[i] = nodes.Index().Where(n => n.Item.Inputs.Contains(name)).Select(n => levels[n.Index] - 1).DefaultIfEmpty(levels[i])
                .Min();
        }
        return levels;
    }

    /// <summary>From level to level; long arrows of one box and kind share their way.</summary>
    void Link(IReadOnlyList<StructureNode> nodes, Dictionary<string, int> ordinals)
    {
        var lanes = new Dictionary<(int From, bool HasGradient, int Level), int>();
        foreach (var (to, node) in nodes.Index())
        {
            foreach (var input in node.Inputs)
            {
                var (origin, hasGradient) = (ordinals[input], node.Gradients.Contains(input));
                var from = origin;
                for (var level = slots[origin].Level + 1; level < slots[to].Level; level++)
                {
                    if (!lanes.TryGetValue((origin, hasGradient, level), out var lane))
                    {
                        lane = lanes[(origin, hasGradient, level)] = slots.Count;
                        slots.Add(new(null, level));
                        links.Add((from, lane, hasGradient));
                    }
                    from = lane;
                }
                links.Add((from, to, hasGradient));
            }
        }
    }

    IEnumerable<int> Neighbours(int slot, bool below) =>
        below ? links.Where(l => l.To == slot).Select(l => l.From) : links.Where(l => l.From == slot).Select(l => l.To);

    /// <summary>Each level by where its neighbours stand, up and down in turns; what crosses least is kept.</summary>
    void Order()
    {
        var (best, fewest) = (Copy(), Crossings());
        for (var sweep = 0; sweep < 16 && fewest > 0; sweep++)
        {
            var below = sweep % 2 == 0;
            var order = Enumerable.Range(0, levels.Count);
            foreach (var level in below ? order : order.Reverse())
            {
                double Middle(int slot)
                {
                    var neighbours = Neighbours(slot, below).Select(n => levels[slots[n].Level].IndexOf(n)).ToList();
                    return neighbours.Count > 0 ? neighbours.Average() : levels[level].IndexOf(slot);
                }
                levels[level] = [.. levels[level].OrderBy(Middle)];
            }
            Swap();
            if (Crossings() is var crossings && crossings < fewest) (best, fewest) = (Copy(), crossings);
        }
        for (var level = 0; level < levels.Count; level++) levels[level] = best[level];

        List<List<int>> Copy() => [.. levels.Select(level => level.ToList())];
    }

    /// <summary>Neighbours on a level change places as long as that leaves fewer crossings.</summary>
    void Swap()
    {
        for (var (better, rounds) = (true, 0); better && rounds < 8; rounds++)
        {
            better = false;
            foreach (var level in levels)
            {
                for (var i = 0; i + 1 < level.Count; i++)
                {
                    var before = Crossings();
                    (level[i], level[i + 1]) = (level[i + 1], level[i]);
                    if (Crossings() < before) better = true;
                    else (level[i], level[i + 1]) = (level[i + 1], level[i]);
                }
            }
        }
    }

    int Crossings()
    {
        var places = new int[slots.Count];
        foreach (var level in levels)
            foreach (var (place, slot) in level.Index()) places[slot] = place;
        var crossings = 0;
        for (var i = 0; i < links.Count; i++)
            for (var j = 0; j < i; j++)
                if (slots[links[i].To].Level == slots[links[j].To].Level
                    && (places[links[i].From] - places[links[j].From]) * (places[links[i].To] - places[links[j].To]) < 0) crossings++;
        return crossings;
    }

    /// <summary>Each slot as near below and above its neighbours as its level has room.</summary>
    void Place()
    {
        foreach (var level in levels) Put(level, [.. level.Select(_ => 0f)]);
        for (var sweep = 0; sweep < 60; sweep++)
        {
            var order = Enumerable.Range(0, levels.Count);
            foreach (var level in sweep % 2 == 0 ? order : order.Reverse())
                Put(levels[level], [.. levels[level].Select(Wanted)]);
        }
        var left = slots.Min(slot => slot.X - slot.Width / 2);
        foreach (var slot in slots) slot.X -= left;
        Width = slots.Max(slot => slot.X + slot.Width / 2);

        float Wanted(int slot)
        {
            // An arrow that passes several levels is to be straight, before it is short.
            const int straight = 12;
            bool IsLane(int s) => slots[s].Box is null;
            var near = Neighbours(slot, below: true).Concat(Neighbours(slot, below: false))
                .SelectMany(n => Enumerable.Repeat(slots[n].X, IsLane(slot) && IsLane(n) ? straight : 1)).ToList();
            return near.Count > 0 ? near.Average() : slots[slot].X;
        }

        void Put(List<int> level, float[] wanted)
        {
            var distances = level.Select((slot, i) => i == 0 ? 0 : (slots[slot].Width + slots[level[i - 1]].Width) / 2 + BoxGap);
            foreach (var (i, x) in Spacing.Place(wanted, [.. distances]).Index()) slots[level[i]].X = x;
        }
    }

    /// <summary>The first level lies at the bottom.</summary>
    List<StructureBox> Stack()
    {
        float[] heights = [.. levels.Select(level => level.Max(slot => slots[slot].Box?.Height ?? 0))];
        Height = heights.Sum() + LevelGap * (heights.Length - 1);
        (tops, bottoms) = (new float[heights.Length], new float[heights.Length]);
        var bottom = Height;
        for (var level = 0; level < heights.Length; level++)
        {
            (bottoms[level], tops[level]) = (bottom, bottom - heights[level]);
            bottom -= heights[level] + LevelGap;
        }
        return [.. slots.Where(slot => slot.Box is not null).Select(slot => slot.Box! with
            {
                X = slot.X, Top = (tops[slot.Level] + bottoms[slot.Level] - slot.Box!.Height) / 2,
            })];
    }

    /// <summary>Arrows end side by side, in the order of where they come from.</summary>
    IEnumerable<StructureArrow> Route()
    {
        foreach (var (to, slot) in slots.Index().Where(s => s.Item.Box is not null))
        {
            var arriving = links.Where(l => l.To == to).OrderBy(l => slots[l.From].X).ToList();
            var step = MathF.Min(26, (slot.Width - 20) / MathF.Max(1, arriving.Count - 1));
            foreach (var (i, (from, _, hasGradient)) in arriving.Index())
            {
                var points = new List<(float, float)>
                {
                    (slot.X + step * (i - (arriving.Count - 1) / 2f), Boxes[to].Bottom),
                    (slot.X + step * (i - (arriving.Count - 1) / 2f), bottoms[slot.Level]),
                };
                var at = from;
                for (; slots[at].Box is null; at = Neighbours(at, below: true).Single())
                {
                    points.Add((slots[at].X, tops[slots[at].Level]));
                    points.Add((slots[at].X, bottoms[slots[at].Level]));
                }
                points.Add((slots[at].X, tops[slots[at].Level]));
                points.Add((slots[at].X, Boxes[at].Top));
                points.Reverse();
                yield return new(hasGradient, points);
            }
        }
    }
}
