using Zoo.Benchmarks.Limits;
using Zoo.Benchmarks.Models;
using Zoo.Models;

namespace Zoo.Benchmarks.Boltzmann;

/// <summary>What both sides do in one call of a comparison.</summary>
/// <param name="Name">Of the case here and in numpy_peer.py.</param>
/// <param name="Peer">What the other side is.</param>
/// <param name="Unit">What is counted.</param>
/// <param name="Amount">As numpy_peer.py takes it.</param>
/// <param name="Units">How many of the unit that is.</param>
/// <param name="Blocks">Calls of each side that count.</param>
/// <param name="Products">The matrix products of a unit, which neither side can do without.</param>
/// <param name="Work">Makes our side of it.</param>
sealed record BoltzmannCase(
    string Name, string Peer, string Unit, int Amount, int Units, int Blocks, IReadOnlyList<ProductShape> Products,
    Func<Device, BoltzmannWork> Work)
{
    const int Rows = 1000, Digits = 7180, Epochs = 10;

    static readonly ProductShape
        Up = new("hidden", 100, 500, 784),
        Down = new("visible", 100, 784, 500, TransposeB: true),
        Gradient = new("gradient", 784, 500, 100, TransposeA: true);

    /// <summary>Twice up, once down, and the statistics of data and chains.</summary>
    static readonly ProductShape[] Step = [Up, Down, Up, Gradient, Gradient];

    public static readonly BoltzmannCase[] All =
    [
        new("digits-rbm-b10", "BernoulliRBM.fit", "epoch", Epochs, Epochs, 9, [], device =>
            Fit(new DigitsRbm(1, device), model => model.Train, 64, Digits)),
        new("pcd-784-500-b100", "BernoulliRBM.fit", "step", Epochs, Epochs * Rows / 100, 9, Step, device =>
            Fit(new PersistentRbm(1, device), model => model.Train, 784, Rows)),
        new("pcd-784-500-b100-double", "BernoulliRBM.fit, double", "step", Epochs, Epochs * Rows / 100, 9, Step, device =>
            Fit(new PersistentRbm(1, device), model => model.Train, 784, Rows)),
        new("cd-784-500-b100", "NumPy", "step", Epochs, Epochs * Rows / 100, 9, Step, device =>
            Fit(new ContrastiveRbm(1, device), model => model.Train, 784, Rows)),
        new("ais-784-500-c100", "NumPy", "temperature", 10_000, 10_000, 3, [Up, Down], Anneal),
    ];

    static BoltzmannWork Fit<T>(T model, Func<T, Action<ReadOnlySpan<float>>> train, int size, int rows)
        where T : IGenerativeModel
    {
        var random = new Random(1);
        var data = new float[rows * size];
        for (var i = 0; i < data.Length; i++) data[i] = random.NextSingle() < 0.2f ? 1 : 0;
        var (step, batch) = (train(model), model.BatchSize * size);
        return new(model, epochs =>
        {
            for (var epoch = 0; epoch < epochs; epoch++)
                for (var i = 0; i < data.Length; i += batch) step(data.AsSpan(i, batch));
        });
    }

    static BoltzmannWork Anneal(Device device)
    {
        var model = new ContrastiveRbm(1, device);
        var weight = new float[model.Parameters["weight"].Length];
        var random = new Random(1);
        // Normal with deviation 0.05, as the other side's.
        for (var i = 0; i < weight.Length; i++)
            weight[i] = 0.05f * (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
        model.Parameters["weight"].CopyFrom(weight);
        return new(model, temperatures => model.EstimateLogPartition(1, 100, temperatures));
    }
}

/// <summary>Our side of a case: a model, and what an amount of work does with it.</summary>
sealed record BoltzmannWork(IGenerativeModel Model, Action<int> Run) : IDisposable
{
    public void Dispose() => Model.Dispose();
}
