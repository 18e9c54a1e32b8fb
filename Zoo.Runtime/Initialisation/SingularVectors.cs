namespace Zoo.Runtime;

/// <summary>
/// First values of the vectors of power iterations: random directions, then so many steps with the first weights, as
/// <c>torch.nn.utils.parametrizations.spectral_norm</c> begins. A model that is evaluated before it was trained has them then too.
/// </summary>
static class SingularVectors
{
    const int Steps = 15;

    // As PyTorch's: a direction of length 0 stays one.
    const double Smallest = 1e-12;

    /// <summary>Sets all of them that there are among a model's parameters.</summary>
    public static void Begin(ParameterSet parameters)
    {
        foreach (var left in parameters)
        {
            if (left.Description.Vector is not { IsLeft: true } vector) continue;
            var right = parameters.First(p => p.Description.Vector is { IsLeft: false } other && other.Weight == vector.Weight);
            var matrix = Rows(parameters[vector.Weight], vector.OutputAxis);
            var (u, v) = (Direction(Values(left)), Direction(Values(right)));
            for (var step = 0; step < Steps; step++)
            {
                u = Direction(Array.ConvertAll(matrix, row => Dot(row, v)));
                v = Direction([.. Enumerable.Range(0, v.Length).Select(j => Enumerable.Range(0, u.Length).Sum(i => matrix[i][j] * u[i]))]);
            }
            left.CopyFrom(Array.ConvertAll(u, x => (float)x));
            right.CopyFrom(Array.ConvertAll(v, x => (float)x));
        }
    }

    static double[][] Rows(Parameter weight, int outputAxis)
    {
        var values = Values(weight);
        // In front of the axis of outputs, the axis, and behind it.
        var (outer, outputs) = (1, weight.Shape[outputAxis]);
        for (var axis = 0; axis < outputAxis; axis++) outer *= weight.Shape[axis];
        var inner = values.Length / outer / outputs;
        return
        [
            .. Enumerable.Range(0, outputs).Select(row =>
                Enumerable.Range(0, outer * inner).Select(j => values[(j / inner * outputs + row) * inner + j % inner]).ToArray()),
        ];
    }

    static double[] Values(Parameter parameter)
    {
        var values = new float[parameter.Length];
        parameter.CopyTo(values);
        return Array.ConvertAll(values, x => (double)x);
    }

    static double[] Direction(double[] vector)
    {
        var norm = Math.Max(Math.Sqrt(Dot(vector, vector)), Smallest);
        return Array.ConvertAll(vector, x => x / norm);
    }

    static double Dot(double[] a, double[] b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }
}
