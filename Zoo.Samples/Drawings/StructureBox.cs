namespace Zoo.Samples.Drawings;

/// <summary>A node as a box with its text. Sizes are pixels, places the box's centre and upper edge.</summary>
/// <param name="Node">What it shows.</param>
/// <param name="Lines">Its text.</param>
/// <param name="Width">Of the box.</param>
/// <param name="Height">Of the box.</param>
internal sealed record StructureBox(StructureNode Node, IReadOnlyList<TextLine> Lines, float Width, float Height)
{
    const float Padding = 10, Widest = 230;

    public float X { get; init; }

    public float Top { get; init; }

    public float Left => X - Width / 2;

    public float Bottom => Top + Height;

    /// <param name="node">The node.</param>
    /// <param name="program">Its program.</param>
    /// <param name="measure">Width of a text of a size.</param>
    public static StructureBox Of(StructureNode node, ProgramStructure program, Func<TextLine, float> measure)
    {
        List<TextLine> lines = [.. Texts(node, program).Where(line => line.Text.Length > 0).SelectMany(line => line.Wrap(Widest, measure))];
        var width = MathF.Max(44, lines.Max(measure) + 2 * Padding);
        return new(node, lines, width, lines.Sum(line => line.Height) + Padding);
    }

    static IEnumerable<TextLine> Texts(StructureNode node, ProgramStructure program)
    {
        // A second call of a network is of the same weights.
        var name = node.Kind == StructureKind.Network ? node.Name.TrimEnd('′') : node.Name;
        if (node.Kind == StructureKind.Draw) return [new($"{node.Name} ~ {node.Detail}", IsHeading: false)];
        if (node.Kind == StructureKind.Value)
            return [new(node.Detail.Length > 0 ? $"{name} = {node.Detail}" : name, IsHeading: false)];
        var isFixed = node.Kind == StructureKind.Network && program.Minimises.Length > 0 && !program.Trains.Contains(name)
            && node.Detail != "no layers";
        return [new(name, IsHeading: true), new(node.Detail, IsHeading: false), new(isFixed ? "held fixed" : "", IsHeading: false)];
    }
}
