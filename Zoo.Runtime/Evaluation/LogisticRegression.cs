using Zoo.Runtime;

namespace Zoo;

/// <summary>
/// Multinomial logistic regression, fitted until it has converged: what of the labels a linear classifier reads from codes or features.
/// It minimises ½·‖W‖² + C·Σ −log p(label|x) with p = softmax(W·x + b) by L-BFGS (Liu and Nocedal 1989;
/// Nocedal and Wright 2006), in double precision; biases have no penalty. The minimum is one: neither a seed nor a learning rate decides.
/// </summary>
public sealed class LogisticRegression
{
    // Pairs of steps and changes of the gradient that are remembered; rows of examples that one task of the sum takes.
    const int Memory = 10, RowsOfTask = 512;

    readonly double[] weights, biases;

    LogisticRegression(double[] weights, double[] biases, int size, int iterations, bool hasConverged)
    {
        (this.weights, this.biases, Size) = (weights, biases, size);
        (Iterations, HasConverged) = (iterations, hasConverged);
    }

    /// <summary>Numbers of a row.</summary>
    public int Size { get; }

    /// <summary>Labels are from 0 to this less one.</summary>
    public int Classes => biases.Length;

    /// <summary>W, [classes × <see cref="Size"/>].</summary>
    public ReadOnlySpan<double> Weights => weights;

    /// <summary>b, one for each class.</summary>
    public ReadOnlySpan<double> Biases => biases;

    /// <summary>Steps that it took.</summary>
    public int Iterations { get; }

    /// <summary>
    /// Whether the largest partial derivative fell below the tolerance. If not, more iterations would still have changed the answer.
    /// </summary>
    public bool HasConverged { get; }

    /// <summary>Fits a classifier to examples.</summary>
    /// <param name="examples">[count × <paramref name="size"/>], at least one row of finite numbers.</param>
    /// <param name="labels">One for each example, from 0 to <paramref name="classes"/> − 1.</param>
    /// <param name="size">Numbers of a row, at least 1.</param>
    /// <param name="classes">Classes, at least 2.</param>
    /// <param name="penalty">C, what the examples weigh beside ½·‖W‖²; larger is less regularised. Positive.</param>
    /// <param name="tolerance">It has converged when no partial derivative of the objective, divided by C times the number of examples, is
    /// larger. Positive.</param>
    /// <param name="mostIterations">Steps after which it stops in any case, at least 1.</param>
    /// <param name="threads">Threads to compute with, at least 1; the result does not depend on it.</param>
    /// <param name="progress">Is told log₁₀ of the largest partial derivative over the tolerance, after every step.</param>
    /// <exception cref="ArgumentException">
    /// No example, part of a row, a value that is not finite, another number of labels than of rows, or a label that is no class.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public static LogisticRegression Fit(
        ReadOnlyMemory<float> examples, ReadOnlyMemory<int> labels, int size, int classes, double penalty = 1, double tolerance = 1e-6,
        int mostIterations = 10_000, int threads = 1, IProgress<double>? progress = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(mostIterations, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        CheckPositive(penalty, nameof(penalty));
        CheckPositive(tolerance, nameof(tolerance));
        if (examples.IsEmpty) throw new ArgumentException("Expected at least one example, got none.", nameof(examples));
        NearestNeighbour.CheckRows(examples.Span, labels.Length, size, nameof(examples));
        CheckLabels(labels.Span, classes, nameof(labels));

        var objective = new Objective(examples, labels, size, classes, penalty, threads);
        var point = new double[classes * (size + 1)];
        var (iterations, hasConverged) = Minimise(objective, point, tolerance, mostIterations, progress);
        return new(point[..(classes * size)], point[(classes * size)..], size, iterations, hasConverged);
    }

    /// <summary>The most probable class of each row; of several the first.</summary>
    /// <param name="x">[count × <see cref="Size"/>], finite numbers.</param>
    /// <param name="predicted">Receives a label for each row.</param>
    /// <exception cref="ArgumentException">Part of a row, a value that is not finite, or room for another number of labels.</exception>
    public void Classify(ReadOnlySpan<float> x, Span<int> predicted)
    {
        NearestNeighbour.CheckRows(x, predicted.Length, Size, nameof(x));
        Span<double> row = new double[Size], logits = new double[Classes];
        for (var i = 0; i < predicted.Length; i++)
        {
            for (var j = 0; j < Size; j++) row[j] = x[i * Size + j];
            for (var c = 0; c < Classes; c++) logits[c] = biases[c] + DoubleRows.Dot(weights.AsSpan(c * Size, Size), row);
            var best = 0;
            for (var c = 1; c < Classes; c++)
                if (logits[c] > logits[best]) best = c;
            predicted[i] = best;
        }
    }

