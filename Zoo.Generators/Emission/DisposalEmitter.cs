using Zoo.Generators.Tracing;

namespace Zoo.Generators.Emission;

/// <summary>Prints how the model's memory is freed, and after it what the base holds.</summary>
static class DisposalEmitter
{
    public static void Write(CodeWriter w, DisposalTrace disposal)
    {
        if (disposal.Pattern is { } pattern)
        {
            if (disposal.IsNew)
            {
                w.Line("""
                    /// <summary>Frees the memory, for a class that derives from this one and frees more.</summary>
                    /// <param name="disposing">False in a finaliser, where nothing is left to do.</param>
                    """);
            }
            else w.Line("/// <inheritdoc/>");
            using (w.Block($"{pattern} void Dispose(bool disposing)"))
            {
                w.Line("if (disposing) zooEngine.Dispose();");
                if (disposal.CallsPattern) w.Line("base.Dispose(disposing);");
            }
            w.Line();
        }
        if (disposal.Plain is not { } plain) return;
        w.Line("/// <inheritdoc/>");
        if (disposal is { Pattern: null, CallsPlain: false }) w.Line($"{plain} void Dispose() => zooEngine.Dispose();");
        else
        {
            using (w.Block($"{plain} void Dispose()"))
            {
                w.Line(disposal.CallsPlain ? "zooEngine.Dispose();" : "Dispose(true);");
                w.Line(disposal.CallsPlain ? "base.Dispose();" : "global::System.GC.SuppressFinalize(this);");
            }
        }
        w.Line();
    }
}
