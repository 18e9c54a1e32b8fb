using System.Runtime.CompilerServices;

namespace Zoo;

/// <summary>Why a symbolic member has no body: the generator reads the call, nothing runs it.</summary>
internal static class CompileTime
{
    /// <summary>The one exception every symbolic member throws when a program calls it after all.</summary>
    internal static InvalidOperationException Only(string type, [CallerMemberName] string member = "") => new(
        $"{type}.{member} is read by the Zoo generator at compile time and has no value at run time. Network methods are declarations: " +
        "call the generated members of the model instead (Step, Encode, Decode, Sample, …).");
}