    /// <summary>The part of rows whose most probable class is their label, 0 to 1.</summary>
    /// <param name="x">[count × <see cref="Size"/>], at least one row of finite numbers.</param>
    /// <param name="labels">One for each row.</param>
    /// <exception cref="ArgumentException">No row, part of a row, a value that is not finite, or another number of labels.</exception>
    public double Accuracy(ReadOnlySpan<float> x, ReadOnlySpan<int> labels)
    {
        if (labels.IsEmpty) throw new ArgumentException("Expected at least one row, got none.", nameof(labels));
        var predicted = new int[labels.Length];
        Classify(x, predicted);
        var right = 0;
        for (var i = 0; i < predicted.Length; i++)
            if (predicted[i] == labels[i]) right++;
        return (double)right / predicted.Length;
    }

    static void CheckPositive(double value, string name)
    {
        if (!(value > 0 && double.IsFinite(value)))
            throw new ArgumentOutOfRangeException(name, value, $"Expected a finite number above 0, but got {value}.");
    }

    static void CheckLabels(ReadOnlySpan<int> labels, int classes, string name)
    {
        for (var row = 0; row < labels.Length; row++)
            if ((uint)labels[row] >= (uint)classes)
                throw new ArgumentException($"Expected labels from 0 to {classes - 1}, but row {row} has {labels[row]}.", name);
    }

    /// <summary>
    /// L-BFGS from <paramref name="point"/>, with steps that are halved until they descend enough (Armijo's condition). Near the minimum
    /// differences of the value are rounding; there the slope decides instead (Hager and Zhang 2005).
    /// </summary>
    static (int Iterations, bool HasConverged) Minimise(
        Objective objective, double[] point, double tolerance, int mostIterations, IProgress<double>? progress)
    {
        var length = point.Length;
        double[] gradient = new double[length], next = new double[length], nextGradient = new double[length], step = new double[length];
        var (steps, changes, curvatures) = (new Queue<double[]>(), new Queue<double[]>(), new Queue<double>());
        var value = objective.At(point, gradient);
        for (var iteration = 0; iteration < mostIterations; iteration++)
        {
            var largest = Largest(gradient);
            progress?.Report(Math.Log10(largest / tolerance));
            if (largest <= tolerance) return (iteration, true);
            Descend(gradient, [.. steps], [.. changes], [.. curvatures], step);
            var slope = DoubleRows.Dot(gradient, step);
            if (!(slope < 0))
            {
                // Rounding has made the remembered curvature useless: begin again downhill.
                (steps, changes, curvatures) = (new(), new(), new());
                for (var i = 0; i < length; i++) step[i] = -gradient[i];
                slope = -DoubleRows.Dot(gradient, gradient);
            }
            // Without a remembered curvature the gradient says nothing about how far to go.
            var scale = steps.Count == 0 ? Math.Min(1, 1 / Math.Sqrt(-slope)) : 1;
            double nextValue;
            while (true)
            {
                for (var i = 0; i < length; i++) next[i] = point[i] + scale * step[i];
                nextValue = objective.At(next, nextGradient);
                if (nextValue <= value + 1e-4 * scale * slope) break;
                if (nextValue <= value + 1e-14 * Math.Abs(value) && Math.Abs(DoubleRows.Dot(nextGradient, step)) <= -slope) break;
                scale /= 2;
                // No step of this precision descends any more.
                if (scale < 1e-12) return (iteration, false);
            }
            double[] moved = new double[length], changed = new double[length];
            for (var i = 0; i < length; i++) (moved[i], changed[i]) = (next[i] - point[i], nextGradient[i] - gradient[i]);
            if (DoubleRows.Dot(moved, changed) is var curvature and > 0)
            {
                steps.Enqueue(moved);
                changes.Enqueue(changed);
                curvatures.Enqueue(curvature);
                if (steps.Count > Memory)
                {
                    steps.Dequeue();
                    changes.Dequeue();
                    curvatures.Dequeue();
                }
            }
            next.CopyTo(point, 0);
            (gradient, nextGradient, value) = (nextGradient, gradient, nextValue);
        }
        return (mostIterations, Largest(gradient) <= tolerance);

        static double Largest(double[] values) => values.Max(Math.Abs);
    }

