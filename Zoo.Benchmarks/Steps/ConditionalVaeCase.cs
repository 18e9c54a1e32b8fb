using Peers;
using Zoo.Benchmarks.Limits;

namespace Zoo.Benchmarks.Steps;

/// <summary>
/// A dense VAE with softplus, given a label beside image and code: input-hidden-latent-hidden-input, Bernoulli, Adam. A label chooses a row
/// of a weight, and its gradient adds rows up: neither is a product.
/// </summary>
sealed record ConditionalVaeCase(string Name, int Input, int Hidden, int Latent, int Batch, int Labels, Func<Device, ZooModel> Own)
    : StepCase(Name, Batch, Input, Own, () => new ConditionalVaeStep(Input, Hidden, Latent, Batch, Labels))
{
    // The same without labels.
    readonly VaeCase plain = new(Name, Input, Hidden, Latent, Batch, Own);

    public override int Classes => Labels;

    public override IReadOnlyList<ProductShape> Products => plain.Products;

    public override IReadOnlyList<(int Parameters, int Times)> Updates => [(plain.Parameters + 2 * Labels * Hidden, 1)];

    /// <summary>What a VAE has, and for each hidden unit exp and log1p of softplus, and exp of its slope.</summary>
    public override double Transcendentals => plain.Transcendentals + Batch * 2.0 * 3.0 * Hidden;
}
