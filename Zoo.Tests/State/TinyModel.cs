using System.Collections.Immutable;
using Zoo.Runtime;

namespace Zoo.Tests.State;

/// <summary>
/// A small model in two layouts: as the compiler lays it out (transposed weights, two heads interleaved in one storage, padding) and as
/// PyTorch does.
/// </summary>
internal static class TinyModel
{
    const int Section = 72;

    public static readonly ModelDescription Interleaved = Describe(
        Parameter("encoder.dense1.weight", [3, 5], 0, [1, 4], Init.Default, 5, 3),
        Parameter("encoder.dense1.bias", [3], 20, [1], Init.Default, 5, 3),
        Parameter("encoder.dense2.weight", [2, 3], 32, [1, 4], Init.GlorotUniform, 3, 2),
        Parameter("encoder.dense2.bias", [2], 48, [1], Init.Default, 3, 2),
        Parameter("encoder.dense3.weight", [2, 3], 34, [1, 4], Init.GlorotNormal, 3, 2),
        Parameter("encoder.dense3.bias", [2], 50, [1], Init.Default, 3, 2),
        Parameter("decoder.scale", [], 52, [], Init.Ones, 0, 0),
        Parameter("decoder.kernel", [2, 3, 2], 53, [1, 4, 2], Init.Orthogonal, 0, 0, isTrained: false));

    public static readonly ModelDescription Separate = Describe(
        Parameter("encoder.dense1.weight", [3, 5], 0, [5, 1], Init.Default, 5, 3),
        Parameter("encoder.dense1.bias", [3], 15, [1], Init.Default, 5, 3),
        Parameter("encoder.dense2.weight", [2, 3], 18, [3, 1], Init.GlorotUniform, 3, 2),
        Parameter("encoder.dense2.bias", [2], 24, [1], Init.Default, 3, 2),
        Parameter("encoder.dense3.weight", [2, 3], 26, [3, 1], Init.GlorotNormal, 3, 2),
        Parameter("encoder.dense3.bias", [2], 32, [1], Init.Default, 3, 2),
        Parameter("decoder.scale", [], 34, [], Init.Ones, 0, 0),
        Parameter("decoder.kernel", [2, 3, 2], 35, [6, 2, 1], Init.Orthogonal, 0, 0, isTrained: false));

    /// <summary>A model whose arrays, moments and counters all hold something, different for each <paramref name="seed"/>.</summary>
    public static ModelState Trained(ModelDescription description, int seed)
    {
        var random = new Random(seed);
        var state = new ModelState(description, (ulong)random.NextInt64());
        Fill(state, state.ParameterSection, random);
        Fill(state, state.GradientSection, random);
        foreach (var moment in description.Moments) Fill(state, state.Section(moment), random, moment);
        foreach (var name in state.Hyperparameters.Names) state.Hyperparameters[name] = random.NextSingle();
        state.Steps = random.NextInt64(1L << 40);
        for (var i = 0; i < state.Updates.Length; i++) state.Updates[i] = random.NextInt64(1L << 40);
        // Where a step has no parts, no checkpoint is ever written between them.
        for (var i = 0; i < state.Updates.Length && state.Updates.Length > 1; i++) state.UpdatesInStep[i] = random.NextInt64(100);
        return state;
    }

    /// <summary>All a checkpoint keeps, as bits in PyTorch's layout, so that two layouts can be compared.</summary>
    public static List<long> Bits(ModelState state)
    {
        var bits = new List<long> { (long)state.Seed, state.Steps };
        bits.AddRange(state.Updates);
        bits.AddRange(state.UpdatesInStep);
        foreach (var name in state.Hyperparameters.Names) bits.Add(BitConverter.SingleToInt32Bits(state.Hyperparameters[name]));
        foreach (var moment in state.Description.Moments.Prepend(null))
        {
            foreach (var parameter in state.Parameters.Where(p => moment?.Covers(p.Layout) ?? true))
            {
                var values = new float[parameter.Length];
                parameter.Layout.Gather(moment is null ? state.ParameterSection : state.Section(moment), values, moment?.Start ?? 0);
                bits.AddRange(values.Select(value => (long)BitConverter.SingleToInt32Bits(value)));
            }
        }

        return bits;
    }

    public static float[] Values(Parameter parameter)
    {
        var values = new float[parameter.Length];
        parameter.CopyTo(values);
        return values;
    }

    public static ParameterDescription Parameter(
        string name, ImmutableArray<int> shape, int offset, ImmutableArray<int> strides, Init init, int fanIn, int fanOut,
        bool isTrained = true) =>
        new(name, shape, offset, strides, init, fanIn, fanOut, isTrained);

    public static ModelDescription Describe(params ImmutableArray<ParameterDescription> parameters) => new(
        "TinyModel", "vae", "f1", 4, parameters, Section, 80, Section,
        [new("Elbo", "exp_avg", 160, 0, Section), new("Elbo", "exp_avg_sq", 240, 0, Section)],
        [new("learning_rate", 1e-3f, 320), new("beta", 1f, 321)],
        [new("epsilon", 4, 2, 8, 16)],
        ["Reconstruction", "Divergence", "Elbo"], [new("Elbo", 1, false, 0, 1, 2, [])], 336, 128);

    static void Fill(ModelState state, Span<float> section, Random random, SectionDescription? moment = null)
    {
        foreach (var parameter in state.Parameters.Where(p => moment?.Covers(p.Layout) ?? true))
        {
            // Any bits of a finite number: subnormals and −0 too.
            var values = new float[parameter.Length];
            for (var i = 0; i < values.Length; i++)
            {
                do values[i] = BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue));
                while (!float.IsFinite(values[i]));
            }
            parameter.Layout.Scatter(values, section, moment?.Start ?? 0);
        }
    }
}
