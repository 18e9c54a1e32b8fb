using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using Zoo.Tests.Data;
using Zoo.Tests.Generators;

namespace Zoo.Tests.Packages;

/// <summary>
/// The package as someone else gets it: a project outside the repository with one reference, under the strictest settings, builds and
/// trains.
/// </summary>
[Trait("Speed", "Slow")]
public sealed class StrangerTests : IDisposable
{
    // One that no public package has, so that nothing else can be restored in its place.
    const string Version = "0.1.0-stranger";

    const string Project = $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <Nullable>enable</Nullable>
            <ImplicitUsings>disable</ImplicitUsings>
            <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
            <WarningLevel>9999</WarningLevel>
            <GenerateDocumentationFile>true</GenerateDocumentationFile>
            <CheckForOverflowUnderflow>true</CheckForOverflowUnderflow>
            <IlcInstructionSet>native</IlcInstructionSet>
            <InvariantGlobalization>true</InvariantGlobalization>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="Zoo" Version="{Version}" />
            <PackageReference Include="ILGPU" Version="1.5.3" />
          </ItemGroup>
        </Project>
        """;

    const string Program = """
        using System;
        using System.Globalization;
        using Zoo;

        namespace Elsewhere;

        /// <summary>A stranger's model.</summary>
        [Vae(Input = [12], Batch = 16)]
        public partial class Sensors
        {
            static Gaussian Encoder(Tensor x)
            {
                var h = x.Dense(8).Tanh();
                return new(h.Dense(3), h.Dense(3));
            }

            static Gaussian Decoder(Tensor z) => new(z.Dense(8).Tanh().Dense(12), Tensor.Parameter("log_variance", [1]));
        }

        /// <summary>A stranger's program.</summary>
        public static class Program
        {
            /// <summary>Prints the bound before and after training.</summary>
            public static void Main()
            {
                using var model = new Sensors(seed: 1);
                var x = new float[16 * 12];
                for (var i = 0; i < x.Length; i++) x[i] = MathF.Sin(i * 0.3f);
                var first = model.Evaluate(x).Elbo;
                for (var i = 0; i < 500; i++) model.Train(x);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{first} {model.Evaluate(x).Elbo}"));
                try
                {
                    Device.Gpu(x).Dispose();
                }
                catch (Exception exception) when (exception is ArgumentException or PlatformNotSupportedException)
                {
                    Console.WriteLine(exception.GetType().Name);
                }
            }
        }
        """;

    /// <summary>A library under every rule that the SDK's analysers have.</summary>
    const string StrictProject = $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <Nullable>enable</Nullable>
            <ImplicitUsings>enable</ImplicitUsings>
            <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
            <WarningLevel>9999</WarningLevel>
            <AnalysisMode>All</AnalysisMode>
            <AnalysisLevel>latest</AnalysisLevel>
            <EnforceCodeStyleInBuild>true</EnforceCodeStyleInBuild>
            <GenerateDocumentationFile>true</GenerateDocumentationFile>
            <CheckForOverflowUnderflow>true</CheckForOverflowUnderflow>
            <EmitCompilerGeneratedFiles>true</EmitCompilerGeneratedFiles>
            <CompilerGeneratedFilesOutputPath>generated</CompilerGeneratedFilesOutputPath>
          </PropertyGroup>
          <ItemGroup>
            <Compile Remove="generated/**" />
            <PackageReference Include="Zoo" Version="{Version}" />
            <PackageReference Include="ILGPU" Version="1.5.3" />
          </ItemGroup>
        </Project>
        """;

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void BuildsAndTrains()
    {
        var project = Create();
        using (var package = ZipFile.OpenRead(Path.Combine(folder.Path, $"Zoo.{Version}.nupkg")))
        {
            var names = package.Entries.Select(e => e.FullName).ToList();
            foreach (var name in (string[])["lib/net10.0/Zoo.Runtime.dll", "lib/net10.0/Zoo.Runtime.xml",
                "analyzers/dotnet/cs/Zoo.Generators.dll", "README.md"]) Assert.Contains(name, names);
            // What a generator's package must not bring: the compiler itself.
            Assert.DoesNotContain(names, n => n.Contains("CodeAnalysis", StringComparison.Ordinal));
        }
        Dotnet(project, "build", "-c", "Release", "-o", "out", "--nologo");
        Trains(Dotnet(project, "exec", Path.Combine("out", "Stranger.dll")), nameof(ArgumentException));
    }

