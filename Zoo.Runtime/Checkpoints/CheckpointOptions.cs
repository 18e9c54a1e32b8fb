namespace Zoo;

/// <summary>
/// How to load a safetensors file that was not written for this class: what its tensors are called, and what may be missing, extra or no
/// number. The defaults are those of a load without options, which takes exactly what <see cref="IGenerativeModel.Save"/> writes, or the
/// parameters alone.
/// </summary>
public sealed record CheckpointOptions
{
    /// <summary>
    /// Names in the file, prefixes stripped or not, and what they are called in the model: <c>fc1.weight</c> →
    /// <c>encoder.dense1.weight</c>.
    /// </summary>
    public IReadOnlyDictionary<string, string> Names { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Prefixes that wrappers put before names, such as <c>module.</c> and <c>_orig_mod.</c>: stripped as often as they stand there.
    /// </summary>
    public IReadOnlyList<string> Prefixes { get; init; } = [];

    /// <summary>
    /// Whether to take the parameters of a complete checkpoint and leave the rest, as after another optimiser or another option was chosen.
    /// </summary>
    public bool ParametersOnly { get; init; }

    /// <summary>Whether parameters may be missing: they stay as they are in the model, and their moments are zero.</summary>
    public bool AllowMissing { get; init; }

    /// <summary>Whether the file may have tensors that the model has no use for.</summary>
    public bool AllowExtra { get; init; }

    /// <summary>Whether NaN and infinite values are taken, and an F64 that is beyond a float as infinite.</summary>
    public bool AllowNonFinite { get; init; }
}
