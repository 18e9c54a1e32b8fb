namespace Zoo.Runtime;

/// <summary>
/// First values of a parameter in PyTorch's (row-major) layout, with the bounds and deviations of <c>torch.nn.init</c>. A pure function of
/// seed, name and
/// shape: the layout inside has no part in it.
/// </summary>
internal static class InitialValues
{
    /// <summary>The values of one parameter.</summary>
    /// <exception cref="ArgumentException">The init needs a fan or a second axis that the parameter has not.</exception>
    public static float[] Of(ParameterDescription parameter, ulong seed)
    {
        var columns = parameter.Shape.IsEmpty ? 1 : parameter.Shape[^1];
        var values = new float[parameter.Shape.Aggregate(1, (product, size) => checked(product * size))];
        using var draws = new InitialDraws(seed, parameter.Name);
        switch (parameter.Init)
        {
            case Init.Zeros:
                break;
            case Init.Ones:
                Array.Fill(values, 1f);
                break;
            // torch.nn.Linear: kaiming_uniform_(a = √5) has the bound √(6 / ((1 + 5)·fan_in)), and the bias the same.
            case Init.Default or Init.FanIn:
                Uniform(values, columns, draws, 1 / Math.Sqrt(FanIn(parameter)));
                break;
            case Init.HeUniform:
                Uniform(values, columns, draws, Math.Sqrt(6.0 / FanIn(parameter)));
                break;
            case Init.HeNormal:
                Normal(values, columns, draws, Math.Sqrt(2.0 / FanIn(parameter)));
                break;
            case Init.GlorotUniform:
                Uniform(values, columns, draws, Math.Sqrt(6.0 / (FanIn(parameter) + FanOut(parameter))));
                break;
            case Init.GlorotNormal:
                Normal(values, columns, draws, Math.Sqrt(2.0 / (FanIn(parameter) + FanOut(parameter))));
                break;
            case Init.Normal002:
                Normal(values, columns, draws, 0.02);
                break;
            case Init.Normal001:
                Normal(values, columns, draws, 0.01);
                break;
            case Init.Halves:
                Array.Fill(values, 0.5f);
                break;
            case Init.Normal:
                Normal(values, columns, draws, 1);
                break;
            case Init.Uniform:
                Uniform(values, columns, draws, 1);
                break;
            case Init.Orthogonal:
                if (parameter.Shape.Length < 2)
                    throw new ArgumentException($"Parameter '{parameter.Name}' has {parameter.Shape.Length} axes; an orthogonal init "
                        + "needs at least 2.");
                OrthogonalMatrix.Fill(values, parameter.Shape[0], values.Length / parameter.Shape[0], draws);
                break;
            default:
                throw new ArgumentException($"Parameter '{parameter.Name}' has the unknown init {parameter.Init}.");
        }

        if (parameter.Gain != 1)
            for (var i = 0; i < values.Length; i++) values[i] *= parameter.Gain;
        return values;
    }

    static void Uniform(float[] values, int columns, InitialDraws draws, double bound)
    {
        var scale = (float)bound;
        draws.Uniform(values, columns);
        for (var i = 0; i < values.Length; i++) values[i] = scale * (2 * values[i] - 1);
    }

    static void Normal(float[] values, int columns, InitialDraws draws, double deviation)
    {
        var scale = (float)deviation;
        draws.Normal(values, columns);
        for (var i = 0; i < values.Length; i++) values[i] *= scale;
    }

    static double FanIn(ParameterDescription parameter) => parameter.FanIn >= 1
        ? parameter.FanIn
        : throw new ArgumentException($"Parameter '{parameter.Name}' has fan_in {parameter.FanIn}; the init {parameter.Init} needs "
            + "at least 1.");

    static double FanOut(ParameterDescription parameter) => parameter.FanOut >= 1
        ? parameter.FanOut
        : throw new ArgumentException($"Parameter '{parameter.Name}' has fan_out {parameter.FanOut}; the init {parameter.Init} needs "
            + "at least 1.");
}
