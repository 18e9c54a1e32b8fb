using System.Globalization;

namespace Zoo.Generators.Plans;

/// <summary>A size that is a literal, or so many per row of the batch: PerRow·rows + Fixed, one of them zero.</summary>
public readonly record struct Extent(int PerRow, int Fixed)
{
    public static Extent Of(int size) => new(0, size);

    public bool IsFixed => PerRow == 0;

    public long For(int rows) => (long)PerRow * rows + Fixed;

    public Extent Times(int factor) => new(PerRow * factor, Fixed * factor);

    public override string ToString() => PerRow switch
    {
        0 => Fixed.ToString(CultureInfo.InvariantCulture),
        1 => "n",
        _ => $"{PerRow.ToString(CultureInfo.InvariantCulture)}n",
    };
}
