using System.Reflection;
using System.Runtime.CompilerServices;
using Xunit;

namespace Zoo.Tests.State;

public class SymbolicTests
{
    [Theory]
    [InlineData(typeof(Tensor))]
    [InlineData(typeof(Noise))]
    [InlineData(typeof(Distribution))]
    [InlineData(typeof(Gaussian))]
    [InlineData(typeof(Bernoulli))]
    [InlineData(typeof(Categorical))]
    [InlineData(typeof(Priors))]
    public void Every_member_says_that_it_belongs_to_compile_time(Type type)
    {
        var instance = type == typeof(Priors) ? null : RuntimeHelpers.GetUninitializedObject(type.IsAbstract ? typeof(Bernoulli) : type);
        var members = type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Concat<MethodBase>(type.GetConstructors()).ToList();
        Assert.NotEmpty(members);
        foreach (var member in members)
        {
            object?[] arguments = [.. member.GetParameters()
                .Select(p => p.ParameterType.IsValueType ? Activator.CreateInstance(p.ParameterType) : null)];
            var thrown = Assert.Throws<TargetInvocationException>(() => member.IsConstructor
                ? member.Invoke(instance, arguments)
                : member.Invoke(member.IsStatic ? null : instance, arguments));
            var message = Assert.IsType<InvalidOperationException>(thrown.InnerException).Message;
            Assert.StartsWith($"{type.Name}.", message, StringComparison.Ordinal);
            if (!member.IsSpecialName) Assert.StartsWith($"{type.Name}.{member.Name} is read", message, StringComparison.Ordinal);
        }
    }
}
