using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Xunit;
using Zoo.Generators.Graphs;
using Zoo.Generators.Passes;
using Zoo.Tests.Oracle;

namespace Zoo.Tests.Passes;

/// <summary>
/// What the comments of the rules say is true: each file's program before and after, and each formula at a rule. <c>// a = b</c>: the rule
/// makes b of a, by itself or with what the other rules make of its result. <c>// a stays</c>: the rule leaves a alone.
/// </summary>
public partial class RuleExamplesTests
{
    [GeneratedRegex(@"^    static Node\? (\w+)\(GraphBuilder g, Node node\)")]
    private static partial Regex RuleHead();

    [GeneratedRegex(@"^\s+// (.+?)(?: = (.+)| stays)$")]
    private static partial Regex Example();

    static string Folder([CallerFilePath] string source = "") =>
        Path.Combine(Path.GetDirectoryName(source)!, "..", "..", "Zoo.Generators", "Passes", "Rules");

    static IEnumerable<string> RuleFiles() => Directory.GetFiles(Folder(), "*.cs").Select(f => Path.GetFileNameWithoutExtension(f)).Order();

    public static TheoryData<string> Files => [.. RuleFiles()];

    /// <summary>Formulas of a file by rule; the right side is null where the left side stays.</summary>
    static IEnumerable<(string Rule, string Left, string? Right)> Formulas(string file)
    {
        var rule = "";
        foreach (var line in File.ReadLines(Path.Combine(Folder(), file + ".cs")))
        {
            if (RuleHead().Match(line) is { Success: true } head) rule = head.Groups[1].Value;
            if (Example().Match(line) is not { Success: true, Groups: [_, var left, var right] }) continue;
            yield return (rule, left.Value, right.Success ? right.Value : null);
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void FormulasAreTrue(string file)
    {
        var rules = Simplify.Table.Where(r => r.Method.DeclaringType!.Name == file).ToDictionary(r => r.Method.Name);
        foreach (var (name, left, right) in Formulas(file))
        {
            var g = new GraphBuilder();
            var before = Formula.Parse(g, left);
            var after = rules[name](g, before);
            if (right is null)
            {
                Assert.True(after is null || after == before, $"{name}: {left} does not stay, but becomes\n{Print(after)}");
                continue;
            }
            var expected = Formula.Parse(g, right);
            Assert.True(after is not null, $"{name} leaves {left} alone.");
            var isRight = after == expected || Simplified(after).Equals(Simplified(expected, []));
            Assert.True(isRight, $"{name}: {left} becomes\n{Print(after)}and not\n{Print(expected)}");
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void EveryRuleHasAnExampleAndACounterexample(string file)
    {
        var formulas = Formulas(file).ToLookup(f => f.Rule);
        Assert.All(Simplify.Table.Where(r => r.Method.DeclaringType!.Name == file), rule =>
        {
            Assert.Contains(formulas[rule.Method.Name], f => f.Right is not null);
            Assert.Contains(formulas[rule.Method.Name], f => f.Right is null);
        });
    }

    [Fact]
    public void EveryFileIsInTheTable() =>
        Assert.Equal(RuleFiles(), Simplify.Table.Select(r => r.Method.DeclaringType!.Name).Distinct().Order());

    [Theory]
    [MemberData(nameof(Files))]
    public void TheProgramBeforeBecomesTheProgramAfter(string file)
    {
        var g = new GraphBuilder();
        var text = File.ReadAllText(Path.Combine(Folder(), file + ".cs"));
        Node Program(string label) => Formula.Parse(g, Assert.Single(Regex.Matches(text, $"{label}: <c>(.+)</c>")).Groups[1].Value);
        var (before, after) = (Program("Before"), Program("After"));
        Assert.Equal(Simplified(after, []), Simplified(before));
        Assert.Contains("Invariant: ", text);
        Assert.Contains("Misses: ", text);
    }

    /// <summary>The two sides of every formula have the same values, gradients included.</summary>
    [Theory]
    [MemberData(nameof(Files))]
    public void BothSidesHaveTheSameValues(string file)
    {
        foreach (var (name, left, right) in Formulas(file))
        {
            if (right is null) continue;
            var g = new GraphBuilder();
            Oracle.SameValues.Assert(g, Formula.Parse(g, left), Formula.Parse(g, right), $"{name}: {left} = {right}");
        }
    }

    static Roots<string> Simplified(Node node, IReadOnlyList<RewriteRule>? table = null) =>
        Simplify.Run(new Roots<string>([("result", node)]), 0, table);

    static string Print(Node? node) => node is null ? "nothing\n" : GraphPrinter.Print([("result", node)]);
}
