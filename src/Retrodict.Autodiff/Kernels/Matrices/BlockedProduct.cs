// The loops around the micro-kernel (BLIS: Van Zee and van de Geijn 2015, figure 1):
//     for each pass p over k                          C is read and written once per pass
//         for each block of columns of B              packed into panels of whole vectors
//             for each block of rows of A             packed into panels of six rows
//                 for each panel of B, for each panel of A: one tile of C
// An operand that lies well already is read in place: packing costs one pass over it, which a small product does not win back.
// Where an operand lies never changes the arithmetic, so neither does the choice.

namespace Retrodict.Autodiff.Kernels;

/// <summary>The matrix product by cache blocks and register tiles.</summary>
internal static unsafe class BlockedProduct
{
    /// <summary>Elements of scratch that a product of these sizes may use; never less for larger sizes.</summary>
    public static int ScratchLength<T>(int m, int n, int k)
        where T : unmanaged
    {
        var lanes = MicroKernel.Lanes<T>();
        var depth = Math.Min(k, BlockSizes.MaximumDepth);
        var columns = RoundUp(Math.Min(n, BlockSizes.Columns), lanes);
        var rows = RoundUp(Math.Min(m, BlockSizes.Rows), MicroKernel.Rows);
        return lanes + (depth * columns) + RoundUp(depth * rows, lanes) + TileLength<T>();
    }

    /// <summary>C[rows, columns] is updated with A[rows, :] B[:, columns].</summary>
    /// <param name="rows">The rows of C to compute.</param>
    /// <param name="columns">The columns of C to compute.</param>
    /// <param name="k">Columns of A.</param>
    /// <param name="a">The left factor, from its row 0.</param>
    /// <param name="b">The right factor, from its column 0.</param>
    /// <param name="c">The result, from its element (0, 0); fastest when its rows are contiguous.</param>
    /// <param name="update">What to do with the previous C.</param>
    /// <param name="upperOnly">Skip the tiles wholly below the diagonal of C; tiles across it are computed in full.</param>
    /// <param name="scratch">At least <see cref="ScratchLength{T}"/> elements.</param>
    public static void Run<T>(
        Range rows, Range columns, int k, StridedMatrix<T> a, StridedMatrix<T> b, StridedMatrix<T> c,
        ProductUpdate update, bool upperOnly, T* scratch)
        where T : unmanaged
    {
        var (firstRow, lastRow) = (rows.Start.Value, rows.End.Value);
        var (firstColumn, lastColumn) = (columns.Start.Value, columns.End.Value);
        var lanes = MicroKernel.Lanes<T>();
        var depth = BlockSizes.Depth(k);
        var tile = Align(scratch);
        var packedB = tile + TileLength<T>();
        var packedA = packedB + ((nint)depth * RoundUp(Math.Min(lastColumn - firstColumn, BlockSizes.Columns), lanes));
        var packA = PacksA(a, lastColumn - firstColumn);
        var packB = PacksB(b, lastRow - firstRow, lastColumn - firstColumn, depth);

        for (var p = 0; p < k; p += depth)
        {
            var d = Math.Min(depth, k - p);
            var pass = p == 0 || update != ProductUpdate.Replace ? update : ProductUpdate.Add;
            for (var j = firstColumn; j < lastColumn; j += BlockSizes.Columns)
            {
                var width = Math.Min(BlockSizes.Columns, lastColumn - j);
                if (upperOnly && j + width <= firstRow)
                {
                    continue;
                }

                PackColumns(b.From(p, j), width, d, packedB, packB);
                for (var i = firstRow; i < lastRow; i += BlockSizes.Rows)
                {
                    if (upperOnly && j + width <= i)
                    {
                        break;
                    }

                    var height = Math.Min(BlockSizes.Rows, lastRow - i);
                    var block = a.From(i, p);
                    if (packA)
                    {
                        Packing.Rows(block, height, d, packedA);
                        block = new StridedMatrix<T>(packedA, 1, MicroKernel.Rows);
                    }

                    var diagonal = upperOnly ? i - j : int.MinValue;
                    Tiles(height, width, d, block, packA, b.From(p, j), packedB, packB, c.From(i, j), pass, diagonal, tile);
                }
            }
        }
    }

