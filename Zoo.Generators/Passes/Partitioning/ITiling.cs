using System.Collections.Generic;
using Zoo.Generators.Plans;

namespace Zoo.Generators.Passes.Partitioning;

/// <summary>How a target cuts kernels. Every cut depends on shapes only, so the bits depend on nothing else.</summary>
interface ITiling
{
    /// <summary>The most sums of either kind that one map can feed.</summary>
    int MostSums { get; }

    /// <summary>The kernel with its tiles decided.</summary>
    Kernel Tile(Kernel kernel, ProgramPlan program, int rows);

    /// <summary>How much of the middle axis one group can reduce; a longer one takes two kernels.</summary>
    int MiddlePerBlock(ReduceKernel kernel);

    /// <summary>The order of execution, with levels: what shares one may run at once.</summary>
    IEnumerable<Kernel> Schedule(IReadOnlyList<Kernel> kernels);
}
