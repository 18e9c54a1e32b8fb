using System.Globalization;
using System.Runtime.Intrinsics;
using Zoo.Benchmarks.Steps;

namespace Zoo.Benchmarks.Limits;

/// <summary>What the machine reaches with a number of threads: the best block of each measurement, made once per run and printed.</summary>
sealed class Machine
{
    readonly Dictionary<ProductShape, double> products = [];
    readonly Dictionary<int, double> bandwidths = [];
    readonly Dictionary<ConvolutionShape, double> convolutions = [];
    readonly OpenBlas? blas;
    readonly OneDnn? dnn;
    readonly Output output;
    readonly Device device;
    readonly int threads;
    readonly double exponentials;

    public Machine(int threads, OpenBlas? blas, OneDnn? dnn, Device device, Output output)
    {
        (this.threads, this.blas, this.dnn, this.device, this.output) = (threads, blas, dnn, device, output);
        Fma(isWide: false);
        if (Vector512.IsHardwareAccelerated) Fma(isWide: true);
        using var exp = new Exponentials();
        exponentials = Exponentials.Rows * Exponentials.Columns / (Contest.Run(() => device.Team.Run(exp), 15, 8).Best * 1e-3);
        output.Figure(
            string.Create(CultureInfo.InvariantCulture, $"exp, own                 {exponentials * 1e-9,8:F2} G/s"),
            ("measure", "exp"), ("threads", threads), ("per_second", exponentials));
    }

    /// <summary>
    /// T1: a bound on a step from its parts. Each product and each pass over a convolution at the best rate anybody reaches on its
    /// shape, the optimiser's bytes at the best bandwidth, and the transcendental functions at the rate of exp, one after another.
    /// </summary>
    /// <returns>Milliseconds.</returns>
    public double StepLimit(StepCase of) =>
        of.Products.Sum(Product) + of.Convolutions.Sum(Convolution)
            + of.Updates.Sum(u => u.Times * Update(u.Parameters)) + of.Transcendentals / exponentials * 1e3;

    /// <summary>Products alone, one after another, each at the best rate anybody reaches on its shape.</summary>
    /// <returns>Milliseconds.</returns>
    public double ProductsLimit(IEnumerable<ProductShape> shapes) => shapes.Sum(Product);

    /// <summary>Adam reads p, g, m, v and writes p, m, v. In milliseconds.</summary>
    double Update(int parameters) => 28.0 * parameters / Bandwidth(parameters) * 1e3;

    void Fma(bool isWide)
    {
        var fma = new FmaCeiling(isWide);
        var rate = fma.OperationsPerWorker * threads / Contest.Run(() => device.Team.Run(fma), 15, 8).Best * 1e-6;
        output.Figure(
            string.Create(CultureInfo.InvariantCulture, $"FMA ceiling, {(isWide ? 512 : 256)} bits    {rate,8:F1} GFLOP/s"),
            ("measure", "fma"), ("threads", threads), ("bits", isWide ? 512 : 256), ("gflops", rate));
    }

    double Product(ProductShape shape)
    {
        if (products.TryGetValue(shape, out var known)) return known;
        using var sgemm = new Sgemm(shape);
        Action own = () => device.Team.Run(sgemm);
        blas?.Threads(threads);
        var times = Contest.Run(blas is null ? [own] : [own, () => sgemm.Execute(blas)], 15, 6).Select(time => time.Best).ToArray();
        var rates = times.Select(time => (double?)(shape.Operations / time * 1e-6)).ToArray();
        var peer = rates.ElementAtOrDefault(1);
        output.Figure(
            string.Create(CultureInfo.InvariantCulture,
                $"{shape,-44} {shape.Operations * 1e-6,6:F2} MFLOP  own {rates[0],6:F1}  OpenBLAS {peer,6:F1} GFLOP/s"),
            ("measure", "sgemm"), ("threads", threads), ("product", shape.Name), ("m", shape.M), ("n", shape.N), ("k", shape.K),
            ("own_gflops", rates[0]), ("openblas_gflops", peer));
        return products[shape] = times.Min();
    }

    double Convolution(ConvolutionShape shape)
    {
        if (convolutions.TryGetValue(shape with { Name = "" }, out var known)) return known;
        using var convolution = new Convolution(shape);
        Action own = () => device.Team.Run(convolution);
        dnn?.Threads(threads);
        var times = Contest.Run(dnn is null ? [own] : [own, dnn.Prepare(shape)], 15, 6).Select(time => time.Best).ToArray();
        var rates = times.Select(time => (double?)(shape.Operations / time * 1e-6)).ToArray();
        var peer = rates.ElementAtOrDefault(1);
        output.Figure(
            string.Create(CultureInfo.InvariantCulture,
                $"{shape,-48} {shape.Operations * 1e-6,6:F1} MFLOP  own {rates[0],6:F1}  oneDNN {peer,6:F1} GFLOP/s"),
            ("measure", "convolution"), ("threads", threads), ("convolution", shape.Name), ("pass", shape.Pass.ToString()),
            ("images", shape.Images), ("side", shape.Side), ("channels", shape.Channels), ("outputs", shape.Outputs),
            ("kernel", shape.Kernel), ("own_gflops", rates[0]), ("onednn_gflops", peer));
        return convolutions[shape with { Name = "" }] = times.Min();
    }

    double Bandwidth(int parameters)
    {
        if (bandwidths.TryGetValue(parameters, out var known)) return known;
        using var plain = new Triad(parameters, isUpdate: false);
        using var update = new Triad(parameters, isUpdate: true);
        var times = Contest.Run([() => device.Team.Run(plain), () => device.Team.Run(update)], 15, 8);
        var (triad, stream) = (plain.Bytes / times[0].Best * 1e3, update.Bytes / times[1].Best * 1e3);
        output.Figure(
            string.Create(CultureInfo.InvariantCulture,
                $"triad, {parameters} × 4 floats {triad * 1e-9,8:F1} GB/s, as an update {stream * 1e-9:F1} GB/s"),
            ("measure", "triad"), ("threads", threads), ("floats", 4 * parameters), ("triad_bytes_per_second", triad),
            ("update_bytes_per_second", stream));
        return bandwidths[parameters] = Math.Max(triad, stream);
    }
}
