namespace Zoo.Tests.Packages;

/// <summary>A fact that needs what links native images on Linux: skipped with the reason where there is no clang or gcc.</summary>
internal sealed class NativeLinkerFactAttribute : FactAttribute
{
    public NativeLinkerFactAttribute()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        if (!OperatingSystem.IsLinux()) Skip = "Native images are tried on Linux only.";
        else if (!folders.Any(folder => File.Exists(Path.Combine(folder, "clang")) || File.Exists(Path.Combine(folder, "gcc"))))
            Skip = "There is neither clang nor gcc to link a native image with.";
    }
}
