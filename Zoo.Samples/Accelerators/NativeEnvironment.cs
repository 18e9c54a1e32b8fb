using System.Runtime.InteropServices;

namespace Zoo.Samples.Accelerators;

/// <summary>The environment that native libraries read, which the managed one does not reach on Linux.</summary>
internal static class NativeEnvironment
{
    public static void Set(string name, string value) => SetEnvironment(name, value, overwrite: 1);

    [DllImport("libc", EntryPoint = "setenv")]
    static extern int SetEnvironment(
        [MarshalAs(UnmanagedType.LPUTF8Str)] string name, [MarshalAs(UnmanagedType.LPUTF8Str)] string value, int overwrite);
}
