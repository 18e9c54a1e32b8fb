namespace Zoo.Runtime;

/// <summary>
/// Memory that a product reads next, asked for by the micro-kernels that compute meanwhile: a line for every four k, so that its way from
/// memory hides in arithmetic. A packing copy, or a micro-kernel that reads A across its rows, would wait for every line of it.
/// </summary>
unsafe struct PanelAhead
{
    /// <summary>From so many k on a micro-kernel takes longer than the way from memory, and asks.</summary>
    public const int ShortestSum = 32;

    /// <summary>Floats of a line of cache.</summary>
    public const int LineFloats = 16;

    float* from;
    nint step;
    int rows, lines, row, line;

    /// <summary>Rows of some lines side by side.</summary>
    /// <param name="from">The first.</param>
    /// <param name="step">Floats from one row to the next.</param>
    /// <param name="rows">How many.</param>
    /// <param name="lines">Lines of each.</param>
    public void Ask(float* from, nint step, int rows, int lines)
    {
        this.from = from;
        (this.step, this.rows, this.lines, row, line) = (step, rows, lines, 0, 0);
    }

    /// <summary>Nothing: micro-kernels ask for one line again and again, which costs them nothing.</summary>
    /// <param name="near">A line that is in cache.</param>
    public void Rest(float* near) => Ask(near, 0, 0, 0);

    /// <summary>Gives a micro-kernel the stretch that it can ask for during its sums.</summary>
    public void Deal(ref Panel panel)
    {
        if (line == lines)
        {
            panel.Ahead = from;
            panel.AheadStep = 0;
            return;
        }
        panel.Ahead = from + row * step + line * LineFloats;
        panel.AheadStep = step;
        row += panel.K / 4;
        if (row >= rows) (row, line) = (0, line + 1);
    }
}

/// <summary>
/// The same for what windows are read from: stretches of memory from one end to the other, of which a micro-kernel asks for four floats
/// every k, a line so four times, which needs no question whether it is due.
/// </summary>
unsafe struct StretchesAhead
{
    /// <summary>Floats that are asked for at each k.</summary>
    public const int Each = 4;

    readonly float* rest;
    float* from, end, then, thenEnd;

    /// <param name="rest">
    /// Memory near by, for when there is nothing to ask for: as long as <see cref="Each"/> times the longest sum.
    /// </param>
    public StretchesAhead(float* rest)
    {
        this.rest = rest;
        from = end = then = thenEnd = rest;
    }

    /// <summary>Asks for a stretch, and for another one after it.</summary>
    public void Ask(float* first, nint floats, float* second = null, nint secondFloats = 0)
    {
        from = first;
        end = first + floats;
        then = second;
        thenEnd = second + secondFloats;
    }

    /// <summary>What a micro-kernel asks for during so many k.</summary>
    public float* Deal(int k)
    {
        if (from >= end)
        {
            from = then;
            end = thenEnd;
            then = thenEnd;
            if (from >= end) return rest;
        }
        var dealt = from;
        from += k * Each;
        return dealt;
    }
}

/// <summary>
/// Whether a micro-kernel asks for memory: known when it is compiled, since the question alone would cost it a thirtieth of its time.
/// </summary>
interface IAsking
{
    static abstract bool IsOn { get; }
}

/// <summary>It asks for C before it writes it, and for a line of what comes next every fourth k.</summary>
readonly struct Asking : IAsking
{
    public static bool IsOn => true;
}

/// <summary>It computes.</summary>
readonly struct NotAsking : IAsking
{
    public static bool IsOn => false;
}
