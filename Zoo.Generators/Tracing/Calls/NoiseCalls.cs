using Zoo.Generators.Diagnostics;
using Zoo.Generators.Graphs;

namespace Zoo.Generators.Tracing;

/// <summary>Members of Noise as draws.</summary>
static class NoiseCalls
{
    public static Value Evaluate(SymbolicCall call)
    {
        var g = call.Graph;
        Shape Shape() => SizeLimit.Positive(call.Name, call.IsArray(0) ? call.Shape(0) : new Shape(call.Int(0)));
        return new Value.Tensor(call.Name switch
        {
            "Normal" => call.Scope.Draw(g, "normal", call.Text(1), DrawKind.Normal, Shape()),
            "Uniform" => call.Scope.Draw(g, "uniform", call.Text(1), DrawKind.Uniform, Shape()),
            "OneHot" => call.Scope.Draw(g, "onehot", call.Text(1), DrawKind.OneHot, Shape()),
            // 1 with the given probability: where it exceeds a uniform number.
            "Bernoulli" => g.Binary(Op.Greater, call.Node(0),
                call.Scope.Draw(g, "bernoulli", call.Text(1), DrawKind.Uniform, call.Node(0).Shape)),
            _ => throw new TraceException(Descriptors.Unsupported, $"Noise.{call.Name}"),
        });
    }
}
