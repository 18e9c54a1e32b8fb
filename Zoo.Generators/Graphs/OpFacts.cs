namespace Zoo.Generators.Graphs;

/// <summary>What passes ask of an op.</summary>
public static class OpFacts
{
    public static bool IsSource(this Op op) => op <= Op.RowCount;

    public static bool IsUnary(this Op op) => op is >= Op.Neg and <= Op.Clamp;

    public static bool IsBinary(this Op op) => op is >= Op.Add and <= Op.Equal;

    /// <summary>One output element from the elements at the same place.</summary>
    public static bool IsElementwise(this Op op) => op is >= Op.Neg and <= Op.Select;

    /// <summary>A function of the row's label that every kernel can make for itself: label and table lie in memory.</summary>
    public static bool IsByLabel(this Op op) => op is Op.OneHot or Op.Gather;

    public static bool IsReduction(this Op op) => op is Op.Sum or Op.ReduceMax;

    /// <summary>The same elements under another index; no arithmetic and, as a rule, no copy.</summary>
    public static bool IsView(this Op op) => op is Op.Reshape or Op.Slice;
}
