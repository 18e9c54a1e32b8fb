using System;
using System.Globalization;
using System.Linq;
using Zoo.Generators.Diagnostics;
using Zoo.Generators.Graphs;

namespace Zoo.Generators.Tracing;

/// <summary>Sizes that the compiler takes: positive, and at most 2³¹ − 1 elements in one value of an example.</summary>
static class SizeLimit
{
    public static Shape Positive(string operation, Shape shape)
    {
        foreach (var size in shape.Dimensions)
            if (size < 1) throw new GraphException(GraphError.NotPositive, $"{operation} takes positive sizes, but got {shape}");
        Check(shape);
        return shape;
    }

    public static void Check(Shape shape)
    {
        var count = shape.Dimensions.Aggregate(1.0, (a, b) => a * b);
        if (count > int.MaxValue)
            throw new TraceException(Descriptors.TooLarge,
                $"Shape {shape} has {count.ToString("0", CultureInfo.InvariantCulture)} elements, and a value has at most "
                    + $"{int.MaxValue.ToString(CultureInfo.InvariantCulture)}");
    }
}
