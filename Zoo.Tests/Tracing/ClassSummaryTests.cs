using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Zoo.Tests.Generators;

namespace Zoo.Tests.Tracing;

/// <summary>The summary of a class's documentation, which its card has.</summary>
public sealed class ClassSummaryTests
{
    [Theory]
    [InlineData("/// <summary>One line.</summary>", "One line.")]
    [InlineData("/// <summary>\n/// Two lines,\n///   and  <c>code</c>.\n/// </summary>\n/// <remarks>More.</remarks>",
        "Two lines, and code.")]
    [InlineData("/// <summary>As <see cref=\"System.Math\"/> and <see langword=\"null\"/> have it.</summary>",
        "As Math and null have it.")]
    [InlineData("/// <summary>\"Quoted\" \\ and &lt;escaped&gt;, λ.</summary>", "\"Quoted\" \\ and <escaped>, λ.")]
    [InlineData("// <summary>No documentation.</summary>", "")]
    [InlineData("/// <summary>Never closed.", "")]
    [InlineData("/// <remarks>No summary.</remarks>", "")]
    [InlineData("", "")]
    public void IsPlainText(string comment, string summary)
    {
        var source = Declarations.FashionVae.Replace("/// <summary>A model.</summary>", comment);
        Assert.Equal(summary, GeneratorRun.Of(source).Trace!.Summary);
        // As in a project that writes no documentation file, whose compiler does not read such comments.
        var tree = CSharpSyntaxTree.ParseText(source, CSharpParseOptions.Default.WithDocumentationMode(DocumentationMode.None));
        var unread = GeneratorRun.Of(GeneratorRun.Compile([""]).RemoveAllSyntaxTrees().AddSyntaxTrees(tree));
        Assert.Equal(summary, unread.Trace!.Summary);
        Assert.Empty(unread.Output.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error));
    }
}
