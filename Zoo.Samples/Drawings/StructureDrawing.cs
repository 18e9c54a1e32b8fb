using System.Globalization;
using System.Text;
using System.Xml;

namespace Zoo.Samples.Drawings;

/// <summary>
/// What a model's training and sampling are made of, as an SVG file: a panel for each program, networks as boxes, draws in red, losses in
/// blue, arrows along which gradients come back drawn through and others dashed.
/// </summary>
internal static class StructureDrawing
{
    const float Margin = 24, PanelGap = 56, RowGap = 44, WidestRow = 1200, TitleSize = 20, LegendGap = 18;

    const string Ink = "#22262b", Faint = "#6b7280", Red = "#b91c1c", Blue = "#1d4ed8";

    /// <param name="card">The model's.</param>
    /// <param name="stream">Where to.</param>
    /// <param name="measure">Width of a line of text.</param>
    public static void Save(ModelCard card, Stream stream, Func<TextLine, float> measure)
    {
        var panels = card.Structure.Select(program => new Panel(program, measure)).ToList();
        var rows = Rows(panels);
        var legend = Signs.Sum(sign => sign.Width + measure(new(sign.Text, IsHeading: false)) + LegendGap) - LegendGap;
        var width = MathF.Max(rows.Max(Across), legend) + 2 * Margin;
        var height = TitleSize + rows.Sum(row => Down(row) + RowGap) + 2 * Margin + 12;
        using var svg = XmlWriter.Create(stream, new() { Indent = true, NewLineChars = "\n", Encoding = new UTF8Encoding(false) });
        svg.WriteStartElement("svg", "http://www.w3.org/2000/svg");
        Attributes(svg, ("width", Number(width)), ("height", Number(height)), ("viewBox", $"0 0 {Number(width)} {Number(height)}"),
            ("font-family", "DejaVu Sans, Verdana, Helvetica, Arial, sans-serif"), ("role", "img"));
        svg.WriteElementString("title", $"{card.Name}: {string.Join(", ", card.Structure.Select(program => program.Name))}");
        Heads(svg);
        // Pages may be dark.
        Element(svg, "rect", ("width", "100%"), ("height", "100%"), ("fill", "#ffffff"));
        Text(svg, card.Name, Margin, Margin + TitleSize - 4, TitleSize, Ink, isBold: true, isCentred: false);
        var top = Margin + TitleSize + 16;
        foreach (var row in rows)
        {
            var (left, bottom) = (Margin, top + Down(row));
            foreach (var panel in row)
            {
                panel.Draw(svg, left, top, bottom);
                left += panel.Width + PanelGap;
            }
            top = bottom + RowGap;
        }
        Legend(svg, Margin, height - Margin, measure);
        svg.WriteEndElement();
    }

    static float Across(List<Panel> row) => row.Sum(panel => panel.Width) + PanelGap * (row.Count - 1);

    static float Down(List<Panel> row) => row.Max(panel => panel.Heading) + row.Max(panel => panel.Layout.Height);

    static List<List<Panel>> Rows(List<Panel> panels)
    {
        List<List<Panel>> rows = [[]];
        foreach (var panel in panels)
        {
            if (rows[^1].Count > 0 && Across([.. rows[^1], panel]) > WidestRow) rows.Add([]);
            rows[^1].Add(panel);
        }
        return rows;
    }

    /// <summary>A program with what stands above it.</summary>
    sealed class Panel
    {
        readonly ProgramStructure program;
        readonly List<TextLine> heading;

        public Panel(ProgramStructure program, Func<TextLine, float> measure)
        {
            this.program = program;
            Layout = new(program, measure);
            heading = [new($"{(program.IsTraining ? "Training" : "Testing")}: {program.Name}", IsHeading: true)];
            if (program.Trains.Count > 0) heading.Add(new($"trains {string.Join(", ", program.Trains)}", IsHeading: false));
            if (program.Minimises.Length > 0 && program.Minimises != "objective")
                heading.AddRange(new TextLine($"minimises {program.Minimises}", IsHeading: false)
                    .Wrap(MathF.Max(Layout.Width, 240), measure));
            Width = MathF.Max(Layout.Width, heading.Max(measure));
        }

        public StructureLayout Layout { get; }

        public float Width { get; }

        /// <summary>Height of what stands above.</summary>
        public float Heading => heading.Sum(line => line.Height) + 24;

        /// <summary>Inputs of all panels in a row stand on one line.</summary>
        public void Draw(XmlWriter svg, float left, float top, float bottom)
        {
            var baseline = top;
            foreach (var line in heading)
            {
                baseline += line.Height;
                Text(svg, line.Text, left, baseline, line.Size, line.IsHeading ? Ink : Faint, line.IsHeading, isCentred: false);
            }
            svg.WriteStartElement("g");
            Attributes(svg, ("transform", $"translate({Number(left + (Width - Layout.Width) / 2)} {Number(bottom - Layout.Height)})"));
            foreach (var arrow in Layout.Arrows) Arrow(svg, arrow);
            foreach (var box in Layout.Boxes) Box(svg, box, program);
            svg.WriteEndElement();
        }
    }

