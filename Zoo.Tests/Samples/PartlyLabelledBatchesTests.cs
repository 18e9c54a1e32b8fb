using Zoo.Samples.Data;

namespace Zoo.Tests.Samples;

/// <summary>Few labels: those of the first training images of each class, and of no others.</summary>
public class PartlyLabelledBatchesTests
{
    const int Classes = 4;

    /// <summary>Images of one pixel, which is their own number.</summary>
    static readonly ImageSet Images = new(1, 1,
        Enumerable.Range(0, 200).Select(i => (byte)i).ToArray(), Enumerable.Range(0, 200).Select(i => (byte)(i * 7 % Classes)).ToArray());

    static List<(int Image, int Label)[]> Take(int batches, long from = 0)
    {
        using var source = new PartlyLabelledBatches(Images, batchSize: 10, seed: 3, labelled: 12, Classes, rows: 4);
        source.Seek(from);
        var taken = new List<(int, int)[]>();
        for (var i = 0; i < batches; i++)
        {
            var data = source.Next();
            var (examples, labels) = (data.Examples.ToArray(), data.Labels.ToArray());
            taken.Add([.. examples.Select((x, row) => ((int)Math.Round(x * 255), labels[row]))]);
        }
        return taken;
    }

    [Fact]
    public void OnlyTheFirstOfEachClassAreToldTheirs()
    {
        var known = Enumerable.Range(0, Classes).SelectMany(label =>
            Enumerable.Range(0, 200).Where(i => Images.Label(i) == label).Take(3)).ToHashSet();
        var batches = Take(200);
        Assert.All(batches, batch => Assert.Equal((4, 6), (batch.Count(r => r.Label >= 0), batch.Count(r => r.Label == -1))));
        var labelled = batches.SelectMany(b => b).Where(r => r.Label >= 0).ToList();
        Assert.Equal(known, labelled.Select(r => r.Image).ToHashSet());
        Assert.All(labelled, r => Assert.Equal(Images.Label(r.Image), r.Label));
        Assert.True(batches.SelectMany(b => b).Where(r => r.Label < 0).Select(r => r.Image).Distinct().Count() > 190);
    }

    [Fact]
    public void ARunGoesOnWhereItStopped() => Assert.Equal(Take(60).Skip(37), Take(23, from: 37));
}
