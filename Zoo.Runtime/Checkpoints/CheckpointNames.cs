namespace Zoo.Runtime;

/// <summary>What the tensors of a checkpoint are called that are no parameters.</summary>
internal static class CheckpointNames
{
    public const string Format = "zoo";
    public const string Version = "1";
    public const string Prefix = "state.";
    public const string Seed = Prefix + "seed";
    public const string Steps = Prefix + "steps";
    public const string Updates = Prefix + "updates";
    public const string UpdatesInStep = Prefix + "updates_in_step";

    /// <summary>The key of an option in a file's metadata.</summary>
    public static string Option(string name) => $"option.{name}";

    public static string Hyperparameter(HyperparameterDescription hyperparameter) => $"{Prefix}hyperparameters.{hyperparameter.Name}";

    public static string Moment(ModelDescription model, SectionDescription moment, ParameterDescription parameter) =>
        $"{Prefix}{moment.Key(model)}.{parameter.Name}";

    /// <summary>
    /// Two tensors of one name would make a file that nobody can read; better to know it when the model is made than when it is saved.
    /// </summary>
    /// <exception cref="ArgumentException">A parameter has the name of something else in a checkpoint.</exception>
    public static void RequireDistinct(ModelDescription model)
    {
        var names = new HashSet<string>(StringComparer.Ordinal) { "__metadata__", Seed, Steps, Updates, UpdatesInStep };
        foreach (var hyperparameter in model.Hyperparameters) Add(Hyperparameter(hyperparameter));
        foreach (var parameter in model.Parameters)
        {
            Add(parameter.Name);
            var layout = new StridedLayout(parameter, model.ParameterFloats);
            foreach (var moment in model.Moments)
                if (moment.Covers(layout)) Add(Moment(model, moment, parameter));
        }

        void Add(string name)
        {
            if (!names.Add(name)) throw new ArgumentException($"{model.Name}: two tensors of its checkpoint would be called '{name}'.");
        }
    }
}
