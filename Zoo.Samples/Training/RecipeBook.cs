using Zoo.Models;
using Zoo.Samples.CommandLine;
using Zoo.Samples.Data;

namespace Zoo.Samples.Training;

/// <summary>A recipe for every model that Zoo.Models declares.</summary>
internal static class RecipeBook
{
    public static Recipe Default { get; } = new GarmentVaeRecipe();

    public static IReadOnlyList<Recipe> All { get; } =
    [
        Default,
        new LabelledGarmentRecipe(),
        new QuadrantGarmentRecipe(),
        new GarmentGanRecipe<FashionGan>(
            "garments, by a GAN", (seed, device) => new(seed, device), (model, seed, x) => model.Sample(seed, x),
            epochs: 200),
        new GarmentGanRecipe<FashionWgan>(
            "garments, by a WGAN with gradient penalty", (seed, device) => new(seed, device), (model, seed, x) => model.Sample(seed, x),
            epochs: 100),
        new GarmentGanRecipe<FashionEbgan>(
            "garments, by an energy-based GAN", (seed, device) => new(seed, device), (model, seed, x) => model.Sample(seed, x),
            epochs: 100)
        {
            Reconstruct = (model, x, y) => model.Reconstruct(x, y),
        },
        new GarmentGanRecipe<FashionBiGan>(
            "garments and their codes, by a BiGAN", (seed, device) => new(seed, device), (model, seed, x) => model.Sample(seed, x),
            epochs: 100)
        {
            Reconstruct = (model, x, y) => model.Reconstruct(x, y),
        },
        new GarmentGanRecipe<FashionConvolutionalVae>(
            "garments, by a convolutional VAE", (seed, device) => new(seed, device), (model, seed, x) => model.Sample(seed, x),
            epochs: 10)
        {
            Reconstruct = (model, x, y) => model.Reconstruct(x, y),
        },
        new GarmentGanRecipe<FashionGaussianVae>(
            "garments, by a convolutional VAE with a Gaussian likelihood", (seed, device) => new(seed, device),
            (model, seed, x) => model.Sample(seed, x), epochs: 10)
        {
            Reconstruct = (model, x, y) => model.Reconstruct(x, y),
        },
        new GarmentGanRecipe<CifarConvolutionalVae>(
            "coloured images of 32 × 32, by a convolutional VAE", (seed, device) => new(seed, device),
            (model, seed, x) => model.Sample(seed, x), epochs: 20)
        {
            Shape = new ImageShape(3, 32, 32), Reconstruct = (model, x, y) => model.Reconstruct(x, y),
        },
        new GarmentGanRecipe<FashionDcgan>(
            "garments, by a convolutional GAN", (seed, device) => new(seed, device), (model, seed, x) => model.Sample(seed, x),
            epochs: 10),
        new GarmentGanRecipe<FashionConvolutionalWgan>(
            "garments, by a convolutional WGAN with gradient penalty", (seed, device) => new(seed, device),
            (model, seed, x) => model.Sample(seed, x), epochs: 10),
        new GarmentGanRecipe<FashionAvb>(
            "garments, by adversarial variational Bayes", (seed, device) => new(seed, device), (model, seed, x) => model.Sample(seed, x),
            epochs: 50)
        {
            Reconstruct = (model, x, y) => model.Reconstruct(1, x, y),
        },
        new LinearVaeRecipe(),
        new FourPointsRecipe<FourPointsAvb>(
            "four points, by adversarial variational Bayes", (seed, device) => new(seed, device),
            (model, seed, x, z) => model.Encode(seed, x, z), (model, z, mean) => model.Decode(z, mean)),
        new FourPointsRecipe<FourPointsVae>(
            "four points, by a VAE", (seed, device) => new(seed, device), FourPointsRun.Draw, (model, z, mean) => model.Decode(z, mean)),
        new GarmentAaeRecipe<FashionMixtureAae>(
            "garments in a flower of ten Gaussians, by an adversarial auto-encoder", (seed, device) => new(seed, device),
            (model, seed, labels, x) => model.Sample(seed, labels, x), epochs: 100)
        {
            Codes = (2, (model, x, z) => model.Encode(x, z)), Reconstruct = (model, x, y) => model.Reconstruct(x, y),
        },
        new GarmentAaeRecipe<FashionStyleAae>(
            "garments by class and style, by an adversarial auto-encoder", (seed, device) => new(seed, device),
            (model, seed, labels, x) => model.Sample(seed, labels, x), epochs: 20)
        {
            Codes = (4, (model, x, z) => model.Encode(x, z)),
        },
        new GarmentAaeRecipe<FashionSemiSupervisedAae>(
            "garments of which 100 are told their class, by an adversarial auto-encoder", (seed, device) => new(seed, device),
            (model, seed, labels, x) => model.Sample(seed, labels, x), epochs: 50)
        {
            Labelled = 100, Codes = (10, (model, x, z) => model.Encode(x, new float[z.Length], z)),
            Reconstruct = (model, x, y) => model.Reconstruct(x, y),
        },
        new PointsRecipe<RingGan>(
            "the ring, by a GAN: mode collapse", (seed, device) => new(seed, device), (model, seed, x) => model.Sample(seed, x))
        {
            Mixture = GaussianMixture.Ring, Steps = 40_000,
        },
        new PointsRecipe<GridWgan>(
            "the grid, by a WGAN with gradient penalty", (seed, device) => new(seed, device), (model, seed, x) => model.Sample(seed, x))
        {
            Mixture = GaussianMixture.Grid, Steps = 5_000,
        },
        new PointsRecipe<ClippedWgan>(
            "the grid, by a WGAN with clipped weights", (seed, device) => new(seed, device), (model, seed, x) => model.Sample(seed, x))
        {
            Mixture = GaussianMixture.Grid, Steps = 5_000,
        },
        new PointsRecipe<OwnCritic>(
            "the ring, by losses written by hand", (seed, device) => new(seed, device), OwnGenerator.Sample)
        {
            // The declared rate is for networks of the usual size; these have one layer.
            Mixture = GaussianMixture.Ring, Steps = 40_000, LearningRate = 1e-3f,
        },
        new PointsRecipe<MixtureGan>(
            "ring or grid, by a GAN", (seed, device) => new(seed, device), (model, seed, x) => model.Sample(seed, x))
        {
            Mixture = GaussianMixture.Grid, Steps = 20_000, Decays = true,
        },
        new PointsRecipe<MixtureClippedWgan>(
            "ring or grid, by a WGAN with clipped weights", (seed, device) => new(seed, device), (model, seed, x) => model.Sample(seed, x))
        {
            Mixture = GaussianMixture.Grid, Steps = 20_000, Decays = true,
        },
        new PointsRecipe<MixtureWgan>(
            "ring or grid, by a WGAN with gradient penalty", (seed, device) => new(seed, device), (model, seed, x) => model.Sample(seed, x))
        {
            Mixture = GaussianMixture.Grid, Steps = 20_000, Decays = true,
        },
        new PointsRecipe<MixtureEbgan>(
            "ring or grid, by an energy-based GAN", (seed, device) => new(seed, device), (model, seed, x) => model.Sample(seed, x))
        {
            Mixture = GaussianMixture.Grid, Steps = 20_000, Decays = true,
        },
        new PointsRecipe<MixtureBiGan>(
            "ring or grid and codes, by a BiGAN", (seed, device) => new(seed, device), (model, seed, x) => model.Sample(seed, x))
        {
            Mixture = GaussianMixture.Grid, Steps = 20_000, Decays = true,
        },
        new PointsRecipe<MixtureAli>(
            "ring or grid and codes, by ALI", (seed, device) => new(seed, device), (model, seed, x) => model.Sample(seed, x))
        {
            Mixture = GaussianMixture.Grid, Steps = 20_000, Decays = true,
        },
        new BoltzmannRecipe<DigitsRbm>(
            "digits, by a restricted Boltzmann machine", (seed, device) => new(seed, device),
            new((model, x, f) => model.FreeEnergy(x, f), (model, seed, x, sweeps, v) => model.Sample(seed, x, sweeps, v)),
            (settings, _) => BuiltIn(settings, nameof(DigitsRbm), ExampleSet.Digits), epochs: 30),
        new BoltzmannRecipe<BarsRbm>(
            "bars and stripes, by a centred machine", (seed, device) => new(seed, device),
            new((model, x, f) => model.FreeEnergy(x, f), (model, seed, x, sweeps, v) => model.Sample(seed, x, sweeps, v)),
            (settings, _) => BuiltIn(settings, nameof(BarsRbm), () => ExampleSet.BarsAndStripes(3)), epochs: 30_000)
        {
            Decays = true,
        },
        new BoltzmannRecipe<FashionRbm>(
            "binarised garments, by a machine of 500 hidden units", (seed, device) => new(seed, device),
            new((model, x, f) => model.FreeEnergy(x, f), (model, seed, x, sweeps, v) => model.Sample(seed, x, sweeps, v)),
            (settings, batch) => BinarisedImages.Of(DataSource.Open(settings.Data, settings.SkipsUnreadable), batch), epochs: 50)
        {
            Begin = (model, x, _) => model.SetVisibleBiases(x),
        },
        new BoltzmannRecipe<LaplaceRbm>(
            "independent components of two Laplace sources, by Gaussian units", (seed, device) => new(seed, device),
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

    /// <exception cref="CommandException">There is none of this name; those there are are listed.</exception>
    public static Recipe Named(string name) => All.FirstOrDefault(recipe => recipe.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new CommandException($"MODEL: expected one of {Names}, got '{name}'.");
}
