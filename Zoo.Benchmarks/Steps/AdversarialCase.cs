using Peers;
using Zoo.Benchmarks.Limits;

namespace Zoo.Benchmarks.Steps;

/// <summary>
/// A dense generator and a dense network that it plays against, both with Adam. The opponent ends in one number, and so no layer of it but
/// the last is a product of one column. Relu and its kin have no second derivative, so the gradient of the penalty is linear in what the
/// slope is made of: it goes forward through the opponent once more, and comes back nowhere.
/// </summary>
/// <param name="Generator">Widths from code to example.</param>
/// <param name="Opponent">Widths from example to 1.</param>
/// <param name="OpponentSteps">Steps of the opponent for one of the generator, each with codes of its own; 0: both in one step, on the same
/// images.</param>
/// <param name="HasPenalty">Whether the opponent's slope is penalised.</param>
sealed record AdversarialCase(
    string Name, int Batch, IReadOnlyList<int> Generator, IReadOnlyList<int> Opponent, int OpponentSteps, bool HasPenalty,
    Func<Device, ZooModel> Own,
    Func<IPeerStep> Peer)
    : StepCase(Name, Batch, Opponent[0], Own, Peer)
{
    public override int Calls => Math.Max(1, OpponentSteps);

    public override IReadOnlyList<ProductShape> Products =>
        [.. Enumerable.Range(0, Calls).SelectMany(_ => OpponentStep()), .. GeneratorStep()];

    public override IReadOnlyList<(int Parameters, int Times)> Updates => [(Weights(Opponent), Calls), (Weights(Generator), 1)];

    /// <summary>Per number of a code log, sine and cosine; exp for each pixel that is a sigmoid's, and for each logit of a GAN.</summary>
    public override double Transcendentals
    {
        get
        {
            var generated = OpponentSteps == 0 ? 1 : OpponentSteps + 1;
            var sigmoid = Generator[^1] == 784 ? Generator[^1] : 0;
            return Batch * (generated * (3.0 * Generator[0] + sigmoid) + (OpponentSteps == 0 ? 6 : 0));
        }
    }

    IEnumerable<ProductShape> OpponentStep()
    {
        foreach (var product in Forward("generator", Generator, Batch)) yield return product;
        // Real, generated, and what lies between them.
        var rows = (HasPenalty ? 3 : 2) * Batch;
        var hidden = Opponent.Take(Opponent.Count - 1).ToArray();
        foreach (var product in Forward("opponent", hidden, rows)) yield return product;
        foreach (var product in Backward("opponent", hidden, rows)) yield return product;
        foreach (var product in WeightGradients("opponent", hidden, rows)) yield return product;
        if (!HasPenalty) yield break;
        yield return Back("slope", hidden, 0, Batch);
        foreach (var product in Forward("∂slope", hidden, Batch)) yield return product;
    }

    IEnumerable<ProductShape> GeneratorStep()
    {
        // In a step of both, the images are there.
        if (OpponentSteps > 0)
            foreach (var product in Forward("generator", Generator, Batch)) yield return product;
        var hidden = Opponent.Take(Opponent.Count - 1).ToArray();
        foreach (var product in Forward("judge", hidden, Batch)) yield return product;
        foreach (var product in Backward("judge", hidden, Batch)) yield return product;
        yield return Back("judge", hidden, 0, Batch);
        foreach (var product in Backward("generator", Generator, Batch)) yield return product;
        foreach (var product in WeightGradients("generator", Generator, Batch)) yield return product;
    }

    static IEnumerable<ProductShape> Forward(string name, IReadOnlyList<int> widths, int rows) =>
        Layers(widths).Select(i => new ProductShape($"{name}.{i + 1}", rows, widths[i + 1], widths[i]));

    /// <summary>Gradients of activations, of all layers but the first.</summary>
    static IEnumerable<ProductShape> Backward(string name, IReadOnlyList<int> widths, int rows) =>
        Layers(widths).Skip(1).Select(i => Back(name, widths, i, rows));

    static ProductShape Back(string name, IReadOnlyList<int> widths, int layer, int rows) =>
        new($"∂{name}.{layer + 1}.x", rows, widths[layer], widths[layer + 1], TransposeB: true);

    static IEnumerable<ProductShape> WeightGradients(string name, IReadOnlyList<int> widths, int rows) =>
        Layers(widths).Select(i => new ProductShape($"∂{name}.{i + 1}.W", widths[i], widths[i + 1], rows, TransposeA: true));

    static IEnumerable<int> Layers(IReadOnlyList<int> widths) => Enumerable.Range(0, widths.Count - 1);

    static int Weights(IReadOnlyList<int> widths) => Layers(widths).Sum(i => (widths[i] + 1) * widths[i + 1]);
}
