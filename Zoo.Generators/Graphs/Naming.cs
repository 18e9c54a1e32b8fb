using System.Text;

namespace Zoo.Generators.Graphs;

/// <summary>Conversions between C# names and those of files.</summary>
public static class Naming
{
    /// <summary>LabelDiscriminator to label_discriminator.</summary>
    public static string SnakeCase(string name)
    {
        var text = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            var starts = i > 0 && char.IsUpper(name[i])
                && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1]))) && name[i - 1] != '_';
            if (starts) text.Append('_');
            text.Append(char.ToLowerInvariant(name[i]));
        }
        return text.ToString();
    }

    /// <summary>log_variance to logVariance.</summary>
    public static string CamelCase(string name)
    {
        var pascal = PascalCase(name);
        return char.ToLowerInvariant(pascal[0]) + pascal.Substring(1);
    }

    /// <summary>encoder.dense1 to EncoderDense1: a legal C# identifier whatever comes in.</summary>
    public static string PascalCase(string name)
    {
        var text = new StringBuilder();
        var upper = true;
        foreach (var c in name)
        {
            if (!char.IsLetterOrDigit(c))
            {
                upper = true;
                continue;
            }
            if (text.Length == 0 && char.IsDigit(c)) text.Append('_');
            text.Append(upper ? char.ToUpperInvariant(c) : c);
            upper = false;
        }
        return text.Length == 0 ? "_" : text.ToString();
    }
}
