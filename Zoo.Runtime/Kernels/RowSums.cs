namespace Zoo.Runtime;

/// <summary>Accumulators of a row's sums; a map uses as many as it needs and the JIT drops the rest.</summary>
public struct RowSums<TVector> where TVector : struct
{
    /// <summary>First sum.</summary>
    public TVector S0;

    /// <summary>Second sum.</summary>
    public TVector S1;

    /// <summary>Third sum.</summary>
    public TVector S2;

    /// <summary>Fourth sum.</summary>
    public TVector S3;
}
