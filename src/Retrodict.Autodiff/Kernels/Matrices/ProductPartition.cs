// C is cut into a grid of blocks for threads. The grid follows from the sizes alone, never from the number of threads, and
// a part is at least 128 x 128 where C is large enough: each part packs its own operands, which a smaller one does not repay.
// k is never cut, so the order of summation is that of the undivided product.

namespace Retrodict.Autodiff.Kernels;

/// <summary>The grid of parts of a product.</summary>
/// <param name="RowParts">Parts along the rows of C.</param>
/// <param name="ColumnParts">Parts along the columns of C.</param>
internal readonly record struct ProductPartition(int RowParts, int ColumnParts)
{
    private const int MaximumParts = 64;
    private const int SmallestSide = 128;

    // Boundaries fall on multiples of whole tiles' columns.
    private const int Grain = 64;

    // A part should run for some twenty microseconds at least: a matrix-vector product moves one element per multiply-add.
    private const long ProductWork = 1 << 20;
    private const long VectorWork = 1 << 17;

    /// <summary>Cuts an m x n result of k-term sums.</summary>
    public static ProductPartition For(int m, int n, int k)
    {
        if (m <= 0 || n <= 0 || k <= 0)
        {
            return new ProductPartition(1, 1);
        }

        var work = m == 1 || n == 1 ? VectorWork : ProductWork;
        var wanted = (int)Math.Clamp((long)m * n / work * k + ((long)m * n % work * k / work), 1, MaximumParts);
        var rowLimit = Math.Max(1, m / SmallestSide);
        var columnLimit = Math.Max(1, n / SmallestSide);
        var rows = Math.Clamp((int)Math.Round(Math.Sqrt((double)wanted * m / n)), 1, Math.Min(rowLimit, wanted));
        var columns = Math.Clamp(wanted / rows, 1, columnLimit);
        rows = Math.Clamp(wanted / columns, 1, rowLimit);
        return new ProductPartition(rows, columns);
    }

    /// <summary>The number of parts.</summary>
    public int Count => RowParts * ColumnParts;

    /// <summary>The rows of part <paramref name="part"/> of an m-row result.</summary>
    public Range Rows(int part, int m) => Slice(part / ColumnParts, RowParts, m);

    /// <summary>The columns of part <paramref name="part"/> of an n-column result.</summary>
    public Range Columns(int part, int n) => Slice(part % ColumnParts, ColumnParts, n);

    private static Range Slice(int index, int count, int length) =>
        Boundary(index, count, length)..Boundary(index + 1, count, length);

    private static int Boundary(int index, int count, int length) =>
        index == count ? length : (int)((long)length * index / count / Grain * Grain);
}
