using Zoo.Models;
using Zoo.Samples.CommandLine;
using Zoo.Samples.Data;

namespace Zoo.Samples.Training;

/// <summary>A recipe for every model that Zoo.Models declares: how it is trained; what it is, its declaration says.</summary>
internal static class RecipeBook
{
    public static Recipe Default { get; } = new GarmentVaeRecipe();

    public static IReadOnlyList<Recipe> All { get; } =
    [
        Default,
        new LabelledGarmentRecipe(),
        new QuadrantGarmentRecipe(),
        new GarmentGanRecipe<FashionGan>((seed, device) => new(seed, device), epochs: 200),
        new GarmentGanRecipe<FashionWgan>((seed, device) => new(seed, device), epochs: 100),
        new GarmentGanRecipe<FashionEbgan>((seed, device) => new(seed, device), epochs: 100),
        new GarmentGanRecipe<FashionBiGan>((seed, device) => new(seed, device), epochs: 100),
        new GarmentGanRecipe<FashionConvolutionalVae>((seed, device) => new(seed, device), epochs: 10),
        new GarmentGanRecipe<FashionGaussianVae>((seed, device) => new(seed, device), epochs: 10),
        new GarmentGanRecipe<CifarConvolutionalVae>((seed, device) => new(seed, device), epochs: 20)
        {
            Shape = new ImageShape(3, 32, 32),
        },
        new GarmentGanRecipe<FashionDcgan>((seed, device) => new(seed, device), epochs: 10),
        new GarmentGanRecipe<FashionConvolutionalWgan>((seed, device) => new(seed, device), epochs: 10),
        new GarmentGanRecipe<FashionAvb>((seed, device) => new(seed, device), epochs: 50),
        new LinearVaeRecipe(),
        new FourPointsRecipe<FourPointsAvb>((seed, device) => new(seed, device),
            (model, seed, x, z) => model.Encode(seed, x, z), (model, z, mean) => model.Decode(z, mean)),
        new FourPointsRecipe<FourPointsVae>((seed, device) => new(seed, device), FourPointsRun.Draw,
            (model, z, mean) => model.Decode(z, mean)),
        new GarmentAaeRecipe<FashionMixtureAae>((seed, device) => new(seed, device), epochs: 100),
        new GarmentAaeRecipe<FashionStyleAae>((seed, device) => new(seed, device), epochs: 20),
        new GarmentAaeRecipe<FashionSemiSupervisedAae>((seed, device) => new(seed, device), epochs: 50)
        {
            Labelled = 100,
        },
        new PointsRecipe<RingGan>((seed, device) => new(seed, device))
        {
            Mixture = GaussianMixture.Ring, Steps = 40_000,
        },
        new PointsRecipe<GridWgan>((seed, device) => new(seed, device))
        {
            Mixture = GaussianMixture.Grid, Steps = 5_000,
        },
        new PointsRecipe<ClippedWgan>((seed, device) => new(seed, device))
        {
            Mixture = GaussianMixture.Grid, Steps = 5_000,
        },
        new PointsRecipe<OwnCritic>((seed, device) => new(seed, device), OwnGenerator.Sample)
        {
            // The declared rate is for networks of the usual size; these have one layer.
            Mixture = GaussianMixture.Ring, Steps = 40_000, LearningRate = 1e-3f,
        },
        new PointsRecipe<MixtureGan>((seed, device) => new(seed, device))
        {
            Mixture = GaussianMixture.Grid, Steps = 20_000, Decays = true,
        },
        new PointsRecipe<MixtureClippedWgan>((seed, device) => new(seed, device))
        {
            Mixture = GaussianMixture.Grid, Steps = 20_000, Decays = true,
        },
        new PointsRecipe<MixtureWgan>((seed, device) => new(seed, device))
        {
            Mixture = GaussianMixture.Grid, Steps = 20_000, Decays = true,
        },
        new PointsRecipe<MixtureEbgan>((seed, device) => new(seed, device))
        {
            Mixture = GaussianMixture.Grid, Steps = 20_000, Decays = true,
        },
        new PointsRecipe<MixtureBiGan>((seed, device) => new(seed, device))
        {
            Mixture = GaussianMixture.Grid, Steps = 20_000, Decays = true,
        },
        new PointsRecipe<MixtureAli>((seed, device) => new(seed, device))
        {
            Mixture = GaussianMixture.Grid, Steps = 20_000, Decays = true,
        },
        new BoltzmannRecipe<DigitsRbm>((seed, device) => new(seed, device),
            new((model, x, f) => model.FreeEnergy(x, f), (model, seed, x, sweeps, v) => model.Sample(seed, x, sweeps, v)),
            (settings, _) => BuiltIn(settings, nameof(DigitsRbm), ExampleSet.Digits), epochs: 30),
        new BoltzmannRecipe<BarsRbm>((seed, device) => new(seed, device),
            new((model, x, f) => model.FreeEnergy(x, f), (model, seed, x, sweeps, v) => model.Sample(seed, x, sweeps, v)),
            (settings, _) => BuiltIn(settings, nameof(BarsRbm), () => ExampleSet.BarsAndStripes(3)), epochs: 30_000)
        {
            Decays = true,
        },
        new BoltzmannRecipe<FashionRbm>((seed, device) => new(seed, device),
            new((model, x, f) => model.FreeEnergy(x, f), (model, seed, x, sweeps, v) => model.Sample(seed, x, sweeps, v)),
            (settings, batch) => BinarisedImages.Of(DataSource.Open(settings.Data, settings.SkipsUnreadable), batch), epochs: 50)
        {
            Begin = (model, x, _) => model.SetVisibleBiases(x),
        },
        new BoltzmannRecipe<LaplaceRbm>((seed, device) => new(seed, device),
            new((model, x, f) => model.FreeEnergy(x, f), (model, seed, x, sweeps, v) => model.Sample(seed, x, sweeps, v)),
            (settings, _) => BuiltIn(settings, nameof(LaplaceRbm), () => ExampleSet.LaplaceMixture(50_000, 50_000, settings.Seed)),
            epochs: 50)
        {
            Begin = (model, _, seed) => RareComponents.Set(model, seed), Decays = true,
        },
    ];

    /// <summary>Examples that the program has, and no others.</summary>
    static ExampleSet BuiltIn(TrainingSettings settings, string model, Func<ExampleSet> load) => settings.Data is null
        ? load()
        : throw new CommandException($"--data: {model} is trained on data of its own.");

    /// <summary>Of all of them.</summary>
    public static string Names { get; } = string.Join(", ", All.Select(recipe => recipe.Name));

    /// <summary>That of a model, whatever the case of its letters; null where there is none.</summary>
    public static Recipe? Find(string name) => All.FirstOrDefault(recipe => recipe.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <exception cref="CommandException">There is none of this name; those there are are listed.</exception>
    public static Recipe Named(string name) => Find(name)
        ?? throw new CommandException($"MODEL: expected one of {Names}, got '{name}'.");
}
