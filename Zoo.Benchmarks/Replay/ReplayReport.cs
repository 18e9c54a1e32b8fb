using System.Globalization;
using Zoo.Benchmarks.Steps;
using Zoo.Models;
using static TorchSharp.torch;

namespace Zoo.Benchmarks.Replay;

/// <summary>
/// <c>replay</c>: models and TorchSharp from the same weights, batches and draws; every loss must agree within 1e-4 of its size at every
/// step.
/// <c>--write FOLDER</c> keeps TorchSharp's losses as the goldens of a test; <c>--control</c> compares TorchSharp with itself instead, from
/// weights that are off by a rounding error, 2⁻²⁴ or what <c>--nudge N</c> makes of it, over 100 steps of any model.
/// </summary>
static class ReplayReport
{
    const int ControlSteps = 100;

    public static int Run(string[] arguments)
    {
        string? folder = null;
        var (isControl, nudge, chosen) = (false, 24, new List<ReplayedModel>());
        for (var i = 0; i < arguments.Length; i++)
        {
            if (arguments[i] == "--control") isControl = true;
            else if (arguments[i] == "--nudge" && i + 1 < arguments.Length
                && int.TryParse(arguments[i + 1], CultureInfo.InvariantCulture, out nudge)) i++;
            else if (arguments[i] == "--write" && i + 1 < arguments.Length) folder = arguments[++i];
            else if (ReplayedModel.All.FirstOrDefault(m => m.Name == arguments[i]) is { } model) chosen.Add(model);
            else
            {
                var models = string.Join(", ", ReplayedModel.All.Select(m => m.Name));
                Console.Error.WriteLine($"usage: replay [MODEL]… [--write FOLDER] [--control [--nudge N]], with a MODEL of {models}");
                return 2;
            }
        }
        if (!TorchPeer.IsLoadable(out var why))
        {
            Console.Error.WriteLine(why);
            return 2;
        }
        set_num_threads(2);
        var agree = true;
        foreach (var model in chosen.Count > 0 ? chosen : ReplayedModel.All)
            agree &= isControl ? Control(model, Math.Pow(2, -nudge)) : Replay(model, folder);
        return agree ? 0 : 1;
    }

    static bool Replay(ReplayedModel model, string? folder)
    {
        using var ours = model.Create(Device.Cpu);
        using var peer = Peer(model.Name, ours.Parameters);
        var (rows, losses, names) = (new List<ReplayedLoss[]>(), new float[ours.LossNames.Length], ours.LossNames.ToArray());
        var (largest, statistics, ofStatistics) = (new double[losses.Length], new List<ReplayedStatistic>(), 0.0);
        for (var step = 0; step < model.Steps; step++)
        {
            using var batch = Step(model, ours, step, losses);
            rows.Add(peer.Step(step, batch, ours.Draws));
            if (ReplayedStatistic.Moments.Contains(step + 1))
                foreach (var statistic in peer.Statistics(step + 1))
                {
                    statistics.Add(statistic);
                    ofStatistics = Math.Max(ofStatistics, Deviation(statistic, ours));
                }
            var off = rows[step].Zip(losses, (peers, own) => peers.Deviation(own)).ToArray();
            for (var i = 0; i < off.Length; i++) largest[i] = double.IsNaN(off[i]) ? double.PositiveInfinity : Math.Max(largest[i], off[i]);
            if (step % 10 != 4 && off.All(o => o <= ReplayedModel.Tolerance)) continue;
            var theirs = rows[step];
            Print($"{model.Name} step {step,2}: ", names, i => $"{losses[i]:G7} (TorchSharp {theirs[i].Value:G7}, relative {off[i]:E1})");
        }
        Print($"{model.Name}, {model.Steps} steps, largest relative deviation: ", names, i => $"{largest[i]:E1}");
        if (statistics.Count > 0) Console.WriteLine(FormattableString.Invariant($"{model.Name}, running statistics: {ofStatistics:E1}"));
        if (folder is not null)
        {
            new ReplayGolden(names, rows).Write(Path.Combine(folder, model.Name + ".csv"), model.Name);
            if (statistics.Count > 0)
                ReplayedStatistic.Write(Path.Combine(folder, $"{model.Name}.Statistics.csv"), model.Name, statistics);
        }
        return largest.Append(ofStatistics).All(off => off <= ReplayedModel.Tolerance);
    }

