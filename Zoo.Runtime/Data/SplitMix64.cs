namespace Zoo;

/// <summary>
/// SplitMix64 (Steele, Lea and Flood 2014, "Fast splittable pseudorandom number generators"): the order of examples and their augmentation
/// come from it.
/// It is small enough to be written down in any other language, so that a run can be replayed elsewhere.
/// </summary>
internal struct SplitMix64
{
    const ulong GoldenGamma = 0x9E3779B97F4A7C15;
    ulong state;

    SplitMix64(ulong start) => state = start;

    /// <summary>
    /// The stream of one epoch: its state starts at mix(mix(seed + γ) xor epoch), so that neighbouring seeds and epochs share nothing.
    /// </summary>
    public static SplitMix64 ForEpoch(ulong seed, long epoch) => new(Mix(Mix(unchecked(seed + GoldenGamma)) ^ (ulong)epoch));

    /// <summary>
    /// The stream of one use of one example in one epoch: its state starts at mix(mix(¬s xor example) xor use), s being where
    /// <see cref="ForEpoch"/> starts.
    /// </summary>
    public static SplitMix64 ForExample(ulong seed, long epoch, int example, int use) =>
        new(Mix(Mix(~ForEpoch(seed, epoch).state ^ (ulong)example) ^ (ulong)use));

    /// <summary>The next 64 bits.</summary>
    public ulong Next() => Mix(state = unchecked(state + GoldenGamma));

    /// <summary>
    /// A number in [0, <paramref name="bound"/>) by multiply and shift (Lemire 2019); the bias, at most bound / 2⁶⁴, is far below what can
    /// be seen.
    /// </summary>
    public int Next(int bound) => (int)Math.BigMul(Next(), (ulong)bound, out _);

    static ulong Mix(ulong z)
    {
        unchecked
        {
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }
}
