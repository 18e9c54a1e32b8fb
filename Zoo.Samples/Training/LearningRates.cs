namespace Zoo.Samples.Training;

/// <summary>The step sizes of all optimisers of a model: one, or one for each phase.</summary>
internal sealed class LearningRates
{
    const string Name = "learning_rate";

    readonly HyperparameterSet hyperparameters;
    readonly string[] names;
    readonly float[] first;

    /// <summary>Takes those that the model has now as the first ones.</summary>
    public LearningRates(IGenerativeModel model)
    {
        hyperparameters = model.Hyperparameters;
        names = [.. hyperparameters.Names.Where(name => name.Split(':', '.')[^1] == Name)];
        first = [.. names.Select(name => hyperparameters[name])];
    }

    LearningRates(LearningRates of, HyperparameterSet hyperparameters) =>
        (this.hyperparameters, names, first) = (hyperparameters, of.names, of.first);

    /// <summary>The first ones, without repetition.</summary>
    public IEnumerable<float> First => first.Distinct();

    /// <summary>Sets all of them, now and as the first ones.</summary>
    public void Set(float rate)
    {
        Array.Fill(first, rate);
        foreach (var name in names) hyperparameters[name] = rate;
    }

    /// <summary>
    /// Lets them fall in a straight line from the first ones to 0 at the end. A function of the step, so that a resumed run has the same.
    /// </summary>
    public void Decay(long step, long steps)
    {
        for (var i = 0; i < names.Length; i++) hyperparameters[names[i]] = first[i] * (1 - (float)step / steps);
    }

    /// <summary>The first ones of this model for another of its class, which a checkpoint has left in the middle.</summary>
    public LearningRates For(IGenerativeModel model) => new(this, model.Hyperparameters);
}
