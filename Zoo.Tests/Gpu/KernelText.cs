using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using ILGPU;
using ILGPU.Backends;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.OpenCL;
using ILGPU.Backends.PTX;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;
using Zoo.Runtime;

namespace Zoo.Tests.Gpu;

/// <summary>
/// A kernel as text, compiled without a device: the only look at code for graphics processors that a machine without one allows.
/// </summary>
/// <param name="Ptx">For SM 8.0, without libdevice.</param>
/// <param name="OpenCl">OpenCL C 3.0.</param>
/// <param name="Registers">Virtual registers of the PTX by type: b32, f32, pred, …</param>
/// <param name="SharedBytes">Static shared memory of a group.</param>
internal sealed partial record KernelText(string Ptx, string OpenCl, IReadOnlyDictionary<string, int> Registers, int SharedBytes)
{
    // Calls that only a device would find undefined, double precision, memory for arrays or spilled structures, approximate functions.
    static readonly string[] ForbiddenInPtx = [".extern .func", ".f64", ".local", ".approx"];
    static readonly string[] ForbiddenInOpenCl = ["double"];

    /// <summary>Compiles an explicitly grouped kernel as a plain context does, so without ILGPU's algorithms.</summary>
    public static KernelText Compile(MethodInfo kernel)
    {
        // Text could be made of these, but no launcher.
        foreach (var parameter in kernel.GetParameters())
            Assert.False(HoldsTruthValue(parameter.ParameterType),
                $"ILGPU cannot copy {parameter.ParameterType} to a device: it holds a bool");
        // One context a kernel: a failed compilation spoils the context it happened in.
        using var context = Context.Create(builder => builder.Optimize(OptimizationLevel.O2));
        var entry = EntryPointDescription.FromExplicitlyGroupedKernel(kernel);
        using var cuda = new PTXBackend(context, CudaArchitecture.SM_80, CudaInstructionSet.ISA_78, null!);
        var ptx = ((PTXCompiledKernel)cuda.Compile(entry, default)).PTXAssembly;
        using var openCl = OpenClBackend(context);
        var source = OpenClSource(openCl, kernel);
        var registers = RegisterDeclaration().Matches(ptx)
            .ToDictionary(match => match.Groups[1].Value, match => int.Parse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture) - 1);
        var shared = SharedDeclaration().Matches(ptx).Sum(match => int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture));
        return new(ptx, source, registers, shared);
    }

    /// <summary>What compiles for OpenCL, without a device.</summary>
    public static CLBackend OpenClBackend(Context context)
    {
        // Float16, float64, generic address space, 64-bit atomics, sub-groups.
        var capabilities = new CLCapabilityContext(false, true, true, true, false);
        return new(context, capabilities, CLDeviceVendor.Other, CLCVersion.CL30);
    }

    /// <summary>An explicitly grouped kernel's text as it is given to a driver.</summary>
    public static string OpenClSource(CLBackend backend, MethodInfo kernel)
    {
        var compiled = (CLCompiledKernel)backend.Compile(EntryPointDescription.FromExplicitlyGroupedKernel(kernel), default);
        return OpenClKernels.AsBuilt(compiled.Source);
    }

    /// <summary>A method by name, made generic over <paramref name="arguments"/> where there are any.</summary>
    public static MethodInfo Method(Type type, string name, params Type[] arguments)
    {
        var method = type.GetMethod(name, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
            ?? throw new MissingMethodException(type.FullName, name);
        return arguments.Length == 0 ? method : method.MakeGenericMethod(arguments);
    }

    /// <summary>Fails with the line that holds something no kernel may contain.</summary>
    public void IsPlainSingle()
    {
        foreach (var word in ForbiddenInPtx) Absent(word, Ptx);
        foreach (var word in ForbiddenInOpenCl) Absent(word, OpenCl);
    }

    static bool HoldsTruthValue(Type type) => type == typeof(bool)
        || !type.IsPrimitive && type.Namespace != nameof(ILGPU)
            && type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Any(field => HoldsTruthValue(field.FieldType));

    static void Absent(string word, string text)
    {
        var line = text.Split('\n').FirstOrDefault(line => line.Contains(word, StringComparison.Ordinal));
        Assert.True(line is null, $"the kernel's text has '{word}': {line?.Trim()}");
    }

    [GeneratedRegex(@"\.reg \.(\w+)\s+%\w+<(\d+)>")]
    private static partial Regex RegisterDeclaration();

    [GeneratedRegex(@"\.shared[^;\[]*\[(\d+)\]")]
    private static partial Regex SharedDeclaration();
}