    static void Box(XmlWriter svg, StructureBox box, ProgramStructure program)
    {
        var isTrained = program.Trains.Contains(box.Node.Name.TrimEnd('′'));
        var (fill, stroke, ink, corner) = box.Node.Kind switch
        {
            StructureKind.Draw => ("#fee2e2", Red, Red, 14),
            StructureKind.Loss => ("#dbeafe", Blue, Blue, 3),
            StructureKind.Objective => (Blue, Blue, "#ffffff", 3),
            StructureKind.Network => (isTrained || program.Minimises.Length == 0 ? "#fef3c7" : "#f3f4f6", Ink, Ink, 3),
            StructureKind.State => ("#e5e7eb", Faint, Ink, 14),
            _ => ("#ffffff", Faint, Ink, 14),
        };
        Element(svg, "rect", ("class", box.Node.Kind.ToString().ToLowerInvariant()), ("x", Number(box.Left)), ("y", Number(box.Top)),
            ("width", Number(box.Width)), ("height", Number(box.Height)), ("rx", Number(corner)), ("fill", fill), ("stroke", stroke),
            ("stroke-width", "1.5"));
        var baseline = box.Top + 2;
        foreach (var line in box.Lines)
        {
            baseline += line.Height;
            Text(svg, line.Text, box.X, baseline, line.Size, ink, line.IsHeading, isCentred: true);
        }
    }

    static void Arrow(XmlWriter svg, StructureArrow arrow)
    {
        var path = new StringBuilder();
        var (x, y) = arrow.Points[0];
        path.Append(CultureInfo.InvariantCulture, $"M{x:0.#} {y:0.#}");
        foreach (var (nextX, nextY) in arrow.Points.Skip(1))
        {
            // Straight on, or a bend that begins and ends upright.
            if (MathF.Abs(nextX - x) < 0.5f) path.Append(CultureInfo.InvariantCulture, $"L{nextX:0.#} {nextY:0.#}");
            else
            {
                var middle = (y + nextY) / 2;
                path.Append(CultureInfo.InvariantCulture, $"C{x:0.#} {middle:0.#} {nextX:0.#} {middle:0.#} {nextX:0.#} {nextY:0.#}");
            }
            (x, y) = (nextX, nextY);
        }
        Line(svg, path.ToString(), arrow.HasGradient);
    }

    static void Line(XmlWriter svg, string path, bool hasGradient)
    {
        Element(svg, "path", ("d", path), ("fill", "none"), ("stroke", hasGradient ? Ink : Faint),
            ("stroke-width", hasGradient ? "1.8" : "1.2"), ("stroke-dasharray", hasGradient ? "none" : "5 4"),
            ("marker-end", hasGradient ? "url(#head)" : "url(#faint-head)"));
    }

    static void Heads(XmlWriter svg)
    {
        svg.WriteStartElement("defs");
        foreach (var (name, color) in new[] { ("head", Ink), ("faint-head", Faint) })
        {
            svg.WriteStartElement("marker");
            Attributes(svg, ("id", name), ("markerWidth", "9"), ("markerHeight", "8"), ("refX", "8"), ("refY", "4"), ("orient", "auto"),
                ("markerUnits", "userSpaceOnUse"));
            Element(svg, "path", ("d", "M0 0L9 4L0 8z"), ("fill", color));
            svg.WriteEndElement();
        }
        svg.WriteEndElement();
    }

    /// <summary>Of the legend: what a sign means, and how wide it is with the space behind it.</summary>
    static readonly (string Text, float Width, Action<XmlWriter, float, float> Draw)[] Signs =
    [
        ("a gradient comes back", 32, (svg, x, y) => Line(svg, $"M{Number(x)} {Number(y)}h26", hasGradient: true)),
        ("none does", 32, (svg, x, y) => Line(svg, $"M{Number(x)} {Number(y)}h26", hasGradient: false)),
        ("drawn", 20, (svg, x, y) => Swatch(svg, x, y, "#fee2e2", Red)),
        ("losses", 20, (svg, x, y) => Swatch(svg, x, y, "#dbeafe", Blue)),
        ("networks: those of one name have the same weights", 20, (svg, x, y) => Swatch(svg, x, y, "#fef3c7", Ink)),
    ];

    static void Legend(XmlWriter svg, float left, float baseline, Func<TextLine, float> measure)
    {
        foreach (var (text, width, draw) in Signs)
        {
            draw(svg, left, baseline - 4);
            Text(svg, text, left + width, baseline, 12, Faint, isBold: false, isCentred: false);
            left += width + measure(new(text, IsHeading: false)) + LegendGap;
        }
    }

    static void Swatch(XmlWriter svg, float x, float y, string fill, string stroke) => Element(svg, "rect", ("x", Number(x)),
        ("y", Number(y - 6)), ("width", "14"), ("height", "12"), ("rx", "2"), ("fill", fill), ("stroke", stroke));

    static void Text(XmlWriter svg, string text, float x, float baseline, float size, string color, bool isBold, bool isCentred)
    {
        svg.WriteStartElement("text");
        Attributes(svg, ("x", Number(x)), ("y", Number(baseline)), ("font-size", Number(size)), ("fill", color));
        if (isBold) Attributes(svg, ("font-weight", "bold"));
        if (isCentred) Attributes(svg, ("text-anchor", "middle"));
        svg.WriteString(text);
        svg.WriteEndElement();
    }

    static void Element(XmlWriter svg, string name, params (string Name, string Value)[] attributes)
    {
        svg.WriteStartElement(name);
        Attributes(svg, attributes);
        svg.WriteEndElement();
    }

    static void Attributes(XmlWriter svg, params (string Name, string Value)[] attributes)
    {
        foreach (var (name, value) in attributes) svg.WriteAttributeString(name, value);
    }

    static string Number(float value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
