using Zoo.Generators.Diagnostics;
using Zoo.Generators.Graphs;

namespace Zoo.Generators.Tracing;

/// <summary>Members of Noise as draws.</summary>
static class NoiseCalls
{
    public static Value Evaluate(SymbolicCall call)
    {
        var (kind, law) = call.Name switch
        {
            "Normal" => ("normal", DrawKind.Normal),
            "Uniform" => ("uniform", DrawKind.Uniform),
            _ => throw new TraceException(Descriptors.Unsupported, $"Noise.{call.Name}"),
        };
        var shape = SizeLimit.Positive(call.Name, call.IsArray(0) ? call.Shape(0) : new Shape(call.Int(0)));
        return new Value.Tensor(call.Scope.Draw(call.Graph, kind, call.Text(1), law, shape));
    }
}
