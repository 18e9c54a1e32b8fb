namespace Zoo;

/// <summary>
/// First values of layers that say nothing of them: on the class (all networks), or narrowed to a network. It is for Dense, Conv2d,
/// ConvTranspose2d and Maxout; layers of normalisation begin at 1 and 0, raw parameters say themselves how.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class InitialisationAttribute : Attribute
{
    /// <summary>Of the weights whose layer has <see cref="Init.Default"/>, which is what a layer has where none is written.</summary>
    public Init Weight { get; set; }

    /// <summary>Factor on the weights' first values, besides that of the layer: at least 0.</summary>
    public float Gain { get; set; } = 1;

    /// <summary>Of the biases, in the same way; not <see cref="Init.Orthogonal"/>, which is for matrices.</summary>
    public Init Bias { get; set; }

    /// <summary>Name of the one network whose layers are meant; all where null. The narrower attribute counts.</summary>
    public string? For { get; set; }
}
