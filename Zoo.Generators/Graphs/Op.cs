namespace Zoo.Generators.Graphs;

/// <summary>The operations of the tensor IR. All are first order, pure, and closed under differentiation.</summary>
public enum Op
{
    // Sources.
    /// <summary>Data given to the program, by name.</summary>
    Input,
    /// <summary>A trained storage or a parameter's view of one, by name.</summary>
    Parameter,
    /// <summary>A scalar of the state that programs may set between steps, by name.</summary>
    Hyperparameter,
    /// <summary>One value everywhere.</summary>
    Constant,
    /// <summary>A pure function of (seed, name, step, iteration, row, column).</summary>
    Draw,
    /// <summary>State that no optimiser updates (a running statistic, a chain), as it is before the program, by name.</summary>
    State,
    /// <summary>A value that an earlier program, or an earlier run of the same one, has handed on, by name.</summary>
    Carried,
    /// <summary>Steps completed so far, as a scalar.</summary>
    StepCount,
    /// <summary>Rows of the batch, as a scalar: what a mean over the batch divides by.</summary>
    RowCount,

    // Elementwise, one operand.
    Neg, Abs, Sign, Square, Sqrt, Rsqrt, Reciprocal, Exp, Expm1, Log, Log1p, Sin, Cos, Tanh, Sigmoid, Softplus, Erf, Relu,
    /// <summary>1 where x &gt; 0, else 0; no gradient.</summary>
    Step,
    /// <summary>To the range [Value, Value2].</summary>
    Clamp,

    // Elementwise, two operands of one type.
    Add, Sub, Mul, Div, Max, Min,
    /// <summary>1 where a &gt; b, else 0; no gradient.</summary>
    Greater,
    /// <summary>1 where a = b, else 0; no gradient.</summary>
    Equal,
    /// <summary>b where the first operand is not 0, else c.</summary>
    Select,

    // Movement.
    /// <summary>Repeats axes of size 1, and shared values over the rows; ranks are equal.</summary>
    Broadcast,
    /// <summary>The same elements in row-major order under another shape, or another split of rows and shape.</summary>
    Reshape,
    /// <summary>Elements [Start, Start + length) of one axis.</summary>
    Slice,
    /// <summary>Operands one after another along one axis.</summary>
    Concat,
    /// <summary>The axes of an example in another order: axis i of the result is axis Axes[i] of the operand.</summary>
    Permute,
    /// <summary>
    /// The windows over images whose positions are rows: height·width rows of channels to a row of taps × channels for each window.
    /// </summary>
    Windows,
    /// <summary>The transpose of Windows: each position's sum of the taps that lie on it.</summary>
    WindowSum,

    // Reductions: the transpose of Broadcast; reduced axes become 1, reduced rows a shared value.
    Sum, ReduceMax,

    // Contractions.
    /// <summary>op(A)·op(B) with the rows of the batch as a matrix axis; flags transpose.</summary>
    MatMul,
    /// <summary>The same for each example alone.</summary>
    BatchMatMul,

    // Labels: one number per row, 0 … classes − 1, or −1 where there is none; no gradient.
    /// <summary>1 in the column of the row's label, else 0; zeros for −1. The classes are the result's shape.</summary>
    OneHot,
    /// <summary>Rows of a shared table by label; zeros for −1.</summary>
    Gather,
    /// <summary>The transpose of Gather: for each class the sum of the rows with that label, in order; −1 goes nowhere.</summary>
    Scatter,

    /// <summary>Identity that no gradient passes.</summary>
    StopGradient,
}

/// <summary>The classes that operations fall into.</summary>
public static class OpClasses
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
