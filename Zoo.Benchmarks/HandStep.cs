using System.Diagnostics;
using System.Runtime.CompilerServices;
using Zoo.Benchmarks.Steps;
using Zoo.Runtime;

namespace Zoo.Benchmarks;

/// <summary>
/// The training step of a dense Bernoulli VAE, input-hidden-latent-hidden-input, written by hand in the style that the generator emits:
/// every worker executes every kernel, and a barrier stands where one reads what another wrote.
/// </summary>
sealed class HandStep : TeamProgram, IDisposable
{
    static readonly string[] Names =
    [
        "ε", "h1 = relu(x·W1 + b1)", "heads = h1·Wh + bh", "z, divergence", "h2 = relu(z·W2 + b2)", "logits = h2·W3 + b3, loss, ∂logits",
        "∂W3 = h2ᵀ·∂logits, ∂b3", "∂h2 = ∂logits·W3ᵀ", "∂W2 = zᵀ·∂h2, ∂b2", "∂heads = ∂h2·W2ᵀ, reparameterised", "∂Wh = h1ᵀ·∂heads, ∂bh",
        "∂h1 = ∂heads·Whᵀ", "∂W1 = xᵀ·∂h1, ∂b1", "Adam",
    ];

    readonly Device device;
    readonly Arena arena;
    readonly int batch, input, hidden, latent, count;
    readonly Floats parameters, gradients, moments1, moments2;
    readonly int w1, b1, wh, bh, w2, b2, w3, b3;
    readonly Floats x, h1, heads, epsilon, z, h2, logits, dh2, dz, dheads, dh1;
    readonly Floats sums1, sumsH, sums2, sums3, rowLosses, rowDivergences;
    readonly long[] ticks = new long[Names.Length + 1];
    readonly double[] best = new double[Names.Length];
    long step;
    AdamSettings adam;

    public HandStep(VaeCase shape, Device device)
    {
        this.device = device;
        (batch, input, hidden, latent, count) = (shape.Batch, shape.Input, shape.Hidden, shape.Latent, shape.Parameters);
        var at = 0;
        (w1, b1) = (Take(input * hidden), Take(hidden));
        (wh, bh) = (Take(hidden * 2 * latent), Take(2 * latent));
        (w2, b2) = (Take(latent * hidden), Take(hidden));
        (w3, b3) = (Take(hidden * input), Take(input));
        var state = at;
        at *= 4;
        int[] activations =
        [
            Take(batch * input), Take(batch * hidden), Take(batch * 2 * latent), Take(batch * latent), Take(batch * latent), Take(batch * hidden),
            Take(batch * input), Take(batch * hidden), Take(batch * 2 * latent), Take(batch * hidden), Take(batch * latent),
        ];
        int[] sums =
        [
            Take(16 * hidden), Take(16 * 2 * latent), Take(16 * hidden), Take(16 * input), Take(batch * (input / 64 + 1)), Take(batch),
        ];
        arena = new Arena(at);
        var origin = arena.Base;
        (parameters, gradients, moments1, moments2) = (origin, origin.At(state), origin.At(2 * state), origin.At(3 * state));
        (x, h1, heads, epsilon, z) = (Part(activations[0]), Part(activations[1]), Part(activations[2]), Part(activations[3]), Part(activations[4]));
        (h2, logits, dh2, dheads, dh1) = (Part(activations[5]), Part(activations[6]), Part(activations[7]), Part(activations[8]), Part(activations[9]));
        dz = Part(activations[10]);
        (sums1, sumsH, sums2, sums3) = (Part(sums[0]), Part(sums[1]), Part(sums[2]), Part(sums[3]));
        (rowLosses, rowDivergences) = (Part(sums[4]), Part(sums[5]));
        var random = new Random(1);
        Uniform(w1, input * hidden + hidden, input);
        Uniform(wh, hidden * 2 * latent + 2 * latent, hidden);
        Uniform(w2, latent * hidden + hidden, latent);
        Uniform(w3, hidden * input + input, hidden);
        for (var i = 0; i < batch * input; i++) x[i] = random.NextSingle();

        int Take(int floats)
        {
            var offset = at;
            at += (floats + 15) / 16 * 16;
            return offset;
        }

        Floats Part(int offset) => origin.At(offset);

        void Uniform(int offset, int length, int fanIn)
        {
            var bound = 1 / MathF.Sqrt(fanIn);
            for (var i = 0; i < length; i++) parameters[offset + i] = (2 * random.NextSingle() - 1) * bound;
        }
    }

