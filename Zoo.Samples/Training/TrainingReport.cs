namespace Zoo.Samples.Training;

/// <summary>One line of a run: an epoch, or so many steps.</summary>
/// <param name="Steps">Of the model, at its end.</param>
/// <param name="Losses">Means over the steps at which their phase was due, while weights moved; in the order of the model's names.</param>
/// <param name="Measures">What was measured at its end; what they are is the run's.</param>
/// <param name="ExamplesPerSecond">Of training alone, without the measuring.</param>
internal sealed record TrainingReport(long Steps, IReadOnlyList<double> Losses, IReadOnlyList<double> Measures, double ExamplesPerSecond);

/// <summary>A column of the table that reports make.</summary>
/// <param name="Header">Above it.</param>
/// <param name="Width">In letters.</param>
/// <param name="Text">What stands in a line.</param>
internal sealed record Column(string Header, int Width, Func<TrainingReport, string> Text);
