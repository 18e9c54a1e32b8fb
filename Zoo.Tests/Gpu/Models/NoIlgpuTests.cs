using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Zoo.Tests.Data;
using Zoo.Tests.Generators;

namespace Zoo.Tests.Gpu;

/// <summary>A program beside whose files ILGPU is not, because it references the library's file and not its package.</summary>
public sealed class NoIlgpuTests
{
    [Fact]
    public void WhoAsksForAGpuIsToldWhatIsMissing()
    {
        using var folder = new TemporaryFolder();
        var compilation = GeneratorRun.Compile(["""
            using System;
            using Zoo;
            using Zoo.Runtime;
            foreach (var ask in new Action[] { () => Device.BestGpu(), () => Device.Gpu(new object()), GpuDrivers.Register })
            {
                try
                {
                    ask();
                    Console.WriteLine("nothing");
                }
                catch (Exception e)
                {
                    Console.WriteLine($"{e.GetType().Name}: {e.Message}");
                }
            }
            Console.WriteLine(Device.Cpu.IsGpu);
            """], hasIlgpu: false).WithOptions(new CSharpCompilationOptions(OutputKind.ConsoleApplication));
        var program = Path.Combine(folder.Path, "Program.dll");
        var emitted = compilation.Emit(program);
        Assert.True(emitted.Success, string.Join("\n", emitted.Diagnostics));
        var runtime = typeof(Device).Assembly.Location;
        File.Copy(runtime, Path.Combine(folder.Path, Path.GetFileName(runtime)));
        File.WriteAllText(Path.Combine(folder.Path, "Program.runtimeconfig.json"),
            "{ \"runtimeOptions\": { \"framework\": { \"name\": \"Microsoft.NETCore.App\", \"version\": \""
            + Environment.Version.ToString(3) + "\" } } }");
        using var child = Process.Start(new ProcessStartInfo("dotnet", ["exec", program]) { RedirectStandardOutput = true })!;
        var lines = child.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd());
        child.WaitForExit();
        const string missing = " needs the package ILGPU 1.5.3, which is not beside the program: reference it, or the package of Zoo, "
            + "which brings it along.";
        Assert.Equal(
            [
                $"NotSupportedException: Device.BestGpu{missing}", $"NotSupportedException: Device.Gpu{missing}",
                $"NotSupportedException: GpuDrivers.Register{missing}", "False",
            ], lines);
    }
}
