using System.Collections.Immutable;

namespace Zoo.Runtime;

/// <summary>Where the elements of a row-major (PyTorch) tensor live within a section: the copies between the two layouts.</summary>
internal sealed class StridedLayout
{
    readonly int offset;
    readonly ImmutableArray<int> shape;
    readonly ImmutableArray<int> strides;

    /// <exception cref="ArgumentException">Shape and strides do not belong together, or reach outside the section.</exception>
    public StridedLayout(ParameterDescription parameter, int sectionFloats)
    {
        (offset, shape, strides) = (parameter.Offset, parameter.Shape, parameter.Strides);
        if (shape.Length != strides.Length)
            throw new ArgumentException($"Parameter '{parameter.Name}' has {shape.Length} axes and {strides.Length} strides.");
        var (length, last) = (1L, (long)offset);
        for (var axis = 0; axis < shape.Length; axis++)
        {
            if (shape[axis] < 1 || strides[axis] < 0)
                throw new ArgumentException($"Parameter '{parameter.Name}' has size {shape[axis]} and stride {strides[axis]} on axis "
                    + $"{axis}; at least 1 and 0 are expected.");
            length = checked(length * shape[axis]);
            last += (shape[axis] - 1L) * strides[axis];
        }

        if (offset < 0 || last >= sectionFloats)
            throw new ArgumentException($"Parameter '{parameter.Name}' reaches from float {offset} to {last} of a section of "
                + $"{sectionFloats}.");
        Length = checked((int)length);
        Last = (int)last;
    }

    /// <summary>Its first float in a section.</summary>
    public int First => offset;

    /// <summary>Its last float in a section.</summary>
    public int Last { get; }

    /// <summary>Number of elements.</summary>
    public int Length { get; }

    /// <summary>From a section to row-major order.</summary>
    /// <param name="section">A section, or what of it begins at <paramref name="start"/>.</param>
    /// <param name="rowMajor">Receives the elements.</param>
    /// <param name="start">Where the span begins in the section.</param>
    public void Gather(ReadOnlySpan<float> section, Span<float> rowMajor, int start = 0)
    {
        var (columns, stride) = Innermost;
        for (var row = 0; row < Length / columns; row++)
        {
            var at = RowStart(row) - start;
            var target = rowMajor.Slice(row * columns, columns);
            if (stride == 1) section.Slice(at, columns).CopyTo(target);
            else for (var i = 0; i < columns; i++) target[i] = section[at + i * stride];
        }
    }

    /// <summary>From row-major order into a section; what lies between the elements stays.</summary>
    /// <param name="rowMajor">The elements.</param>
    /// <param name="section">A section, or what of it begins at <paramref name="start"/>.</param>
    /// <param name="start">Where the span begins in the section.</param>
    public void Scatter(ReadOnlySpan<float> rowMajor, Span<float> section, int start = 0)
    {
        var (columns, stride) = Innermost;
        for (var row = 0; row < Length / columns; row++)
        {
            var at = RowStart(row) - start;
            var source = rowMajor.Slice(row * columns, columns);
            if (stride == 1) source.CopyTo(section.Slice(at, columns));
            else for (var i = 0; i < columns; i++) section[at + i * stride] = source[i];
        }
    }

    (int Columns, int Stride) Innermost => shape.IsEmpty ? (1, 1) : (shape[^1], strides[^1]);

    /// <summary>Where the row with this ordinal (over all axes but the last) starts.</summary>
    int RowStart(int row)
    {
        var at = offset;
        for (var axis = shape.Length - 2; axis >= 0; axis--)
        {
            (row, var index) = Math.DivRem(row, shape[axis]);
            at += index * strides[axis];
        }

        return at;
    }
}
