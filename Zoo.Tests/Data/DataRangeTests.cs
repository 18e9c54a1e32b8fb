namespace Zoo.Tests.Data;

public sealed class DataRangeTests
{
    [Fact]
    public void What_is_inside_passes_at_every_length()
    {
        for (var length = 0; length < 70; length++)
        {
            var values = Enumerable.Range(0, length).Select(i => i % 3 / 2f).ToArray();
            DataRange.Unit.Require(values, 7, "x");
            DataRange.Finite.Require([.. values.Select(v => (v - 0.5f) * float.MaxValue)], 7, "x");
            Assert.Equal(-1, DataRange.Unit.FirstOutside(values));
        }
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(1.0000001f)]
    [InlineData(-1e-30f)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void The_first_value_outside_is_found_wherever_it_is(float value)
    {
        for (var at = 0; at < 70; at++)
        {
            var values = new float[70];
            values[at] = value;
            values[69] = value;
            Assert.Equal(at, DataRange.Unit.FirstOutside(values));
        }
    }

    [Theory]
    [InlineData(255f, "Expected values from 0 to 1, but value 3 of row 2 is 255. Divide pixels of 0 to 255 by 255.")]
    [InlineData(-1f, "Expected values from 0 to 1, but value 3 of row 2 is -1. Add 1 to values of −1 to 1 and halve them.")]
    [InlineData(float.NaN, "Expected values from 0 to 1, but value 3 of row 2 is NaN.")]
    [InlineData(1000f, "Expected values from 0 to 1, but value 3 of row 2 is 1000.")]
    public void The_message_names_row_place_and_value(float value, string message)
    {
        var values = new float[30];
        values[13] = value;
        var error = Assert.Throws<ArgumentException>(() => DataRange.Unit.Require(values, 5, "batch"));
        Assert.Equal($"{message} (Parameter 'batch')", error.Message);
    }

    [Fact]
    public void A_range_of_ones_own_and_any_finite_number()
    {
        Assert.StartsWith("Expected values from -1 to 1, but value 0 of row 1 is 1.5.",
            Assert.Throws<ArgumentException>(() => new DataRange(-1, 1).Require([-1, 1.5f], 1, "x")).Message);
        Assert.StartsWith("Expected finite numbers, but value 1 of row 0 is Infinity.",
            Assert.Throws<ArgumentException>(() => DataRange.Finite.Require([1, float.PositiveInfinity], 2, "x")).Message);
    }

    [Fact]
    public void Looking_allocates_nothing()
    {
        var values = new float[1000];
        DataRange.Unit.Require(values, 10, "x");
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) DataRange.Unit.Require(values, 10, "x");
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
