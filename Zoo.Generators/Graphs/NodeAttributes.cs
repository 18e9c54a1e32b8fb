namespace Zoo.Generators.Graphs;

/// <summary>What a node carries besides operands and type; each op uses a few of them.</summary>
public sealed record NodeAttributes
{
    public static readonly NodeAttributes None = new();

    /// <summary>Input, Parameter, Hyperparameter, Draw, State, Carried.</summary>
    public string? Name { get; init; }

    /// <summary>Constant; lower end of Clamp.</summary>
    public float Value { get; init; }

    /// <summary>Upper end of Clamp.</summary>
    public float Value2 { get; init; }

    /// <summary>Slice, Concat.</summary>
    public int Axis { get; init; }

    /// <summary>Slice.</summary>
    public int Start { get; init; }

    /// <summary>MatMul, BatchMatMul.</summary>
    public bool TransposeA { get; init; }

    /// <summary>MatMul, BatchMatMul.</summary>
    public bool TransposeB { get; init; }

    /// <summary>Permute.</summary>
    public EquatableArray<int> Axes { get; init; }

    /// <summary>Windows, WindowSum.</summary>
    public Windowing? Windowing { get; init; }

    /// <summary>Draw.</summary>
    public DrawKind Draw { get; init; }
}