    public bool IsProfiled { get; set; }

    public (float Reconstruction, float Divergence) Losses { get; private set; }

    public void Run()
    {
        step++;
        adam = AdamSettings.At(1e-3f, 0.9f, 0.999f, 1e-8f, 0, step);
        device.Team.Run(this);
        var (reconstruction, divergence) = (0.0, 0.0);
        var blocks = (input + 63) / 64;
        for (var i = 0; i < batch * blocks; i++) reconstruction += rowLosses[i];
        for (var i = 0; i < batch; i++) divergence += rowDivergences[i];
        Losses = ((float)(reconstruction / batch), (float)(divergence / batch));
        if (IsProfiled)
        {
            for (var i = 0; i < Names.Length; i++) best[i] = Math.Min(best[i], Stopwatch.GetElapsedTime(ticks[i], ticks[i + 1]).TotalMicroseconds);
        }
    }

    /// <summary>The fastest run of each kernel over so many steps, with a barrier after every one.</summary>
    public IEnumerable<(string Name, double Microseconds)> Profile(int steps)
    {
        Array.Fill(best, double.MaxValue);
        IsProfiled = true;
        for (var i = 0; i < steps; i++) Run();
        IsProfiled = false;
        return Names.Select((name, i) => (name, best[i]));
    }

    public override void Execute(Worker worker)
    {
        var two = 2 * latent;
        Mark(worker, 0, false);
        Draws.Normal(worker, epsilon, batch, latent, latent, 42, step, 0, 0);
        Mark(worker, 1, false);
        Product.Run(worker, x, input, 1, parameters.At(w1), hidden, 1, h1, hidden, batch, hidden, input, new BiasRelu(h1, hidden, parameters.At(b1)));
        Mark(worker, 2);
        Product.Run(worker, h1, hidden, 1, parameters.At(wh), two, 1, heads, two, batch, two, hidden, new Bias(heads, two, parameters.At(bh)));
        Mark(worker, 3);
        Maps.Run(worker, batch, latent, 16, latent, new Reparameterise(heads, epsilon, z, rowDivergences, latent));
        Mark(worker, 4);
        Product.Run(worker, z, latent, 1, parameters.At(w2), hidden, 1, h2, hidden, batch, hidden, latent, new BiasRelu(h2, hidden, parameters.At(b2)));
        Mark(worker, 5);
        Product.Run(
            worker, h2, hidden, 1, parameters.At(w3), input, 1, logits, input, batch, input, hidden,
            new BernoulliLoss(logits, parameters.At(b3), x, rowLosses, sums3, batch, input));
        Mark(worker, 6);
        Product.Run(worker, h2, 1, hidden, logits, input, 1, gradients.At(w3), input, hidden, input, batch);
        Combine(worker, sums3, input, gradients.At(b3), Product.Grid(batch, input, hidden).RowsPerBlock);
        Mark(worker, 7, false);
        Product.Run(
            worker, logits, input, 1, parameters.At(w3), 1, input, dh2, hidden, batch, hidden, input, new ReluGradient(dh2, h2, hidden, sums2));
        Mark(worker, 8);
        Product.Run(worker, z, 1, latent, dh2, hidden, 1, gradients.At(w2), hidden, latent, hidden, batch);
        Combine(worker, sums2, hidden, gradients.At(b2), Product.Grid(batch, hidden, input).RowsPerBlock);
        Mark(worker, 9, false);
        Product.Run(
            worker, dh2, hidden, 1, parameters.At(w2), 1, hidden, dz, latent, batch, latent, hidden,
            new ReparameteriseGradient(dz, heads, epsilon, dheads, sumsH, batch, latent));
        Mark(worker, 10);
        Product.Run(worker, h1, 1, hidden, dheads, two, 1, gradients.At(wh), two, hidden, two, batch);
        Combine(worker, sumsH, two, gradients.At(bh), Product.Grid(batch, latent, hidden).RowsPerBlock);
        Mark(worker, 11, false);
        Product.Run(worker, dheads, two, 1, parameters.At(wh), 1, two, dh1, hidden, batch, hidden, two, new ReluGradient(dh1, h1, hidden, sums1));
        Mark(worker, 12);
        Product.Run(worker, x, 1, input, dh1, hidden, 1, gradients.At(w1), hidden, input, hidden, batch);
        Combine(worker, sums1, hidden, gradients.At(b1), Product.Grid(batch, hidden, two).RowsPerBlock);
        Mark(worker, 13);
        Optimizer.Adam(worker, parameters, gradients, moments1, moments2, w3 + hidden * input + input, adam);
        Mark(worker, 14, IsProfiled);
    }

