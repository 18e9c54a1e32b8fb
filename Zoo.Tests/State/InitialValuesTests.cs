using System.Collections.Immutable;
using Xunit;
using Zoo.Runtime;
using static Zoo.Tests.State.TinyModel;

namespace Zoo.Tests.State;

public class InitialValuesTests
{
    const int FanIn = 150, FanOut = 400;

    [Theory]
    [InlineData(Init.Default, 0.081649658)] // 1/√150
    [InlineData(Init.HeUniform, 0.2)] // √(6/150)
    [InlineData(Init.GlorotUniform, 0.104446594)] // √(6/550)
    [InlineData(Init.FanIn, 0.081649658)]
    [InlineData(Init.Uniform, 1)]
    public void Uniform_inits_fill_their_bounds(Init init, double bound)
    {
        var values = Draw(init);
        var largest = values.Max(Math.Abs);
        Assert.InRange(largest, bound * 0.999, bound * 1.0000001);
        CheckMoments(values, bound / Math.Sqrt(3), fourthOverVariance: 1.8);
    }

    [Theory]
    [InlineData(Init.HeNormal, 0.115470054)] // √(2/150)
    [InlineData(Init.GlorotNormal, 0.060302269)] // √(2/550)
    [InlineData(Init.Normal002, 0.02)]
    [InlineData(Init.Normal, 1)]
    public void Normal_inits_have_their_deviation(Init init, double deviation) =>
        CheckMoments(Draw(init), deviation, fourthOverVariance: 3);

    /// <summary>A deviation, a bound, and the factor on an orthogonal matrix are one number.</summary>
    [Theory]
    [InlineData(Init.Normal)]
    [InlineData(Init.Uniform)]
    [InlineData(Init.HeNormal)]
    [InlineData(Init.Orthogonal)]
    [InlineData(Init.Ones)]
    public void A_gain_multiplies_what_is_drawn(Init init)
    {
        var parameter = Parameter("a.weight", [12, 30], 0, [30, 1], init, 30, 12);
        var plain = InitialValues.Of(parameter, 4);
        Assert.Equal(plain.Select(v => 0.3f * v), InitialValues.Of(parameter with { Gain = 0.3f }, 4));
        if (init != Init.Normal) return;
        Assert.Equal(InitialValues.Of(parameter with { Init = Init.Normal002 }, 4), InitialValues.Of(parameter with { Gain = 0.02f }, 4));
    }

    [Fact]
    public void Constants_are_constant()
    {
        Assert.All(Draw(Init.Zeros), value => Assert.Equal(0, value));
        Assert.All(Draw(Init.Ones), value => Assert.Equal(1, value));
    }

    [Theory]
    [InlineData(Init.HeUniform)]
    [InlineData(Init.HeNormal)]
    public void Values_are_the_draws_that_the_generator_defines_element_by_element(Init init)
    {
        // Rows of 13 end within a block of four, and no vector of blocks holds a whole number of them.
        const int rows = 37, columns = 13;
        var values = InitialValues.Of(Parameter("a.weight", [rows, columns], 0, [columns, 1], init, columns, rows), 11);
        var key = Philox.DrawKey(11, "init:a.weight");
        var scale = (float)Math.Sqrt((init == Init.HeUniform ? 6.0 : 2.0) / columns);
        for (var i = 0; i < values.Length; i++)
        {
            var (row, column) = (i / columns, i % columns);
            var expected = init == Init.HeUniform
                ? scale * (2 * Philox.Uniform(key, 0, 0, row, column) - 1)
                : scale * Philox.Normal(key, 0, 0, row, column);
            Assert.Equal(BitConverter.SingleToInt32Bits(expected), BitConverter.SingleToInt32Bits(values[i]));
        }
    }

    [Fact]
    public void A_bias_is_drawn_within_the_bound_of_its_weight()
    {
        var values = InitialValues.Of(Parameter("a.bias", [10_000], 0, [1], Init.Default, 25, 10_000), 3);
        Assert.InRange(values.Max(Math.Abs), 0.199, 0.2000001);
    }

    [Theory]
    [InlineData(40, 40)]
    [InlineData(7, 60)]
    [InlineData(60, 7)]
    [InlineData(1, 1)]
    [InlineData(1, 5)]
    public void Orthogonal_rows_or_columns_are_orthonormal(int rows, int columns)
    {
        var q = InitialValues.Of(Parameter("a.weight", [rows, columns], 0, [columns, 1], Init.Orthogonal, columns, rows), 5);
        var (count, size) = (Math.Min(rows, columns), Math.Max(rows, columns));
        float At(int vector, int i) => rows <= columns ? q[vector * columns + i] : q[i * columns + vector];
        for (var a = 0; a < count; a++)
        {
            for (var b = 0; b <= a; b++)
            {
                var dot = Enumerable.Range(0, size).Sum(i => (double)At(a, i) * At(b, i));
                Assert.Equal(a == b ? 1 : 0, dot, 1e-6);
            }
        }
    }

    [Fact]
    public void Orthogonal_of_more_axes_is_the_matrix_of_the_first_against_the_rest()
    {
        var q = InitialValues.Of(Parameter("a.weight", [3, 2, 4], 0, [8, 4, 1], Init.Orthogonal, 8, 3), 5);
        for (var row = 0; row < 3; row++) Assert.Equal(1, Enumerable.Range(0, 8).Sum(i => (double)q[row * 8 + i] * q[row * 8 + i]), 1e-6);
    }

    [Fact]
    public void Values_do_not_depend_on_the_layout_inside()
    {
        using var interleaved = new ModelState(Interleaved, 11);
        using var separate = new ModelState(Separate, 11);
        Assert.NotEqual(interleaved.ParameterSection.ToArray(), separate.ParameterSection.ToArray());
        Assert.Equal(Bits(separate), Bits(interleaved));
    }

    [Fact]
    public void Padding_stays_zero()
    {
        using var state = new ModelState(Interleaved, 11);
        foreach (var parameter in state.Parameters) parameter.CopyFrom(new float[parameter.Length]);
        Assert.All(state.ParameterSection.ToArray(), value => Assert.Equal(0, value));
    }

    [Fact]
    public void Seed_and_name_decide()
    {
        float[] Of(string name, ulong seed) => InitialValues.Of(Parameter(name, [8, 8], 0, [8, 1], Init.HeNormal, 8, 8), seed);
        Assert.Equal(Of("a", 1), Of("a", 1));
        Assert.NotEqual(Of("a", 1), Of("b", 1));
        Assert.NotEqual(Of("a", 1), Of("a", 2));
        Assert.Equal(64, Of("a", 1).Distinct().Count());
    }

    static float[] Draw(Init init) => InitialValues.Of(Parameter("a.weight", [FanOut, FanIn], 0, [FanIn, 1], init, FanIn, FanOut), 3);

    // 60,000 draws: the bounds are about five standard errors wide.
    static void CheckMoments(float[] values, double deviation, double fourthOverVariance)
    {
        var variance = deviation * deviation;
        var n = values.Length;
        Assert.Equal(0, values.Average(value => (double)value) / deviation, 5 / Math.Sqrt(n));
        Assert.Equal(1, values.Average(value => (double)value * value) / variance, 5 * Math.Sqrt((fourthOverVariance - 1) / n));
        Assert.Equal(fourthOverVariance, values.Average(value => Math.Pow(value, 4)) / (variance * variance), 0.25);
    }
}
