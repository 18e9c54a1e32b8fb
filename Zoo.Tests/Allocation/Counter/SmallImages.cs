using Zoo;

/// <summary>Every layer of images, statistics that training advances among them.</summary>
[Vae(Input = [1, 6, 6], Batch = 16)]
[Adam]
sealed partial class SmallImages
{
    static Gaussian Encoder(Tensor x)
    {
        var h = x.Conv2d(4, kernel: 3, stride: 2, padding: 1).BatchNorm().Relu().Upsample2d(2).MaxPool2d(2).InstanceNorm();
        h = h.Conv2d(4, kernel: 2).GroupNorm(2).AveragePool2d(2).Permute(1, 2, 0).Flatten();
        return new(h.Dense(3), h.Dense(3));
    }

    static Bernoulli Decoder(Tensor z) => new(z.Dense(18).Reshape(2, 3, 3).LayerNorm().ConvTranspose2d(1, kernel: 2, stride: 2));
}

/// <summary>Adversaries whose statistics and power iterations go on twice a step, and once; a schedule; averages.</summary>
[Gan(Input = [1, 6, 6], Latent = [3], Batch = 16)]
[Adam(Schedule = LearningRateSchedule.Exponential, ScheduleSteps = 1000, ScheduleWarmUp = 10, WeightDecay = 0.01f,
    DecoupledWeightDecay = true)]
[ExponentialMovingAverage]
sealed partial class SmallDcgan
{
    static Tensor Generator(Tensor z) => z.Dense(36).Reshape(4, 3, 3).BatchNorm().Relu().ConvTranspose2d(1, kernel: 2, stride: 2).Sigmoid();

    static Tensor Discriminator(Tensor x) =>
        x.Conv2d(4, kernel: 3, stride: 2, padding: 1, spectralNorm: true).BatchNorm().LeakyRelu().Flatten().Dense(1);
}
