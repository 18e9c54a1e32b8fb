namespace Zoo.Runtime;

/// <summary>
/// Chains of some examples, as rows of one call of the decoder, on their way from the base to the posterior. Momenta are standard normal in
/// coordinates in which the base is, which is a mass matrix of its inverse variances (Neal 2011).
/// </summary>
sealed unsafe class HamiltonianChains : IDisposable
{
    // log ε moves by so much for an acceptance that is off by 1.
    const double Gain = 0.15;
    const double LeastStep = 1e-4, MostStep = 1.5;

    // Steps vary by it to either side.
    const double Variation = 0.2;

    readonly IDecoderLikelihood decoder;
    readonly AnnealingSettings settings;
    readonly Worker worker = new(0, 1, WidthSwitch.Read());
    readonly ulong startKey, momentumKey, choiceKey;
    readonly int size;

    readonly float[] x, mean, scale, z, gradient, trial, trialGradient, momentum, choices, likelihood, trialLikelihood;
    readonly double[] logWeights, energies, steps;
    int rows, first;

    /// <param name="decoder">The density.</param>
    /// <param name="seed">Of the draws.</param>
    /// <param name="stream">Sets the draws of these chains apart from others' of the seed.</param>
    /// <param name="examples">The most at a time.</param>
    /// <param name="chains">Of each example.</param>
    /// <param name="settings">How they go.</param>
    public HamiltonianChains(
        IDecoderLikelihood decoder, ulong seed, string stream, int examples, int chains, AnnealingSettings settings)
    {
        (this.decoder, this.settings, Chains, size) = (decoder, settings, chains, decoder.CodeSize);
        (startKey, momentumKey) = (Philox.DrawKey(seed, stream + ":start"), Philox.DrawKey(seed, stream + ":momentum"));
        choiceKey = Philox.DrawKey(seed, stream + ":choice");
        var most = checked(examples * chains);
        float[] Codes() => new float[checked(most * size)];
        (x, mean, scale, z, gradient) = (new float[checked(most * decoder.ExampleSize)], Codes(), Codes(), Codes(), Codes());
        (trial, trialGradient, momentum, choices) = (Codes(), Codes(), Codes(), new float[most * 2]);
        (likelihood, trialLikelihood) = (new float[most], new float[most]);
        (logWeights, energies, steps) = (new double[most], new double[most], new double[most]);
    }

    /// <summary>Of each example.</summary>
    public int Chains { get; }

    /// <summary>log w of each chain.</summary>
    public ReadOnlySpan<double> LogWeights => logWeights.AsSpan(0, rows);

    public void Dispose() => worker.Release();

    /// <summary>Draws codes from the base.</summary>
    /// <param name="examples">No more than there is room for.</param>
    /// <param name="means">Of the base; empty for the prior.</param>
    /// <param name="logVariances">Of the base; empty for the prior.</param>
    /// <param name="firstExample">Ordinal of the first, which the draws depend on.</param>
    public void Begin(ReadOnlySpan<float> examples, ReadOnlySpan<float> means, ReadOnlySpan<float> logVariances, int firstExample)
    {
        var (width, count) = (decoder.ExampleSize, examples.Length / decoder.ExampleSize);
        (rows, first) = (count * Chains, firstExample * Chains);
        for (var row = 0; row < rows; row++)
        {
            var example = row / Chains;
            examples.Slice(example * width, width).CopyTo(x.AsSpan(row * width));
            for (var j = 0; j < size; j++)
            {
                var at = example * size + j;
                (mean[row * size + j], scale[row * size + j]) = means.IsEmpty ? (0, 1) : (means[at], MathF.Exp(logVariances[at] / 2));
            }
        }
        Draw(startKey, z, size, 0, isNormal: true);
        for (var i = 0; i < rows * size; i++) z[i] = mean[i] + scale[i] * z[i];
        logWeights.AsSpan().Clear();
        Evaluate(z, likelihood, gradient);
        for (var row = 0; row < rows; row++)
            if (float.IsNaN(likelihood[row]))
                throw new InvalidOperationException(
                    $"log p(x|z) of example {firstExample + row / Chains} is NaN at a code drawn from the base.");
    }