    public void Dispose() => arena.Dispose();

    void Mark(Worker worker, int index, bool barrier = true)
    {
        if (barrier || IsProfiled) worker.Barrier();
        if (IsProfiled && worker.Index == 0) ticks[index] = Stopwatch.GetTimestamp();
    }

    void Combine(Worker worker, Floats partials, int columns, Floats to, int rowsPerBlock) =>
        Maps.Run(worker, 1, columns, 1, 64, new AddRows(partials, to, columns, (batch + rowsPerBlock - 1) / rowsPerBlock));

    /// <summary>relu(c + b).</summary>
    readonly struct BiasRelu(Floats c, int stride, Floats bias) : IMap
    {
        public static bool HasRowSums => false;

        public void Begin(in Tile tile) { }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<TVector>(in Tile tile, int row, int column, ref RowSums<TVector> sums) where TVector : struct, IVector<TVector>
        {
            var at = row * stride + column;
            TVector.Max(TVector.Load(c, at) + TVector.Load(bias, column), TVector.Broadcast(0)).Store(c, at);
        }

        public void EndRow(in Tile tile, int row, in RowSums<Lanes1> sums) { }
    }

    /// <summary>c + b.</summary>
    readonly struct Bias(Floats c, int stride, Floats bias) : IMap
    {
        public static bool HasRowSums => false;

        public void Begin(in Tile tile) { }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<TVector>(in Tile tile, int row, int column, ref RowSums<TVector> sums) where TVector : struct, IVector<TVector>
        {
            var at = row * stride + column;
            (TVector.Load(c, at) + TVector.Load(bias, column)).Store(c, at);
        }

        public void EndRow(in Tile tile, int row, in RowSums<Lanes1> sums) { }
    }

    /// <summary>z = μ + ε·exp(½ ln σ²); divergence ½(σ² + μ² − 1 − ln σ²) per row.</summary>
    readonly struct Reparameterise(Floats heads, Floats epsilon, Floats z, Floats divergences, int latent) : IMap
    {
        public static bool HasRowSums => true;

        public void Begin(in Tile tile) { }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<TVector>(in Tile tile, int row, int column, ref RowSums<TVector> sums) where TVector : struct, IVector<TVector>
        {
            var head = 2 * row * latent + column;
            var (mean, logVariance) = (TVector.Load(heads, head), TVector.Load(heads, head + latent));
            var half = TVector.Broadcast(0.5f);
            var deviation = VectorMath.Exp(half * logVariance);
            TVector.MultiplyAdd(deviation, TVector.Load(epsilon, row * latent + column), mean).Store(z, row * latent + column);
            sums.S0 += half * (TVector.MultiplyAdd(deviation, deviation, mean * mean) - TVector.Broadcast(1) - logVariance);
        }

        public void EndRow(in Tile tile, int row, in RowSums<Lanes1> sums) => sums.S0.Store(divergences, row);
    }

