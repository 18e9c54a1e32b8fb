namespace Zoo.Runtime;

/// <summary>What a micro-kernel needs besides the addresses that change from call to call. Steps and strides are in floats.</summary>
unsafe struct Panel
{
    /// <summary>First row of A at the first k of the block.</summary>
    public float* A;

    /// <summary>From a row of A to the next.</summary>
    public nint ARow;

    /// <summary>From one k to the next in A.</summary>
    public nint AStep;

    /// <summary>From one k to the next in B, whose columns are contiguous.</summary>
    public nint BStep;

    /// <summary>From a row of C to the next.</summary>
    public nint CRow;

    /// <summary>Rows that exist, from 1 to the kernel's height.</summary>
    public int Rows;

    /// <summary>Length of the sums.</summary>
    public int K;

    /// <summary>Whether lines of memory are asked for meanwhile: those of C, and what follows.</summary>
    public bool Asks;

    /// <summary>A line to ask for: this one at the first k, and one every fourth k; see <see cref="PanelAhead"/>.</summary>
    public float* Ahead;

    /// <summary>From one of these lines to the next.</summary>
    public nint AheadStep;

    /// <summary>Whether the sums start from what C holds; else from zero.</summary>
    public bool Accumulate;
}
