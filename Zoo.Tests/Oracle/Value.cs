using Zoo.Generators.Graphs;

namespace Zoo.Tests.Oracle;

/// <summary>Elements of a tensor, row-major; <see cref="Sizes"/> are its axes with the rows in front (1 where it is shared).</summary>
sealed record Value(int[] Sizes, double[] Data)
{
    public Value(TensorType type, int batch, double[] data) : this([type.IsShared ? 1 : type.Rows * batch, .. type.Shape.Dimensions], data)
    {
    }

    /// <summary>Nothing but the sizes of a result.</summary>
    public Value(TensorType type, int batch) : this(type, batch, [])
    {
    }

    public int Count => Sizes.Aggregate(1, (a, b) => a * b);

    /// <summary>Coordinates of the element at a place.</summary>
    public int[] Coordinates(int place)
    {
        var coordinates = new int[Sizes.Length];
        for (var axis = Sizes.Length - 1; axis >= 0; axis--) (place, coordinates[axis]) = (place / Sizes[axis], place % Sizes[axis]);
        return coordinates;
    }

    /// <summary>
    /// Place of the element at coordinates; along an axis of size 1 every coordinate is 0, which is what broadcasting means.
    /// </summary>
    public int Place(int[] coordinates)
    {
        var place = 0;
        for (var axis = 0; axis < Sizes.Length; axis++) place = place * Sizes[axis] + (Sizes[axis] == 1 ? 0 : coordinates[axis]);
        return place;
    }
}
