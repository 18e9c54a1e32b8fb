using System.Runtime.CompilerServices;
using Xunit;

namespace Zoo.Tests.Generators;

/// <summary>The sources as people read them.</summary>
public sealed class SourceTextTests
{
    const int Columns = 140;

    /// <summary>Beside what is generated and what snapshots hold of it.</summary>
    [Fact]
    public void NoLineIsLongerThanAScreen()
    {
        var files = Sources().ToList();
        Assert.True(files.Count > 400, $"{files.Count} files are not the repository.");
        var places = from file in files
                     from line in File.ReadLines(file).Select((text, i) => (Text: text, Number: i + 1))
                     where line.Text.EnumerateRunes().Count() > Columns
                     select $"{file}({line.Number})";
        Assert.Empty(places);
    }

    static IEnumerable<string> Sources([CallerFilePath] string source = "")
    {
        var root = Path.GetDirectoryName(Path.GetDirectoryName(Path.GetDirectoryName(source)))!;
        return Directory.EnumerateDirectories(root, "Zoo.*")
            .SelectMany(project => Directory.EnumerateFiles(project, "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.EndsWith(".verified.cs", StringComparison.Ordinal)
                && !Path.GetRelativePath(root, file).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"));
    }
}
