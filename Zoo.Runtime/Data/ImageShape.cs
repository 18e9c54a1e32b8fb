namespace Zoo;

/// <summary>The axes of one image, in PyTorch's order: channels first, columns fastest.</summary>
/// <param name="Channels">1 for grey, 3 for red, green and blue.</param>
/// <param name="Height">Rows, in pixels.</param>
/// <param name="Width">Columns, in pixels.</param>
public readonly record struct ImageShape(int Channels, int Height, int Width)
{
    /// <summary>Values of one image: channels × height × width.</summary>
    public long Size => (long)Channels * Height * Width;

    /// <summary>"3 × 32 × 32"; "28 × 28" where there is one channel.</summary>
    public override string ToString() => Channels == 1 ? $"{Height} × {Width}" : $"{Channels} × {Height} × {Width}";
}
