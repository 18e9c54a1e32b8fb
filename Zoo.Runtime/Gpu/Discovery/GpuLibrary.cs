namespace Zoo.Runtime;

/// <summary>ILGPU, which the package brings along, and the library's file alone does not.</summary>
internal static class GpuLibrary
{
    /// <summary>Calls what needs ILGPU; in a method of its own, because its types are looked for when that is compiled.</summary>
    /// <param name="asked">What the user called.</param>
    /// <param name="call">The call.</param>
    /// <exception cref="NotSupportedException">ILGPU is not beside the program.</exception>
    public static T Needed<T>(string asked, Func<T> call)
    {
        try
        {
            return call();
        }
        catch (FileNotFoundException error) when (error.FileName?.StartsWith("ILGPU,", StringComparison.Ordinal) == true)
        {
            throw new NotSupportedException(
                $"{asked} needs the package ILGPU 1.5.3, which is not beside the program: reference it, or the package of Zoo, which "
                    + "brings it along.", error);
        }
    }
}