    /// <summary>How far ours is from a statistic; infinite where it is no number.</summary>
    static double Deviation(ReplayedStatistic statistic, IGenerativeModel ours)
    {
        var parameter = ours.Parameters[statistic.Name];
        var values = new float[parameter.Length];
        parameter.CopyTo(values);
        return statistic.Deviation(values) is var off && double.IsNaN(off) ? double.PositiveInfinity : off;
    }

    /// <summary>The peer beside itself with every weight off by a relative amount, up or down by turns.</summary>
    static bool Control(ReplayedModel model, double nudge)
    {
        using var drawing = model.Create(Device.Cpu);
        using TorchReplay peer = Peer(model.Name, drawing.Parameters), other = Peer(model.Name, drawing.Parameters);
        other.Nudge(nudge);
        var (losses, names) = (new float[drawing.LossNames.Length], drawing.LossNames.ToArray());
        var largest = new double[losses.Length];
        for (var step = 0; step < ControlSteps; step++)
        {
            using var batch = Step(model, drawing, step, losses);
            var off = peer.Step(step, batch, drawing.Draws).Zip(other.Step(step, batch, drawing.Draws), (a, b) => a.Deviation(b.Value))
                .ToArray();
            for (var i = 0; i < off.Length; i++) largest[i] = Math.Max(largest[i], off[i]);
            if (step % 10 != 9) continue;
            Print($"{model.Name} control, {step + 1,3} steps, largest relative deviation: ", names, i => $"{largest[i]:E1}");
        }
        return true;
    }

    /// <summary>A step of ours; returns its batch for the peer.</summary>
    static TorchBatch Step(ReplayedModel model, IGenerativeModel ours, int step, float[] losses)
    {
        var batch = model.Room(ours.BatchSize);
        model.FillBatch(step, batch);
        batch.Step(ours, losses);
        return TorchBatch.Of(batch, ours.BatchSize, model.Classes);
    }

    static TorchReplay Peer(string model, ParameterSet weights) => model switch
    {
        nameof(FashionVae) => new TorchVae(weights),
        nameof(FashionConditionalVae) => TorchConditionalVae.Labelled(weights),
        nameof(FashionQuadrantVae) => TorchConditionalVae.WithPrior(weights, isSoft: false),
        nameof(SoftQuadrantVae) => TorchConditionalVae.WithPrior(weights, isSoft: true),
        nameof(SmallConvolutionalVae) or nameof(SmoothConvolutionalVae) =>
            new TorchConvolutionalVae(weights, isSmooth: model == nameof(SmoothConvolutionalVae)),
        nameof(SmallDcgan) or nameof(SmoothDcgan) => new TorchDcgan(weights, isSmooth: model == nameof(SmoothDcgan)),
        nameof(RingGan) => new TorchGan(weights, 1e-4),
        nameof(MinimaxGan) => new TorchGan(weights, 1e-4, isMinimax: true),
        nameof(FashionGan) => new TorchGan(weights, 2e-4, isImage: true),
        nameof(ClippedWgan) => TorchWassersteinGan.Clipped(weights),
        nameof(PenalisedWgan) or nameof(GridWgan) => TorchWassersteinGan.Penalised(weights),
        nameof(FashionEbgan) => TorchEnergyBasedGan.Images(weights),
        nameof(SmoothEbgan) => TorchEnergyBasedGan.Points(weights),
        nameof(FashionBiGan) => new TorchBiGan(weights, 2e-4, isImage: true),
        nameof(MixtureBiGan) => new TorchBiGan(weights, 1e-3),
        nameof(SmoothAli) => new TorchBiGan(weights, 2e-4, isSmooth: true, hasNoise: true),
        nameof(FourPointsAvb) => TorchAvb.Plain(weights),
        nameof(FashionAvb) or nameof(SmoothAvb) => TorchAvb.Contrasted(weights, isSmooth: model == nameof(SmoothAvb)),
        nameof(SmallMixtureAae) => TorchAae.Mixture(weights),
        nameof(SmallSemiSupervisedAae) => TorchAae.SemiSupervised(weights),
        _ => throw new ArgumentOutOfRangeException(nameof(model), model, "Nobody has written this model in TorchSharp."),
    };

    static void Print(string start, string[] names, Func<int, FormattableString> value) =>
        Console.WriteLine(start + string.Join(", ", names.Select((name, i) => $"{name} {FormattableString.Invariant(value(i))}")));
}
