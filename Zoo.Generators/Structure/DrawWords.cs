using System.Linq;
using Zoo.Generators.Graphs;

namespace Zoo.Generators.Structure;

/// <summary>Names and laws of draws and names of hyperparameters as formulas have them.</summary>
static class DrawWords
{
    /// <summary>A name without the phase, the scope and the network that stand in front, and without the ordinal of a call.</summary>
    public static string Name(string full)
    {
        var name = full.Split('#')[0].Split('.', ':').Last();
        // Tracing makes a kind and an ordinal where nobody gave a name.
        var kind = name.TrimEnd("0123456789".ToCharArray());
        return kind == name ? Letter(name) : kind switch
        {
            "normal" => "n",
            "uniform" or "sample" or "bernoulli" => "u",
            "onehot" => "k",
            "dropout" => "dropout",
            _ => Letter(name),
        };
    }

    /// <summary>Greek letters by their names, and spaces between words.</summary>
    static string Letter(string name) => name switch
    {
        "epsilon" => "ε",
        "alpha" => "α",
        "beta" => "β",
        _ => name.Replace('_', ' '),
    };

    /// <summary>The law of a draw: N(0, I₂₀), U(0, 1)⁹, one of 10.</summary>
    public static string Law(Node draw) => (draw.Attributes.Draw, draw.Shape.Count) switch
    {
        (DrawKind.Normal, 1) => "N(0, 1)",
        (DrawKind.Normal, var count) => $"N(0, I{In("₀₁₂₃₄₅₆₇₈₉", count)})",
        (DrawKind.Uniform, 1) => "U(0, 1)",
        (DrawKind.Uniform, var count) => $"U(0, 1){In("⁰¹²³⁴⁵⁶⁷⁸⁹", count)}",
        (_, var count) => $"uniform, one of {count}",
    };

    static string In(string digits, int count) => string.Concat($"{count}".Select(c => digits[c - '0']));
}