    /// <summary>l = c + b; loss softplus(l) − x·l per row; c ← (σ(l) − x) / batch, and its sums per column.</summary>
    readonly struct BernoulliLoss(Floats c, Floats bias, Floats x, Floats losses, Floats columns, int batch, int input) : IMap
    {
        readonly float scale = 1f / batch;
        readonly int blocks = (input + 63) / 64;

        public static bool HasRowSums => true;

        public void Begin(in Tile tile) => columns.Clear(tile.RowBlock * input + tile.FirstColumn, tile.EndColumn - tile.FirstColumn);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<TVector>(in Tile tile, int row, int column, ref RowSums<TVector> sums) where TVector : struct, IVector<TVector>
        {
            var at = row * input + column;
            var target = TVector.Load(x, at);
            var logit = TVector.Load(c, at) + TVector.Load(bias, column);
            var (sigmoid, softplus) = VectorMath.SigmoidSoftplus(logit);
            sums.S0 += softplus - target * logit;
            var gradient = (sigmoid - target) * TVector.Broadcast(scale);
            gradient.Store(c, at);
            var sum = tile.RowBlock * input + column;
            (TVector.Load(columns, sum) + gradient).Store(columns, sum);
        }

        public void EndRow(in Tile tile, int row, in RowSums<Lanes1> sums) => sums.S0.Store(losses, row * blocks + tile.ColumnBlock);
    }

    /// <summary>c where the unit was on, else 0, and its sums per column.</summary>
    readonly struct ReluGradient(Floats c, Floats h, int width, Floats columns) : IMap
    {
        public static bool HasRowSums => false;

        public void Begin(in Tile tile) => columns.Clear(tile.RowBlock * width + tile.FirstColumn, tile.EndColumn - tile.FirstColumn);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<TVector>(in Tile tile, int row, int column, ref RowSums<TVector> sums) where TVector : struct, IVector<TVector>
        {
            var at = row * width + column;
            var zero = TVector.Broadcast(0);
            var gradient = TVector.Select(TVector.GreaterThan(TVector.Load(h, at), zero), TVector.Load(c, at), zero);
            gradient.Store(c, at);
            var sum = tile.RowBlock * width + column;
            (TVector.Load(columns, sum) + gradient).Store(columns, sum);
        }

        public void EndRow(in Tile tile, int row, in RowSums<Lanes1> sums) { }
    }

    /// <summary>∂μ = ∂z + μ/batch; ∂ln σ² = ½(∂z·ε·σ + (σ² − 1)/batch), and their sums per column.</summary>
    readonly struct ReparameteriseGradient(Floats dz, Floats heads, Floats epsilon, Floats dheads, Floats columns, int batch, int latent) : IMap
    {
        readonly float scale = 1f / batch;

        public static bool HasRowSums => false;

        public void Begin(in Tile tile) => columns.Clear(tile.RowBlock * 2 * latent, 2 * latent);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<TVector>(in Tile tile, int row, int column, ref RowSums<TVector> sums) where TVector : struct, IVector<TVector>
        {
            var (at, head) = (row * latent + column, 2 * row * latent + column);
            var (mean, logVariance, gradient) = (TVector.Load(heads, head), TVector.Load(heads, head + latent), TVector.Load(dz, at));
            var half = TVector.Broadcast(0.5f);
            var deviation = VectorMath.Exp(half * logVariance);
            var dmean = TVector.MultiplyAdd(mean, TVector.Broadcast(scale), gradient);
            var excess = (deviation * deviation - TVector.Broadcast(1)) * TVector.Broadcast(scale);
            var dlog = half * TVector.MultiplyAdd(gradient * TVector.Load(epsilon, at), deviation, excess);
            dmean.Store(dheads, head);
            dlog.Store(dheads, head + latent);
            var sum = tile.RowBlock * 2 * latent + column;
            (TVector.Load(columns, sum) + dmean).Store(columns, sum);
            (TVector.Load(columns, sum + latent) + dlog).Store(columns, sum + latent);
        }

        public void EndRow(in Tile tile, int row, in RowSums<Lanes1> sums) { }
    }

    /// <summary>Sums per row block, added in order.</summary>
    readonly struct AddRows(Floats partials, Floats to, int columns, int blocks) : IMap
    {
        public static bool HasRowSums => false;

        public void Begin(in Tile tile) { }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<TVector>(in Tile tile, int row, int column, ref RowSums<TVector> sums) where TVector : struct, IVector<TVector>
        {
            var sum = TVector.Load(partials, column);
            for (var block = 1; block < blocks; block++) sum += TVector.Load(partials, block * columns + column);
            sum.Store(to, column);
        }

        public void EndRow(in Tile tile, int row, in RowSums<Lanes1> sums) { }
    }
}
