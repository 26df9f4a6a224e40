namespace Retrodict.Catalogue;

/// <summary>A symmetric matrix as its lower triangle with the diagonal, row by row: half the numbers.</summary>
internal static class SymmetricTriangle
{
    /// <summary>The triangle, n (n + 1) / 2 numbers.</summary>
    /// <param name="symmetric">The matrix, [n, n] row-major.</param>
    /// <param name="n">Its number of rows.</param>
    public static double[] Pack(ReadOnlySpan<double> symmetric, int n)
    {
        var triangle = new double[n * (n + 1) / 2];
        for (int i = 0, next = 0; i < n; i++, next += i)
        {
            symmetric.Slice(i * n, i + 1).CopyTo(triangle.AsSpan(next));
        }

        return triangle;
    }

    /// <summary>The matrix, [n, n] row-major.</summary>
    /// <param name="triangle">The triangle, n (n + 1) / 2 numbers.</param>
    /// <param name="n">The number of rows.</param>
    public static double[] Unpack(ReadOnlySpan<double> triangle, int n)
    {
        var symmetric = new double[n * n];
        int next = 0;
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                symmetric[(i * n) + j] = symmetric[(j * n) + i] = triangle[next++];
            }
        }

        return symmetric;
    }
}
