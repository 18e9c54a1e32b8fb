using System;
using System.Text;

namespace Zoo.Generators.Emission;

/// <summary>Text with indentation; lines end in \n on every system.</summary>
public sealed class CodeWriter
{
    readonly StringBuilder text = new();
    int depth;

    /// <summary>One or several lines, each indented; empty ones stay empty.</summary>
    public CodeWriter Line(string lines = "")
    {
        foreach (var line in lines.Replace("\r\n", "\n").Split('\n'))
        {
            if (line.Length > 0) text.Append(' ', depth * 4).Append(line);
            text.Append('\n');
        }
        return this;
    }

    /// <summary>A head and a block in braces, closed by Dispose.</summary>
    public IDisposable Block(string head, string end = "}")
    {
        if (head.Length > 0) Line(head);
        Line("{");
        depth++;
        return new Closing(this, end);
    }

    public override string ToString() => text.ToString();

    sealed class Closing(CodeWriter writer, string end) : IDisposable
    {
        public void Dispose()
        {
            writer.depth--;
            writer.Line(end);
        }
    }
}
