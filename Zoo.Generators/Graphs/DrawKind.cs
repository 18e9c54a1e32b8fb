namespace Zoo.Generators.Graphs;

/// <summary>The law of a draw.</summary>
public enum DrawKind
{
    Normal,
    Uniform,

    /// <summary>A row with a single 1, in a class drawn uniformly.</summary>
    OneHot,
}
