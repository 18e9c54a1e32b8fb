using System.Collections;
using System.Reflection;

namespace Zoo.Tests.Generators;

/// <summary>Every object that a value holds on to, through all fields: what a cached step of the generator keeps alive.</summary>
static class Reachable
{
    public static IEnumerable<(object Value, string Path)> From(object root)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var stack = new Stack<(object Value, string Path)>([(root, root.GetType().Name)]);
        while (stack.TryPop(out var next))
        {
            if (!next.Value.GetType().IsValueType && !seen.Add(next.Value)) continue;
            yield return next;
            var type = next.Value.GetType();
            if (type.IsPrimitive || type.IsEnum || next.Value is string or Type or MemberInfo or Delegate) continue;
            if (next.Value is IEnumerable items)
                foreach (var item in items)
                    if (item is not null) stack.Push((item, $"{next.Path}[]"));
            for (var level = type; level is not null && level != typeof(object); level = level.BaseType)
                foreach (var field in level.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic
                    | BindingFlags.DeclaredOnly))
                    if (!field.FieldType.IsPointer && !field.FieldType.IsPrimitive && field.GetValue(next.Value) is { } value)
                        stack.Push((value, $"{next.Path}.{field.Name}"));
        }
    }
}
