using Zoo.Generators.Passes;
using Zoo.Generators.Passes.Fusion;
using Zoo.Generators.Plans;
using Zoo.Generators.Variants;
using Zoo.Tests.Generators;

namespace Zoo.Tests.Snapshots;

/// <summary>One tiny model after each stage: a review of a change sees which stage changed.</summary>
public class Stages
{
    const string Tiny = """
        using Zoo;

        [Vae(Input = [6], Batch = 4)]
        public partial class Tiny
        {
            static Gaussian Encoder(Tensor x)
            {
                var h = x.Dense(5).Tanh();
                return new(h.Dense(2), h.Dense(2));
            }

            static Gaussian Decoder(Tensor z) => new(z.Dense(6), Tensor.Parameter("log_variance", [1]));
        }
        """;

    [Theory]
    [InlineData("1_Programs")]
    [InlineData("2_Differentiate")]
    [InlineData("3_Simplify")]
    [InlineData("4_Orient")]
    [InlineData("5_Fuse_a_Group")]
    [InlineData("5_Fuse_b_Assign")]
    [InlineData("5_Fuse")]
    [InlineData("6_Partition")]
    [InlineData("7_Memory")]
    [InlineData("6_PartitionGpu")]
    [InlineData("7_MemoryGpu")]
    public void After(string stage)
    {
        var programs = BuildPrograms.Run(GeneratorRun.Of(Tiny).Trace!);
        var derived = Differentiate.Run(programs);
        var simple = Simplify.Run(derived);
        var oriented = Orient.Run(simple);
        var fused = Fuse.Run(oriented);
        var cut = Partition.ForCpu(fused);
        Verifier.Verify(
            stage switch
            {
                "1_Programs" => Print(programs),
                "2_Differentiate" => Print(derived),
                "3_Simplify" => Print(simple),
                "4_Orient" => Print(oriented),
                "5_Fuse_a_Group" => string.Join("\n", oriented.Programs.Where(p => p.Rows > 0).Select(p => Group.Run(p).ToString())),
                "5_Fuse_b_Assign" => string.Join("\n",
                    oriented.Programs.Where(p => p.Rows > 0).Select(p => Assign.Run(oriented, Group.Run(p)).ToString())),
                "5_Fuse" => PlanPrinter.Print(fused),
                "6_Partition" => PlanPrinter.Print(cut),
                "7_Memory" => PlanPrinter.Print(PlanMemory.Run(cut)),
                "6_PartitionGpu" => PlanPrinter.Print(Partition.ForGpu(fused)),
                _ => PlanPrinter.Print(PlanMemory.Run(Partition.ForGpu(fused))),
            },
            parameter: stage);
    }

    /// <summary>Storages, and the programs of training: the rest follows the same passes.</summary>
    static string Print(ModelGraph model) =>
        string.Concat(model.Storages.Select(s => $"storage {s.Name} {s.Shape}{(s.IsTurned ? " turned" : "")} of {string.Join(", ", s.Members.Select(m => m.Parameter))}\n"))
        + string.Concat(model.Programs.Where(p => p.Rows > 0).Select(p => $"\nprogram {p.Name}, {p.Rows} rows\n{p.Roots}"));
}
