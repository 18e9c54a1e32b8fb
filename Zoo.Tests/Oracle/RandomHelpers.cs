namespace Zoo.Tests.Oracle;

/// <summary>Static methods of a random model that its networks call: helpers, which are inlined, and one network that both share.</summary>
sealed class RandomHelpers(Random random)
{
    readonly Dictionary<string, string> members = [];
    string? constant;
    int width;
    (int From, int To)? shared;

    /// <summary>Their declarations.</summary>
    public IEnumerable<string> Members => constant is null ? members.Values : members.Values.Prepend(constant);

    string Activation() => RandomNetwork.Pick(random, RandomNetwork.Bounded);

    /// <summary>A constant of the class, and its value.</summary>
    public (string Name, int Value) Width()
    {
        if (constant is null)
        {
            width = random.Next(1, 8);
            constant = $"const int Width = {width};";
        }
        return ("Width", width);
    }

    public string Layer()
    {
        if (!members.ContainsKey("Layer"))
            members["Layer"] = random.Next(2) == 0
                ? $"static Tensor Layer(Tensor t, int units, bool bias = true) => t.Dense(units, bias).{Activation()};"
                : $$"""
                    static Tensor Layer(Tensor t, int units, bool bias = true)
                    {
                        var h = t.Dense(units, bias: bias);
                        return h.{{Activation()}};
                    }
                    """;
        return "Layer";
    }

    /// <summary>Calls another helper, and chooses by a constant.</summary>
    public string Gated()
    {
        var layer = Layer();
        members["Gated"] = $$"""
            private static Tensor Gated(Tensor t, int units, bool gate)
            {
                if (gate)
                {
                    var (value, open) = Pair(t, units);
                    return value * open;
                }
                return {{layer}}(t, units);
            }
            """;
        members["Pair"] = "static (Tensor Value, Tensor Gate) Pair(Tensor t, int units) => (t.Dense(units).Tanh(), "
            + "t.Dense(units).Sigmoid());";
        return "Gated";
    }

    /// <summary>A network of its own, shared by all calls, where sizes fit.</summary>
    public (string Name, int To)? Shared(int from)
    {
        if (shared is null)
        {
            shared = (from, random.Next(1, 6));
            members["Common"] = $"[Network]\nstatic Tensor Common(Tensor t) => t.Dense({shared.Value.To}).{Activation()};";
        }
        return shared.Value.From == from ? ("Common", shared.Value.To) : null;
    }
}
