// How the product is cut for the caches (Van Zee and van de Geijn 2015, section 3; the machine measured has 48 kB L1 and 1 MB L2):
//     Depth    columns of A summed in one pass over C: a packed row panel of A (6 x Depth) stays in L1;
//     Rows     rows of A packed together (Rows x Depth): half of L2 at most;
//     Columns  columns of B packed together (Depth x Columns): L2 and L3.
// Only Depth touches the arithmetic (C is updated once per pass), and it follows from k alone.

namespace Retrodict.Autodiff.Kernels;

/// <summary>Cache blocks of the matrix product.</summary>
internal static class BlockSizes
{
    /// <summary>Rows of A packed together, a multiple of the tile's six.</summary>
    public const int Rows = 192;

    /// <summary>Columns of B packed together, a multiple of every tile's width.</summary>
    public const int Columns = 512;

    /// <summary>The most columns of A summed in one pass.</summary>
    public const int MaximumDepth = 256;

    /// <summary>Columns of A per pass: k cut into equal passes of at most 256.</summary>
    public static int Depth(int k)
    {
        var passes = (k + MaximumDepth - 1) / MaximumDepth;
        return passes <= 1 ? k : (k + passes - 1) / passes;
    }
}
