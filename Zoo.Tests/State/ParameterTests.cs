using Xunit;
using Zoo.Runtime;
using static Zoo.Tests.State.TinyModel;

namespace Zoo.Tests.State;

public class ParameterTests
{
    [Fact]
    public void Element_of_a_transposed_padded_weight_lies_where_the_strides_say()
    {
        using var state = new ModelState(Interleaved, 1);
        var weight = state.Parameters["encoder.dense1.weight"];
        weight.CopyFrom([.. Enumerable.Range(0, 15).Select(i => (float)i)]);
        for (var output = 0; output < 3; output++)
        {
            for (var input = 0; input < 5; input++) Assert.Equal(output * 5 + input, state.State[output + 4 * input]);
        }
    }

    [Fact]
    public void Interleaved_heads_do_not_touch_each_other_nor_the_padding()
    {
        using var state = new ModelState(Interleaved, 1);
        foreach (var parameter in state.Parameters) parameter.CopyFrom(new float[parameter.Length]);
        state.Parameters["encoder.dense2.weight"].CopyFrom([1, 2, 3, 4, 5, 6]);
        state.Parameters["encoder.dense3.weight"].CopyFrom([7, 8, 9, 10, 11, 12]);
        Assert.Equal([1f, 4, 7, 10, 2, 5, 8, 11, 3, 6, 9, 12], state.ParameterSection[32..44].ToArray());
        Assert.Equal([1f, 2, 3, 4, 5, 6], Values(state.Parameters["encoder.dense2.weight"]));
        Assert.Equal(78f, state.ParameterSection.ToArray().Sum());
    }

    [Fact]
    public void Three_axes_and_none_are_copied_both_ways()
    {
        using var state = new ModelState(Interleaved, 1);
        float[] values = [.. Enumerable.Range(1, 12).Select(i => (float)i)];
        state.Parameters["decoder.kernel"].CopyFrom(values);
        state.Parameters["decoder.scale"].CopyFrom([42]);
        Assert.Equal(values, Values(state.Parameters["decoder.kernel"]));
        // Element (1, 2, 0) is the 11th of PyTorch's order.
        Assert.Equal(11f, state.State[53 + 1 + 2 * 4]);
        Assert.Equal(42f, state.State[52]);
        Assert.True(state.Parameters["decoder.scale"].Shape.IsEmpty);
    }

    [Fact]
    public void Gradients_are_read_in_the_same_layout_and_lie_flat()
    {
        using var state = new ModelState(Interleaved, 1);
        Assert.Equal(Interleaved.ParameterFloats, state.Parameters.FlatGradients.Length);
        state.Parameters.FlatGradients[34 + 1 + 4 * 2] = 5;
        var gradient = new float[6];
        state.Parameters["encoder.dense3.weight"].CopyGradientTo(gradient);
        Assert.Equal([0f, 0, 0, 0, 0, 5], gradient);
        Assert.Equal(5f, state.State[Interleaved.GradientOffset + 34 + 1 + 4 * 2]);
    }

    [Theory]
    [InlineData(14)]
    [InlineData(16)]
    [InlineData(0)]
    public void A_wrong_length_names_the_parameter_and_both_numbers(int length)
    {
        using var state = new ModelState(Interleaved, 1);
        var weight = state.Parameters["encoder.dense1.weight"];
        foreach (var copy in new Action[]
                 {
                     () => weight.CopyTo(new float[length]), () => weight.CopyFrom(new float[length]),
                     () => weight.CopyGradientTo(new float[length]),
                 })
        {
            var message = Assert.Throws<ArgumentException>(copy).Message;
            Assert.Contains("encoder.dense1.weight", message, StringComparison.Ordinal);
            Assert.Contains("has 15 elements", message, StringComparison.Ordinal);
            Assert.Contains($"has {length}.", message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_set_finds_by_name_and_by_ordinal_and_refuses_others()
    {
        using var state = new ModelState(Interleaved, 1);
        Assert.Equal(8, state.Parameters.Count);
        Assert.Same(state.Parameters[2], state.Parameters["encoder.dense2.weight"]);
        Assert.Equal(Interleaved.Parameters.Select(p => p.Name), state.Parameters.Select(p => p.Name));
        Assert.False(state.Parameters["decoder.kernel"].IsTrained);
        Assert.Equal("encoder.dense1.weight [3, 5]", state.Parameters[0].ToString());
        var message = Assert.Throws<KeyNotFoundException>(() => state.Parameters["encoder.dense9.weight"]).Message;
        Assert.Contains("encoder.dense9.weight", message, StringComparison.Ordinal);
        Assert.Contains("decoder.kernel", message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => state.Parameters[8]);
        Assert.Throws<ArgumentOutOfRangeException>(() => state.Parameters[-1]);
    }
}