    /// <summary>
    /// One model of each kind under every rule of the analysers, warnings as errors, compiled by a process that runs in Turkish: what is
    /// emitted
    /// is what these tests see, to the byte.
    /// </summary>
    [Fact]
    public void EveryAnalyzerIsContentInTurkish()
    {
        var project = Create(StrictProject, SettingsTests.Models, "Models.cs");
        Start(project, "dotnet", [("LC_ALL", "tr_TR.UTF-8"), ("LANG", "tr_TR.UTF-8"), ("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "0")],
            "build", "-c", "Release", "--nologo");
        var emitted = Directory.GetFiles(Path.Combine(project, "generated"), "*.g.cs", SearchOption.AllDirectories)
            .Where(path => path.Contains("Zoo.Generators", StringComparison.Ordinal))
            .ToDictionary(path => Path.GetFileName(path), File.ReadAllText);
        var expected = SettingsTests.Build("14.0", nullable: true, isChecked: true, isCompliant: false, implicitUsings: true,
            assembly: "Stranger").Files.ToList();
        Assert.Equal(expected.Select(f => f.Name).Order(StringComparer.Ordinal), emitted.Keys.Order(StringComparer.Ordinal));
        Assert.All(expected, file => Assert.Equal(file.Text, emitted[file.Name]));
    }

    /// <summary>
    /// Ahead of time, with the GPU half compiled in: nothing of ILGPU is left, no warning is given, and Device.Gpu says why it cannot be.
    /// </summary>
    [NativeLinkerFact]
    public void PublishesAheadOfTimeWithoutIlgpu()
    {
        var project = Create();
        Dotnet(project, "publish", "-c", "Release", "-p:PublishAot=true", "-o", "native", "--nologo");
        var image = Path.Combine(project, "native", "Stranger");
        var bytes = File.ReadAllBytes(image);
        Assert.InRange(bytes.Length, 1, 4_000_000);
        Assert.True(bytes.AsSpan().IndexOf("CudaAccelerator"u8) < 0
            && bytes.AsSpan().IndexOf(System.Text.Encoding.Unicode.GetBytes("CudaAccelerator")) < 0, "The image has parts of ILGPU.");
        Trains(Start(project, image), nameof(PlatformNotSupportedException));
    }

    static void Trains(string output, string refusal)
    {
        var lines = output.Split('\n');
        var bounds = lines[0].Split(' ').Select(v => double.Parse(v, CultureInfo.InvariantCulture)).ToArray();
        Assert.True(bounds[1] > bounds[0] + 1, $"The bound went from {bounds[0]} to {bounds[1]} nats.");
        Assert.Equal(refusal, lines[1]);
    }

    /// <summary>The package and, beside it, the stranger's project.</summary>
    string Create(string settings = Project, string source = Program, string file = "Program.cs")
    {
        // The packed files are those that these tests were built with.
        var configuration = Path.GetFileName(Path.GetDirectoryName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)))!;
        Dotnet(folder.Path, "pack", Runtime(), "--no-build", "-c", configuration, "-o", folder.Path, $"-p:Version={Version}", "--nologo");
        var project = Directory.CreateDirectory(Path.Combine(folder.Path, "stranger")).FullName;
        File.WriteAllText(Path.Combine(project, "Stranger.csproj"), settings);
        File.WriteAllText(Path.Combine(project, file), source);
        File.WriteAllText(Path.Combine(project, "nuget.config"), $"""
            <configuration>
              <config>
                <add key="globalPackagesFolder" value="packages" />
              </config>
              <packageSources>
                <add key="local" value="{folder.Path}" />
              </packageSources>
            </configuration>
            """);
        return project;
    }

    static string Runtime([CallerFilePath] string source = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(source)!, "..", "..", "Zoo.Runtime", "Zoo.Runtime.csproj"));

    static string Dotnet(string directory, params string[] arguments) => Start(directory, "dotnet", arguments);

    static string Start(string directory, string program, params string[] arguments) => Start(directory, program, [], arguments);

    static string Start(string directory, string program, (string Name, string Value)[] environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = directory, RedirectStandardOutput = true,
            RedirectStandardError = true };
        // The runner's own MSBuild must not be found, and no build server may outlive the test.
        foreach (var name in (string[])["MSBuildSDKsPath", "MSBUILD_EXE_PATH", "MSBuildExtensionsPath",
            "MSBuildLoadMicrosoftTargetsReadOnly"]) start.Environment.Remove(name);
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0,
            $"{program} {string.Join(' ', arguments)}: exit code {process.ExitCode}\n{output}\n{errors.Result}");
        return output;
    }
}
