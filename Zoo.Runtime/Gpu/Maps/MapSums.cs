namespace Zoo.Runtime;

/// <summary>Sums of a map: of one element, or of some. A kernel keeps what the map uses and its compiler drops the rest.</summary>
public struct MapSums
{
    /// <summary>The most sums of either kind.</summary>
    public const int Most = 4;

    /// <summary>Sums over the columns of a row.</summary>
    public Lane Row0, Row1, Row2, Row3;

    /// <summary>Sums over the rows of a column.</summary>
    public Lane Column0, Column1, Column2, Column3;

    /// <summary>These with another element's row sums added.</summary>
    internal readonly MapSums PlusRows(MapSums element)
    {
        var sum = this;
        sum.Row0 += element.Row0;
        sum.Row1 += element.Row1;
        sum.Row2 += element.Row2;
        sum.Row3 += element.Row3;
        return sum;
    }

    /// <summary>These with another element's column sums added.</summary>
    internal readonly MapSums PlusColumns(MapSums element)
    {
        var sum = this;
        sum.Column0 += element.Column0;
        sum.Column1 += element.Column1;
        sum.Column2 += element.Column2;
        sum.Column3 += element.Column3;
        return sum;
    }
}