    /// <summary>−H·g, with the inverse Hessian H that the remembered steps tell of: the two loops of L-BFGS.</summary>
    static void Descend(double[] gradient, double[][] steps, double[][] changes, double[] curvatures, double[] step)
    {
        for (var i = 0; i < step.Length; i++) step[i] = -gradient[i];
        if (steps.Length == 0) return;
        var along = new double[steps.Length];
        for (var k = steps.Length - 1; k >= 0; k--)
        {
            along[k] = DoubleRows.Dot(steps[k], step) / curvatures[k];
            DoubleRows.Add(step, -along[k], changes[k]);
        }
        var scale = curvatures[^1] / DoubleRows.Dot(changes[^1], changes[^1]);
        for (var i = 0; i < step.Length; i++) step[i] *= scale;
        for (var k = 0; k < steps.Length; k++) DoubleRows.Add(step, along[k] - DoubleRows.Dot(changes[k], step) / curvatures[k], steps[k]);
    }

    /// <summary>The objective over C·count, so that its derivatives have one size whatever the data's: weights, then biases.</summary>
    sealed class Objective
    {
        readonly double[] rows;
        readonly ReadOnlyMemory<int> labels;
        readonly int size, classes, count;
        readonly double decay;
        readonly double[][] gradients;
        readonly double[] values;
        readonly ParallelOptions parallel;

        public Objective(
            ReadOnlyMemory<float> examples, ReadOnlyMemory<int> labels, int size, int classes, double penalty, int threads)
        {
            (this.labels, this.size, this.classes, count) = (labels, size, classes, labels.Length);
            rows = new double[examples.Length];
            for (var i = 0; i < rows.Length; i++) rows[i] = examples.Span[i];
            decay = 1 / (penalty * count);
            var tasks = (count + RowsOfTask - 1) / RowsOfTask;
            gradients = [.. Enumerable.Range(0, tasks).Select(_ => new double[classes * (size + 1)])];
            values = new double[tasks];
            parallel = new() { MaxDegreeOfParallelism = threads };
        }

        /// <summary>The value; writes the gradient. Tasks add up in their order, so that threads do not change a bit.</summary>
        public double At(double[] point, double[] gradient)
        {
            if (parallel.MaxDegreeOfParallelism == 1) for (var task = 0; task < values.Length; task++) Sum(task, point);
            else Parallel.For(0, values.Length, parallel, task => Sum(task, point));
            Array.Clear(gradient);
            var value = 0.0;
            for (var task = 0; task < values.Length; task++)
            {
                value += values[task];
                DoubleRows.Add(gradient, 1.0 / count, gradients[task]);
            }
            var weights = point.AsSpan(0, classes * size);
            DoubleRows.Add(gradient.AsSpan(0, weights.Length), decay, weights);
            return value / count + decay / 2 * DoubleRows.Dot(weights, weights);
        }

        void Sum(int task, double[] point)
        {
            var gradient = gradients[task];
            Array.Clear(gradient);
            Span<double> logits = stackalloc double[Math.Min(classes, 256)];
            if (classes > 256) logits = new double[classes];
            var value = 0.0;
            for (var row = task * RowsOfTask; row < Math.Min(count, (task + 1) * RowsOfTask); row++)
            {
                var x = rows.AsSpan(row * size, size);
                var largest = double.NegativeInfinity;
                for (var c = 0; c < classes; c++)
                {
                    logits[c] = point[classes * size + c] + DoubleRows.Dot(point.AsSpan(c * size, size), x);
                    largest = Math.Max(largest, logits[c]);
                }
                var own = logits[labels.Span[row]] - largest;
                var total = 0.0;
                for (var c = 0; c < classes; c++) total += logits[c] = Math.Exp(logits[c] - largest);
                value += Math.Log(total) - own;
                for (var c = 0; c < classes; c++)
                {
                    var error = logits[c] / total - (c == labels.Span[row] ? 1 : 0);
                    gradient[classes * size + c] += error;
                    DoubleRows.Add(gradient.AsSpan(c * size, size), error, x);
                }
            }
            values[task] = value;
        }
    }
}
