namespace Zoo;

/// <summary>
/// What a <see cref="BatchSource"/> does to each image, afresh in every epoch, in this order: crop, flip, dequantise, binarise.
/// </summary>
/// <remarks>
/// Each of the four draws from a SplitMix64 stream that is a pure function of (seed, epoch, example, which of the four). So a batch is
/// the same after <see cref="BatchSource.Seek"/> and on any machine, an example comes the same within an epoch whatever the size of
/// batches, and switching one of the four on leaves the draws of the others as they were.
/// </remarks>
public sealed record Augmentation
{
    /// <summary>
    /// The axes of an example; null takes those of the examples (<see cref="IExamples.Shape"/>). Needed for <see cref="CropPadding"/> and
    /// <see cref="HorizontalFlip"/> where examples are rows of floats.
    /// </summary>
    public ImageShape? Shape { get; init; }

    /// <summary>
    /// Rows and columns of zeros added on every side; of the larger image a part of the old size is kept, each of the (2p + 1)² places as
    /// likely, the same for all channels (He et al. 2016, "Deep residual learning", section 4.2: p = 4). 0 does nothing.
    /// </summary>
    public int CropPadding { get; init; }

    /// <summary>With probability ½, columns in reverse, the same for all channels.</summary>
    public bool HorizontalFlip { get; init; }

    /// <summary>
    /// (p + u) / 256 with u uniform in [0, 1), drawn for each pixel, and p = 255·x rounded to one of the 256 levels: a density over the
    /// unit interval, whose integral over a level bounds the level's probability (Theis, van den Oord and Bethge 2016, section 3.1).
    /// x from 0 to 1 gives values from 0 to below 1.
    /// </summary>
    public bool Dequantise { get; init; }

    /// <summary>
    /// 1 with probability x, else 0, drawn for each pixel: dynamic binarisation (Salakhutdinov and Murray 2008; Burda, Grosse and
    /// Salakhutdinov 2016). NaN stays NaN, so that <see cref="DataRange"/> still finds it.
    /// </summary>
    public bool Binarise { get; init; }
}
