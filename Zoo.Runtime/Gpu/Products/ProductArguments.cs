namespace Zoo.Runtime;

/// <summary>A product C = A·B in the model's memory on the device: offsets, and distances of neighbours along rows and columns, one of each pair being 1.</summary>
public readonly struct ProductArguments
{
    /// <summary>Offset of A's first element, m × k.</summary>
    public required int A { get; init; }

    /// <summary>Floats from one row of A to the next.</summary>
    public required int ARow { get; init; }

    /// <summary>Floats from one column of A to the next.</summary>
    public required int AColumn { get; init; }

    /// <summary>Offset of B's first element, k × n.</summary>
    public required int B { get; init; }

    /// <summary>Floats from one row of B to the next.</summary>
    public required int BRow { get; init; }

    /// <summary>Floats from one column of B to the next.</summary>
    public required int BColumn { get; init; }

    /// <summary>Offset of C's first element, m × n; its columns are neighbours.</summary>
    public required int C { get; init; }

    /// <summary>Floats from one row of C to the next.</summary>
    public required int CRow { get; init; }

    /// <summary>Rows of C.</summary>
    public required int M { get; init; }

    /// <summary>Columns of C.</summary>
    public required int N { get; init; }

    /// <summary>The summed axis.</summary>
    public required int K { get; init; }
}
