using System.Runtime.CompilerServices;
using Xunit;
using Zoo.Runtime;
using static Zoo.Tests.State.TinyModel;

namespace Zoo.Tests.State;

public class ModelStateTests
{
    [Fact]
    public void A_new_model_has_initial_hyperparameters_and_zero_moments_and_counters()
    {
        using var state = new ModelState(Interleaved, 7);
        Assert.Equal(["learning_rate", "beta"], state.Hyperparameters.Names);
        Assert.Equal(1e-3f, state.Hyperparameters["learning_rate"]);
        Assert.Equal(1f, state.State[321]);
        Assert.All(state.Section(state.Description.Moments[0]).ToArray(), value => Assert.Equal(0, value));
        Assert.All(state.GradientSection.ToArray(), value => Assert.Equal(0, value));
        Assert.Equal((7UL, 0L), (state.Seed, state.Steps));
        Assert.Equal([0L], state.Updates);
    }

    [Fact]
    public void Hyperparameters_are_set_in_memory_and_refuse_what_is_no_number()
    {
        using var state = new ModelState(Interleaved, 1);
        state.Hyperparameters["beta"] = 4;
        Assert.Equal(4f, state.State[321]);
        foreach (var value in new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity })
            Assert.Contains("'beta'", Assert.Throws<ArgumentException>(() => state.Hyperparameters["beta"] = value).Message,
                StringComparison.Ordinal);
        Assert.Equal(4f, state.Hyperparameters["beta"]);
        var message = Assert.Throws<KeyNotFoundException>(() => state.Hyperparameters["lr"]).Message;
        Assert.Contains("'lr'", message, StringComparison.Ordinal);
        Assert.Contains("learning_rate, beta", message, StringComparison.Ordinal);
        Assert.Throws<KeyNotFoundException>(() => state.Hyperparameters["lr"] = 1);
    }

    [Fact]
    public void Draws_are_copied_without_their_padding()
    {
        using var state = new ModelState(Interleaved, 1);
        var activations = state.Activations;
        for (var i = 0; i < 128; i++) activations[i] = i;
        var epsilon = new float[state.Draws.Length("epsilon")];
        state.Draws.CopyTo("epsilon", epsilon);
        Assert.Equal([8f, 9, 24, 25, 40, 41, 56, 57], epsilon);
        Assert.Equal(["epsilon"], state.Draws.Names);
        Assert.Throws<KeyNotFoundException>(() => state.Draws.Length("z"));
        var message = Assert.Throws<ArgumentException>(() => state.Draws.CopyTo("epsilon", new float[7])).Message;
        Assert.Contains("8 elements (4 × 2); the span given has 7", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Everything_after_dispose_is_an_object_disposed_exception()
    {
        var state = new ModelState(Interleaved, 1);
        var weight = state.Parameters[0];
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        state.Dispose();
        state.Dispose();
        foreach (var use in new Action[]
                 {
                     () => weight.CopyTo(new float[15]), () => weight.CopyFrom(new float[15]), () => weight.CopyGradientTo(new float[15]),
                     () => state.Parameters.FlatGradients.Clear(), () => _ = state.Hyperparameters["beta"],
                     () => state.Hyperparameters["beta"] = 1,
                     () => state.Draws.CopyTo("epsilon", new float[8]), () => state.Draws.Length("epsilon"), () => _ = state.State,
                     () => _ = state.Activations,
                     () => state.Save(path), () => state.Load(path), state.ThrowIfDisposed,
                 })
            Assert.Contains("TinyModel", Assert.Throws<ObjectDisposedException>(use).Message, StringComparison.Ordinal);
        Assert.False(File.Exists(path));
    }

    [Fact]
    public void Nothing_keeps_a_dropped_model()
    {
        var models = new List<WeakReference>();
        for (var i = 0; i < 20; i++) models.Add(Drop());
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.All(models, model => Assert.False(model.IsAlive));
    }

    [Fact]
    public void A_parameter_keeps_its_model_alive()
    {
        var weight = Orphan();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.Equal(Enumerable.Repeat(3f, 15), Values(weight));
    }

    [Fact]
    public void A_description_that_does_not_fit_together_is_refused()
    {
        Refused(Interleaved with { StateFloats = 300 }, "exp_avg_sq");
        Refused(Interleaved with { GradientOffset = -1 }, "gradients");
        Refused(Interleaved with { ActivationFloats = 57 }, "epsilon");
        Refused(Interleaved with { Hyperparameters = [new("beta", 1, 336)] }, "beta");
        Refused(Interleaved with { Hyperparameters = [new("beta", float.NaN, 0)] }, "beta");
        Refused(Describe(Parameter("a.weight", [2, 3], 0, [1], Init.Zeros, 1, 1)), "a.weight");
        Refused(Describe(Parameter("a.weight", [2, 3], 60, [1, 6], Init.Zeros, 1, 1)), "a.weight");
        Refused(Describe(Parameter("a.weight", [2, 0], 0, [1, 2], Init.Zeros, 1, 1)), "a.weight");
        Refused(Describe(Parameter("a.weight", [2, 3], 0, [3, 1], Init.Default, 0, 0)), "fan_in");
        Refused(Describe(Parameter("a.weight", [2, 3], 0, [3, 1], Init.GlorotNormal, 3, 0)), "fan_out");
        Refused(Describe(Parameter("a.weight", [6], 0, [1], Init.Orthogonal, 3, 2)), "a.weight");
        Refused(Describe(Parameter("state.seed", [1], 0, [1], Init.Zeros, 1, 1)), "state.seed");
    }

    static void Refused(ModelDescription description, string named) =>
        Assert.Contains(named, Assert.ThrowsAny<ArgumentException>(() => new ModelState(description, 1)).Message, StringComparison.Ordinal);

    [MethodImpl(MethodImplOptions.NoInlining)]
    static WeakReference Drop() => new(new ModelState(Interleaved, 1));

    [MethodImpl(MethodImplOptions.NoInlining)]
    static Parameter Orphan()
    {
        var weight = new ModelState(Interleaved, 1).Parameters[0];
        weight.CopyFrom([.. Enumerable.Repeat(3f, 15)]);
        return weight;
    }
}
