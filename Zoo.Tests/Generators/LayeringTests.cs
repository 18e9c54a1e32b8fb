using System.Reflection;
using Xunit;
using Zoo.Generators;

namespace Zoo.Tests.Generators;

/// <summary>The IR, the rules, the variants and the passes know nothing of Roslyn.</summary>
public class LayeringTests
{
    static readonly string[] RoslynFolders = ["Zoo.Generators", "Zoo.Generators.Tracing", "Zoo.Generators.Diagnostics",
        "Zoo.Generators.Infrastructure"];

    [Fact]
    public void OnlyTracingAndDiagnosticsNameRoslyn()
    {
        const BindingFlags all = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static
            | BindingFlags.DeclaredOnly;
        var types = typeof(ZooGenerator).Assembly.GetTypes()
            .Where(t => t.Namespace?.StartsWith("Zoo.Generators", StringComparison.Ordinal) == true).ToList();
        Assert.Contains(types, t => t.Namespace == "Zoo.Generators.Passes");
        foreach (var type in types.Where(t => !RoslynFolders.Contains(t.Namespace)))
        {
            var named = type.GetFields(all).Select(f => f.FieldType)
                .Concat(type.GetMethods(all)
                    .SelectMany(m => m.GetParameters().Select(p => p.ParameterType).Append(m.ReturnType)
                        .Concat(m.GetMethodBody()?.LocalVariables.Select(v => v.LocalType) ?? [])));
            Assert.DoesNotContain(named,
                t => t.Namespace?.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal) == true
                    && t.Assembly.GetName().Name!.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal));
        }
    }
}
