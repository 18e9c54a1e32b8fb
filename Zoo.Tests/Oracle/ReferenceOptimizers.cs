using Zoo.Generators.Tracing;

namespace Zoo.Tests.Oracle;

/// <summary>Adam, SGD and RMSProp in double precision, as PyTorch defines them, each over the parameters that it trains.</summary>
sealed class ReferenceOptimizers(ModelTrace trace, string? phase = null)
{
    readonly Dictionary<string, double[]> first = [], second = [];

    /// <summary>Updates in place the parameters that there are gradients for.</summary>
    /// <param name="parameters">Values by name.</param>
    /// <param name="gradients">Gradients by name, of the same layout.</param>
    /// <param name="step">Counted from 1.</param>
    public void Update(Dictionary<string, double[]> parameters, Dictionary<string, double[]> gradients, long step)
    {
        var norm = Math.Sqrt(gradients.Values.Sum(g => g.Sum(v => v * v)));
        foreach (var (name, gradient) in gradients)
        {
            var values = parameters[name];
            var optimizer = Of(trace.Parameters.Single(p => p.Name == name).Network);
            double Written(string property, double otherwise) => optimizer?.Values.Float(property, (float)otherwise) ?? otherwise;
            double Setting(string property, double otherwise) =>
                Written(property, otherwise) * (property == "LearningRate" ? Factor((int)Written("Schedule", 0), Written, step) : 1);
            var (clip, decay) = (Setting("ClipNorm", 0), Setting("WeightDecay", 0));
            var scale = clip > 0 ? Math.Min(1, clip / (norm + 1e-6)) : 1;
            if (optimizer?.Values.Flag("DecoupledWeightDecay") == true)
            {
                var rate = Setting("LearningRate", optimizer.Kind == "Sgd" ? 1e-2f : 1e-3f);
                for (var i = 0; i < values.Length; i++) values[i] -= rate * decay * values[i];
                decay = 0;
            }
            for (var i = 0; i < values.Length; i++)
                values[i] -= Step(optimizer?.Kind ?? "Adam", name, values.Length, i, scale * gradient[i] + decay * values[i], step, Setting,
                    optimizer?.Values.Flag("Nesterov") ?? false);
        }
    }

    /// <summary>PyTorch's LinearLR up to 1, then its StepLR, ExponentialLR, CosineAnnealingLR or LinearLR.</summary>
    static double Factor(int schedule, Func<string, double, double> setting, long step)
    {
        var warmUp = setting("ScheduleWarmUp", 0);
        if (step <= warmUp) return step / warmUp;
        var (t, n, last) = (step - 1 - warmUp, setting("ScheduleSteps", 1), setting("ScheduleFactor", 0.1f));
        return (LearningRateSchedule)schedule switch
        {
            LearningRateSchedule.Step => Math.Pow(last, Math.Floor(t / n)),
            LearningRateSchedule.Exponential => Math.Pow(last, t / n),
            LearningRateSchedule.Cosine => t < n ? last + (1 - last) / 2 * (1 + Math.Cos(Math.PI * t / n)) : last,
            LearningRateSchedule.Linear => t < n ? 1 - (1 - last) * t / n : last,
            _ => 1,
        };
    }

    /// <summary>One narrowed to network and phase, else to the phase, else to the network, else that of the class, else Adam.</summary>
    OptimizerTrace? Of(string network)
    {
        OptimizerTrace? Find(string? forNetwork, string? forPhase) =>
            trace.Optimizers.FirstOrDefault(o => o.For == forNetwork
                && string.Equals(o.Phase, forPhase, StringComparison.OrdinalIgnoreCase));
        return (phase is null ? null : Find(network, phase) ?? Find(null, phase)) ?? Find(network, null) ?? Find(null, null);
    }

    double Step(string kind, string name, int count, int i, double g, long step, Func<string, double, double> setting, bool isNesterov)
    {
        if (!first.ContainsKey(name)) (first[name], second[name]) = (new double[count], new double[count]);
        var (m, v) = (first[name], second[name]);
        switch (kind)
        {
            case "Adam":
                {
                    // Kingma and Ba 2015, algorithm 1; the defaults are single-precision numbers, as the attribute has them.
                    var (beta1, beta2) = (setting("Beta1", 0.9f), setting("Beta2", 0.999f));
                    m[i] = beta1 * m[i] + (1 - beta1) * g;
                    v[i] = beta2 * v[i] + (1 - beta2) * g * g;
                    return setting("LearningRate", 1e-3f) * (m[i] / (1 - Math.Pow(beta1, step)))
                        / (Math.Sqrt(v[i] / (1 - Math.Pow(beta2, step))) + setting("Epsilon", 1e-8f));
                }
            case "RmsProp":
                {
                    var alpha = setting("Alpha", 0.99f);
                    v[i] = alpha * v[i] + (1 - alpha) * g * g;
                    return setting("LearningRate", 1e-3f) * g / (Math.Sqrt(v[i]) + setting("Epsilon", 1e-8f));
                }
            case "Sgd":
                {
                    var momentum = setting("Momentum", 0);
                    m[i] = step == 1 ? g : momentum * m[i] + g;
                    return setting("LearningRate", 1e-2f) * (momentum == 0 ? g : isNesterov ? g + momentum * m[i] : m[i]);
                }
            default:
                throw new NotSupportedException($"No reference for the optimiser {kind}.");
        }
    }
}
