using System.Runtime.Intrinsics;

namespace Zoo.Runtime;

/// <summary>Which micro-kernel computes what is left of a tile.</summary>
static unsafe class MicroTile
{
    // Rows of A that stay in L1 with a panel of B.
    const int RowsInCache = 32;

    /// <summary>The width asked for, or the widest the machine has below it: products have the same bits at every width.</summary>
    public static VectorWidth Accelerated(VectorWidth width) => width switch
    {
        VectorWidth.Bits512 when Vector512.IsHardwareAccelerated => VectorWidth.Bits512,
        VectorWidth.Bits512 or VectorWidth.Bits256 when Vector256.IsHardwareAccelerated => VectorWidth.Bits256,
        VectorWidth.Scalar => VectorWidth.Scalar,
        _ => VectorWidth.Bits128,
    };

    /// <summary>Columns of the next kernel, which are those of its packed panel of B, where so many are left.</summary>
    public static int Columns(VectorWidth width, int left) => width switch
    {
        VectorWidth.Bits512 when left >= 32 => 32,
        VectorWidth.Bits512 or VectorWidth.Bits256 => left > 8 ? 16 : 8,
        VectorWidth.Bits128 => 8,
        _ => 2,
    };

    /// <summary>Rows of the next kernel of so many columns, where so many rows are left.</summary>
    public static int Rows(VectorWidth width, int columns, int left) => width switch
    {
        VectorWidth.Bits512 => Math.Min(left, 8),
        VectorWidth.Bits256 when columns == 8 => Math.Min(left, 8),
        // Sixes, but 8 = 4 + 4 and 7 = 4 + 3: a kernel of 6 for the last two rows would waste four.
        VectorWidth.Bits256 => left is 5 or 6 or > 8 ? Math.Min(left, 6) : Math.Min(left, 4),
        _ => Math.Min(left, 4),
    };

    /// <summary>
    /// Rows by columns of C from panels of B that lie one after the other. A kernel that is wider than what is left of the columns writes
    /// beyond them.
    /// </summary>
    /// <param name="width">The width.</param>
    /// <param name="panel">The rows of A, of all that stays the same.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="b">The panels.</param>
    /// <param name="c">The first element.</param>
    public static void RunPanels(VectorWidth width, Panel panel, int rows, int columns, float* b, float* c)
    {
        var a = panel.A;
        for (var first = 0; first < rows; first += RowsInCache)
        {
            var end = Math.Min(rows, first + RowsInCache);
            for (int column = 0, panelColumns; column < columns; column += panelColumns)
            {
                panelColumns = Columns(width, columns - column);
                panel.BStep = panelColumns;
                for (var row = first; row < end; row += panel.Rows)
                {
                    panel.Rows = Rows(width, panelColumns, end - row);
                    panel.A = a + row * panel.ARow;
                    Run(width, panel, panelColumns, b + panel.K * column, c + row * panel.CRow + column);
                }
            }
        }
    }

    /// <summary>Runs the kernel of so many columns for panel.Rows rows.</summary>
    public static void Run(VectorWidth width, in Panel panel, int columns, float* b, float* c)
    {
        switch (width)
        {
            case VectorWidth.Bits512 when columns == 32 && panel.Asks: Kernel512.Wide<Asking>(panel, b, c); break;
            case VectorWidth.Bits512 when columns == 32: Kernel512.Wide<NotAsking>(panel, b, c); break;
            case VectorWidth.Bits512 when columns == 16: Kernel512.Narrow(panel, b, c); break;
            case VectorWidth.Bits512 or VectorWidth.Bits256 when columns == 8: Kernel256.Thin(panel, b, c); break;
            case VectorWidth.Bits256 when panel.Rows > 4 && panel.Asks: Kernel256.Tall<Asking>(panel, b, c); break;
            case VectorWidth.Bits256 when panel.Rows > 4: Kernel256.Tall<NotAsking>(panel, b, c); break;
            case VectorWidth.Bits256: Kernel256.Short(panel, b, c); break;
            case VectorWidth.Bits128: KernelAny<Lanes4>.Run(panel, b, c); break;
            default: KernelAny<Lanes1>.Run(panel, b, c); break;
        }
    }
}