    /// <summary>All tiles of one block of C.</summary>
    private static void Tiles<T>(
        int height, int width, int depth, StridedMatrix<T> a, bool packedRows, StridedMatrix<T> b, T* packedB, bool packB,
        StridedMatrix<T> c, ProductUpdate update, int diagonal, T* tile)
        where T : unmanaged
    {
        nint panelA = packedRows ? (nint)MicroKernel.Rows * depth : MicroKernel.Rows * a.RowStride;
        for (int j = 0, w; j < width; j += w)
        {
            w = PanelWidth<T>(width - j);
            var whole = w <= width - j;
            var inPlace = whole && !packB;
            var panel = inPlace ? b.At(0, j) : packedB;
            var panelStride = inPlace ? b.RowStride : w;
            packedB += inPlace ? 0 : (nint)w * depth;

            var rows = a.Data;
            for (var i = 0; i < height; i += MicroKernel.Rows)
            {
                // The tile's first row lies below its last column: it and all further ones are below the diagonal.
                if (i + diagonal >= j + w)
                {
                    break;
                }

                var r = Math.Min(MicroKernel.Rows, height - i);
                if (whole && c.ColumnStride == 1)
                {
                    Tile(w, depth, r, rows, a.RowStride, a.ColumnStride, panel, panelStride, c.At(i, j), c.RowStride, update);
                }
                else
                {
                    Tile(w, depth, r, rows, a.RowStride, a.ColumnStride, panel, panelStride, tile, w, ProductUpdate.Replace);
                    Merge(tile, w, r, Math.Min(w, width - j), c.From(i, j), update);
                }

                rows += panelA;
            }
        }
    }

    private static void Tile<T>(
        int width, int depth, int rows, T* a, nint aRow, nint aColumn, T* b, nint bRow, T* c, nint cRow, ProductUpdate update)
        where T : unmanaged
    {
        var lanes = MicroKernel.Lanes<T>();
        if (width == 4 * lanes)
        {
            MicroKernel.SixByFour(depth, rows, a, aRow, aColumn, b, bRow, c, cRow, update);
        }
        else if (width == 2 * lanes)
        {
            MicroKernel.SixByTwo(depth, rows, a, aRow, aColumn, b, bRow, c, cRow, update);
        }
        else
        {
            MicroKernel.SixByOne(depth, rows, a, aRow, aColumn, b, bRow, c, cRow, update);
        }
    }

    private static void PackColumns<T>(StridedMatrix<T> b, int width, int depth, T* packedB, bool packB)
        where T : unmanaged
    {
        for (int j = 0, w; j < width; j += w)
        {
            w = PanelWidth<T>(width - j);
            if (packB || w > width - j)
            {
                Packing.Columns(b.From(0, j), Math.Min(w, width - j), depth, packedB, w);
                packedB += (nint)w * depth;
            }
        }
    }

    private static void Merge<T>(T* tile, int width, int rows, int columns, StridedMatrix<T> c, ProductUpdate update)
        where T : unmanaged
    {
        for (var i = 0; i < rows; i++)
        {
            var row = c.At(i, 0);
            for (var j = 0; j < columns; j++)
            {
                Scalar.Update(row + (j * c.ColumnStride), tile[j], update);
            }

            tile += width;
        }
    }

    /// <summary>The widest panel that the remaining columns fill, or a last one of a single vector.</summary>
    private static int PanelWidth<T>(int remaining)
        where T : unmanaged
    {
        var lanes = MicroKernel.Lanes<T>();
        var maximum = MicroKernel.MaximumVectors;
        return maximum == 4 && remaining > 3 * lanes ? 4 * lanes
            : maximum >= 2 && remaining > lanes ? 2 * lanes
            : lanes;
    }

    /// <summary>A contiguous in either direction is read in place until enough panels of B share the copy.</summary>
    private static bool PacksA<T>(StridedMatrix<T> a, int columns)
        where T : unmanaged =>
        columns > (a.ColumnStride == 1 || a.RowStride == 1 ? 16 : 1) * MicroKernel.Lanes<T>();

    /// <summary>B with contiguous rows is read in place while few rows use it or while it stays in L1 anyway.</summary>
    private static bool PacksB<T>(StridedMatrix<T> b, int rows, int columns, int depth)
        where T : unmanaged =>
        b.ColumnStride != 1 || (rows > 32 && (nint)depth * Math.Min(columns, BlockSizes.Columns) * sizeof(T) > 32768);

    private static int TileLength<T>()
        where T : unmanaged => MicroKernel.Rows * 4 * MicroKernel.Lanes<T>();

    private static int RoundUp(int value, int multiple) => (value + multiple - 1) / multiple * multiple;

    private static T* Align<T>(T* p)
        where T : unmanaged => (T*)(((nuint)p + 63) & ~(nuint)63);
}
