using Xunit;
using Zoo.Generators.Infrastructure;
using Zoo.Generators.Passes;
using Zoo.Generators.Passes.Fusion;
using Zoo.Generators.Plans;
using Zoo.Generators.Variants;
using Zoo.Tests.Generators;

namespace Zoo.Tests.Snapshots;

/// <summary>Tiny models after each stage: a review of a change sees which stage changed.</summary>
public class Stages
{
    const string Vae = """
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

    const string PenalisedGan = """
        using Zoo;

        [WassersteinGan(Input = [3], Latent = [2], Batch = 4, Penalty = 10f, CriticSteps = 2)]
        public partial class Tiny
        {
            static Tensor Generator(Tensor z) => z.Dense(3);
            static Tensor Critic(Tensor x) => x.Dense(5).Relu().Dense(1);
        }
        """;

    public static TheoryData<string, string> All
    {
        get
        {
            string[] names =
            [
                TrackingNames.Programs, .. Pipeline.GraphStages.Select(s => s.Name), "Fuse_Group", "Fuse_Assign", TrackingNames.Fuse,
                .. Pipeline.PlanStages(Target.Cpu).Select(s => s.Name), .. Pipeline.PlanStages(Target.Gpu).Select(s => s.Name), "State",
            ];
            var data = new TheoryData<string, string>();
            foreach (var model in new[] { nameof(Vae), nameof(PenalisedGan) })
                foreach (var name in names) data.Add(model, name);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void After(string model, string stage) =>
        Verifier.Verify(Run(model == nameof(Vae) ? Vae : PenalisedGan, stage), parameter: $"{model}_{stage}");

    static string Run(string source, string stage)
    {
        var graph = BuildPrograms.Run(GeneratorRun.Of(source).Trace!).Graph;
        if (stage == TrackingNames.Programs) return Print(graph);
        foreach (var (name, run) in Pipeline.GraphStages)
        {
            graph = run(graph, default);
            if (stage == name) return Print(graph);
        }
        if (stage == "Fuse_Group") return Print(graph, p => Group.Run(p).ToString());
        if (stage == "Fuse_Assign") return Print(graph, p => Assign.Run(graph, Group.Run(p)).ToString());
        var fused = Pipeline.RunFuse(graph, default);
        if (stage == TrackingNames.Fuse) return PlanPrinter.Print(fused);
        foreach (var target in new[] { Target.Cpu, Target.Gpu })
        {
            var plan = fused;
            foreach (var (name, run) in Pipeline.PlanStages(target))
            {
                plan = run(plan, default);
                if (stage == name) return PlanPrinter.Print(plan);
            }
        }
        return new StateTable(fused).ToString();
    }

    static string Print(ModelGraph model, Func<ProgramGraph, string> print) =>
        string.Join("\n", model.Programs.Where(p => p.Rows > 0).Select(print));

    /// <summary>Storages, and the programs of training: the rest follows the same passes.</summary>
    static string Print(ModelGraph model) =>
        string.Concat(model.Storages.Select(s => $"storage {s.Name} {s.Shape}{(s.IsTurned ? " turned" : "")} of "
            + $"{string.Join(", ", s.Members.Select(m => m.Parameter))}\n"))
        + string.Concat(model.Programs.Where(p => p.Rows > 0).Select(p => $"\nprogram {p.Name}, {p.Rows} rows\n{p.Results}"));
}
