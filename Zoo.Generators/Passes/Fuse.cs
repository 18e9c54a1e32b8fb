using System.Linq;
using System.Threading;
using Zoo.Generators.Passes.Fusion;
using Zoo.Generators.Plans;
using Zoo.Generators.Variants;

namespace Zoo.Generators.Passes;

/// <summary>
/// Stage 6: programs become kernels over buffers: maps and reductions with the product that feeds them. Three parts, each a value that
/// prints: which nodes share a kernel (<see cref="Group"/>), where every value lies that another kernel reads (<see cref="Assign"/>), and
/// the kernels (<see cref="Lower"/>).
/// </summary>
public static class Fuse
{
    public static ModelPlan Run(ModelGraph model, CancellationToken cancellation) => Run(model, fuse: true, cancellation);

    /// <param name="model">Simplified programs.</param>
    /// <param name="fuse">False: a kernel for each op, for tests that compare.</param>
    /// <param name="cancellation">Ends the pass early.</param>
    public static ModelPlan Run(ModelGraph model, bool fuse = true, CancellationToken cancellation = default)
    {
        var places = StorageLayout.Place(model.Storages);
        var programs = model.Programs.Select(program =>
        {
            var grouping = Group.Run(program, fuse, cancellation);
            var assignment = Assign.Run(model, grouping, fuse, cancellation);
            return Lower.Run(model, assignment, cancellation);
        });
        var plan = new ModelPlan(
            model.Identity, model.Batch, model.ChunkRows, model.Parameters, new(places.Places), model.Phases, model.Hyperparameters,
            places.SectionFloats, 0, 0, new(programs)) { KeepsAverages = model.KeepsAverages };
        return plan.Verified(PlanStage.Fused);
    }
}
