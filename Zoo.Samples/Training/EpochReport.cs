using Zoo.Models;

namespace Zoo.Samples.Training;

/// <summary>One epoch.</summary>
/// <param name="Epoch">From 1 on.</param>
/// <param name="Train">Mean over the steps of the epoch, while the weights moved.</param>
/// <param name="Test">Mean over the test images, at the end of the epoch.</param>
/// <param name="ImagesPerSecond">Of training alone, without the test.</param>
internal sealed record EpochReport(int Epoch, FashionVae.Losses Train, FashionVae.Losses Test, double ImagesPerSecond);
