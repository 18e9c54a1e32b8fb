using System;

namespace Zoo.Generators.Graphs;

/// <summary>A 128-bit structural hash, built by mixing words in order (two lanes of a splitmix-style finaliser).</summary>
public readonly record struct Hash128(ulong Low, ulong High)
{
    public static Hash128 Start => new(0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F);

    public Hash128 Add(ulong word) => unchecked(new(Mix(Low ^ word), Mix(High + word * 0xD6E8FEB86659FD93)));

    public Hash128 Add(int word) => Add(unchecked((ulong)word));

    public Hash128 Add(Hash128 other) => Add(other.Low).Add(other.High);

    public Hash128 Add(float value) => Add(BitConverter.ToInt32(BitConverter.GetBytes(value), 0));

    public Hash128 Add(string? text)
    {
        var hash = Add(text?.Length ?? -1);
        foreach (var c in text ?? "") hash = hash.Add(c);
        return hash;
    }

    static ulong Mix(ulong x)
    {
        unchecked
        {
            x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
            x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
            return x ^ (x >> 31);
        }
    }

    public override string ToString() => $"{High:x16}{Low:x16}";
}
