using System.Globalization;
using System.Xml.Linq;
using Zoo.Samples.Drawings;
using Zoo.Tests.Variants;

namespace Zoo.Tests.Samples;

/// <summary>Drawings of every declared model's structure.</summary>
public sealed class StructureDrawingTests
{
    public static TheoryData<string> Models => StructureTests.Models;

    /// <summary>Wider than any font's letters are on the average.</summary>
    static float Measure(TextLine line) => line.Text.Length * line.Size * 0.65f;

    [Theory]
    [MemberData(nameof(Models))]
    public void HasEveryNode(string model)
    {
        var card = StructureTests.Card(model);
        using var file = new MemoryStream();
        StructureDrawing.Save(card, file, Measure);
        file.Position = 0;
        var drawing = XDocument.Load(file);
        var elements = drawing.Descendants().ToLookup(e => e.Name.LocalName);
        var text = string.Join(' ', elements["text"].Select(e => e.Value));
        foreach (var program in card.Structure)
        {
            Assert.Contains($"ing: {program.Name}", text, StringComparison.Ordinal);
            foreach (var node in program.Nodes)
            {
                Assert.Contains(node.Kind == StructureKind.Network ? node.Name.TrimEnd('′') : node.Name, text, StringComparison.Ordinal);
                Assert.Contains(node.Detail, text, StringComparison.Ordinal);
            }
        }
        string[] classes = [.. elements["rect"].Select(e => (string?)e.Attribute("class")).OfType<string>()];
        foreach (var kind in Enum.GetValues<StructureKind>())
            Assert.Equal(card.Structure.Sum(p => p.Nodes.Count(n => n.Kind == kind)),
                classes.Count(c => c == kind.ToString().ToLowerInvariant()));
        string Stroke(string kind) => string.Join(' ', elements["rect"].Where(e => (string?)e.Attribute("class") == kind)
            .Select(e => (string?)e.Attribute("stroke")).Distinct());
        Assert.Equal("#1d4ed8", Stroke("loss"));
        Assert.Contains(Stroke("draw"), new[] { "#b91c1c", "" });
        // An arrow for each input, and two in the legend; heads have no dashes.
        Assert.Equal(card.Structure.Sum(p => p.Nodes.Sum(n => n.Inputs.Count)) + 2,
            elements["path"].Count(e => e.Attribute("stroke-dasharray") is not null));
        Assert.Equal(card.Structure.Sum(p => p.Nodes.Sum(n => n.Gradients.Count)) + 1,
            elements["path"].Count(e => (string?)e.Attribute("stroke-dasharray") == "none"));
        float Size(string name) => float.Parse(drawing.Root!.Attribute(name)!.Value, CultureInfo.InvariantCulture);
        Assert.InRange(Size("width"), 300, 1400);
        Assert.InRange(Size("height"), 200, 2000);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void NothingOverlaps(string model)
    {
        foreach (var program in StructureTests.Card(model).Structure)
        {
            var layout = new StructureLayout(program, Measure);
            Assert.Equal(program.Nodes, layout.Boxes.Select(box => box.Node));
            foreach (var (i, box) in layout.Boxes.Index())
            {
                Assert.True(box.Lines.Max(Measure) < box.Width, $"{box.Node.Name} is wider than its box");
                Assert.True(box.Left >= -0.01f && box.Left + box.Width <= layout.Width + 0.01f, $"{box.Node.Name} lies beside the drawing");
                Assert.True(box.Top >= -0.01f && box.Bottom <= layout.Height + 0.01f, $"{box.Node.Name} lies above or below the drawing");
                foreach (var other in layout.Boxes.Take(i))
                    Assert.False(
                        MathF.Abs(box.X - other.X) < (box.Width + other.Width) / 2 + 8 && box.Top < other.Bottom && other.Top < box.Bottom,
                        $"{program.Name}: {box.Node.Name} overlaps {other.Node.Name}");
                // Where it begins and ends an arrow touches a box, and goes through none.
                foreach (var (x, y) in layout.Arrows.SelectMany(Path))
                    Assert.False(MathF.Abs(x - box.X) < box.Width / 2 - 0.1f && y > box.Top + 0.1f && y < box.Bottom - 0.1f,
                        $"{program.Name}: an arrow goes through {box.Node.Name}");
            }
        }
    }

    /// <summary>Points along an arrow, whose bends are cubic curves that begin and end upright.</summary>
    static IEnumerable<(float X, float Y)> Path(StructureArrow arrow)
    {
        foreach (var ((x0, y0), (x1, y1)) in arrow.Points.Zip(arrow.Points.Skip(1)))
            for (var t = 0f; t <= 1; t += 0.05f)
            {
                var s = 1 - t;
                var bend = s * s * s + 3 * s * s * t;
                yield return (bend * x0 + (1 - bend) * x1, s * s * s * y0 + 3 * s * t * (y0 + y1) / 2 + t * t * t * y1);
            }
    }

    /// <summary>The nearest places with room between: neighbours that want the same share the way.</summary>
    [Fact]
    public void PlacesKeepTheirOrderAndDistance()
    {
        Assert.Equal([0, 10, 20], Spacing.Place([0, 10, 20], [0, 10, 10]));
        Assert.Equal([-5, 5], Spacing.Place([0, 0], [0, 10]));
        Assert.Equal([0, 15, 25, 50], Spacing.Place([0, 20, 20, 50], [0, 10, 10, 10]));
        Assert.Equal([5, 15], Spacing.Place([20, 0], [0, 10]));
    }
}
