using System.Linq;
using Zoo.Generators.Graphs;
using Zoo.Generators.Passes.Fusion;
using Zoo.Generators.Plans;
using Zoo.Generators.Variants;

namespace Zoo.Generators.Passes;

/// <summary>Stage 6: programs become kernels over buffers: maps and reductions with the product that feeds them.</summary>
public static class Fuse
{
    /// <param name="model">Simplified programs.</param>
    /// <param name="fuse">False: a kernel for each op, for tests that compare.</param>
    public static ModelPlan Run(ModelGraph model, bool fuse = true)
    {
        var places = StorageLayout.Place(model.Storages);
        var programs = model.Programs.Select(p => new ProgramFuser(model, p, fuse).Run());
        var plan = new ModelPlan(
            model.Identity, model.Batch, model.ChunkRows, model.Parameters, new(places.Places), model.Optimizers, model.Hyperparameters,
            places.SectionFloats, 0, 0, new(programs));
        return plan.Verified(PlanStage.Fused);
    }
}
