using System.Runtime.CompilerServices;
using DiffEngine;

namespace Zoo.Tests.Snapshots;

/// <summary>
/// Snapshots with the conventions of Verify: <c>Class.Method[_parameter].verified.ext</c> beside the test is what was accepted,
/// <c>.received.</c> what came
/// instead. Verify.Xunit itself cannot be restored where this is built (NU1101 for its core package) and can replace this file when it can.
/// To accept a change, move the received file over the verified one.
/// </summary>
static class Verifier
{
    public static void Verify(string text, string extension = "txt", string? parameter = null, [CallerFilePath] string source = "",
        [CallerMemberName] string method = "")
    {
        var name = $"{Path.GetFileNameWithoutExtension(source)}.{method}{(parameter is null ? "" : "_" + parameter)}";
        var folder = Path.GetDirectoryName(source)!;
        var (verified, received) = (Path.Combine(folder, $"{name}.verified.{extension}"),
            Path.Combine(folder, $"{name}.received.{extension}"));
        var actual = text.Replace("\r\n", "\n");
        var expected = File.Exists(verified) ? File.ReadAllText(verified).Replace("\r\n", "\n") : null;
        if (actual == expected)
        {
            File.Delete(received);
            return;
        }
        File.WriteAllText(received, actual);
        // Opens the machine's diff tool, unless a build server runs this.
        DiffRunner.Launch(received, verified);
        Assert.Fail(expected is null
            ? $"There is no {Path.GetFileName(verified)} yet. To accept what came, rename {Path.GetFileName(received)}."
            : $"{Path.GetFileName(verified)} differs from line {FirstDifference(expected, actual)} on. To accept what came, move "
                + $"{Path.GetFileName(received)} over it.");
    }

    static int FirstDifference(string expected, string actual)
    {
        var (left, right) = (expected.Split('\n'), actual.Split('\n'));
        return Enumerable.Range(0, Math.Max(left.Length, right.Length))
            .First(i => i >= left.Length || i >= right.Length || left[i] != right[i]) + 1;
    }
}