    /// <summary>Takes them through all β; the last needs no proposal, since nothing is weighed after it.</summary>
    /// <param name="schedule">β from 0 to 1.</param>
    /// <param name="sizes">[examples × temperatures] step sizes, which are read, or written where they adapt.</param>
    /// <param name="adapts">Whether step sizes follow the acceptance.</param>
    /// <param name="progress">Is told the part that is done.</param>
    /// <returns>Mean part of proposals that were accepted; 1 where there was none.</returns>
    public double Anneal(double[] schedule, double[] sizes, bool adapts, Action<double> progress)
    {
        var (examples, accepted, proposals) = (rows / Chains, 0.0, 0);
        var current = new double[examples];
        Array.Fill(current, Math.Clamp(settings.StepSize, LeastStep, MostStep));
        for (var i = 1; i < schedule.Length; i++)
        {
            for (var row = 0; row < rows; row++)
                logWeights[row] += (schedule[i] - schedule[i - 1]) * (LogJoint(z, likelihood, row) - LogBase(z, row));
            if (i == schedule.Length - 1) break;
            for (var example = 0; example < examples; example++)
            {
                var place = example * schedule.Length + i;
                if (adapts) sizes[place] = current[example];
                steps.AsSpan(example * Chains, Chains).Fill(sizes[place]);
            }
            Propose(schedule[i], i);
            for (var example = 0; example < examples; example++)
            {
                // What is left in the place of energies are probabilities.
                var probability = 0.0;
                foreach (var one in energies.AsSpan(example * Chains, Chains)) probability += one / Chains;
                (accepted, proposals) = (accepted + probability, proposals + 1);
                var next = current[example] * Math.Exp(Gain * (probability - settings.Acceptance));
                current[example] = Math.Clamp(next, LeastStep, MostStep);
            }
            if ((i & 15) == 0) progress((double)i / schedule.Length);
        }
        progress(1);
        return proposals == 0 ? 1 : accepted / proposals;
    }

    /// <summary>One proposal of each chain, which leaves the target at β as it is; writes how probable each was to be accepted.</summary>
    void Propose(double beta, int temperature)
    {
        Draw(momentumKey, momentum, size, temperature, isNormal: true);
        Draw(choiceKey, choices, 2, temperature, isNormal: false);
        for (var row = 0; row < rows; row++)
        {
            steps[row] *= 1 + Variation * (2 * choices[row * 2] - 1);
            energies[row] = Energy(z, likelihood, beta, row);
        }
        z.AsSpan(0, rows * size).CopyTo(trial);
        gradient.AsSpan(0, rows * size).CopyTo(trialGradient);
        Kick(beta, 0.5);
        for (var leap = 1; leap <= settings.LeapfrogSteps; leap++)
        {
            for (var i = 0; i < rows * size; i++) trial[i] += (float)(steps[i / size] * scale[i] * momentum[i]);
            Evaluate(trial, trialLikelihood, trialGradient);
            Kick(beta, leap == settings.LeapfrogSteps ? 0.5 : 1);
        }
        for (var row = 0; row < rows; row++)
        {
            var probability = Math.Min(1, Math.Exp(energies[row] - Energy(trial, trialLikelihood, beta, row)));
            // A path that left all numbers behind is one that was not taken.
            energies[row] = double.IsNaN(probability) ? 0 : probability;
            if (!(choices[row * 2 + 1] < energies[row])) continue;
            likelihood[row] = trialLikelihood[row];
            trial.AsSpan(row * size, size).CopyTo(z.AsSpan(row * size));
            trialGradient.AsSpan(row * size, size).CopyTo(gradient.AsSpan(row * size));
        }
    }

    /// <summary>Momenta take so much of a step along the slope of the log density.</summary>
    void Kick(double beta, double part)
    {
        for (var i = 0; i < rows * size; i++)
        {
            var ofBase = (trial[i] - mean[i]) / ((double)scale[i] * scale[i]);
            var slope = beta * (trialGradient[i] - (double)trial[i]) - (1 - beta) * ofBase;
            momentum[i] += (float)(part * steps[i / size] * scale[i] * slope);
        }
    }

    double Energy(float[] codes, float[] likelihoods, double beta, int row)
    {
        var kinetic = 0.0;
        foreach (var p in momentum.AsSpan(row * size, size)) kinetic += 0.5 * p * p;
        return kinetic - beta * LogJoint(codes, likelihoods, row) - (1 - beta) * LogBase(codes, row);
    }

    double LogJoint(float[] codes, float[] likelihoods, int row)
    {
        var sum = likelihoods[row] - 0.5 * size * Math.Log(Math.Tau);
        foreach (var number in codes.AsSpan(row * size, size)) sum -= 0.5 * number * number;
        return sum;
    }

    double LogBase(float[] codes, int row)
    {
        var sum = -0.5 * size * Math.Log(Math.Tau);
        for (var i = row * size; i < (row + 1) * size; i++)
        {
            var deviation = ((double)codes[i] - mean[i]) / scale[i];
            sum -= 0.5 * deviation * deviation + Math.Log(scale[i]);
        }
        return sum;
    }

    void Evaluate(float[] codes, float[] likelihoods, float[] gradients) => decoder.LogLikelihoodWithGradient(
        codes.AsSpan(0, rows * size), x.AsSpan(0, rows * decoder.ExampleSize), likelihoods.AsSpan(0, rows),
        gradients.AsSpan(0, rows * size));

    void Draw(ulong key, float[] destination, int columns, int step, bool isNormal)
    {
        fixed (float* address = destination)
        {
            if (isNormal) Draws.Normal(worker, new Floats(address), rows, columns, columns, key, step, 0, first);
            else Draws.Uniform(worker, new Floats(address), rows, columns, columns, key, step, 0, first);
        }
    }
}
