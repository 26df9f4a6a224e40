namespace Retrodict.Tests.Problems;

/// <summary>Matrices of differences along an axis, and on grids as Kronecker products.</summary>
internal static class DifferenceMatrix
{
    public static double[,] First(int n, GridBoundary boundary)
    {
        int rows = boundary switch { GridBoundary.Free => n - 1, GridBoundary.Zero => n + 1, _ => n };
        int first = boundary == GridBoundary.Zero ? -1 : 0;
        var d = new double[rows, n];
        for (int i = 0; i < rows; i++)
        {
            Add(d, i, i + first, -1, boundary);
            Add(d, i, i + first + 1, 1, boundary);
        }

        return d;
    }

    public static double[,] Second(int n, GridBoundary boundary)
    {
        int rows = boundary == GridBoundary.Free ? n - 2 : n;
        int first = boundary == GridBoundary.Free ? 1 : 0;
        var d = new double[rows, n];
        for (int i = 0; i < rows; i++)
        {
            Add(d, i, i + first - 1, 1, boundary);
            Add(d, i, i + first, -2, boundary);
            Add(d, i, i + first + 1, 1, boundary);
        }

        return d;
    }

    public static double[,] Kronecker(params double[][,] factors) => factors.Aggregate((a, b) =>
    {
        (int ra, int ca, int rb, int cb) = (a.GetLength(0), a.GetLength(1), b.GetLength(0), b.GetLength(1));
        var k = new double[ra * rb, ca * cb];
        for (int i = 0; i < ra * rb; i++)
        {
            for (int j = 0; j < ca * cb; j++)
            {
                k[i, j] = a[i / rb, j / cb] * b[i % rb, j % cb];
            }
        }

        return k;
    });

    public static double[,] Times(double factor, double[,] a) =>
        Dense.Matrix([.. a.Cast<double>().Select(e => factor * e)], a.GetLength(0), a.GetLength(1));

    public static double[,] Stack(params double[][,] blocks) =>
        Dense.Matrix(
            [.. blocks.SelectMany(block => block.Cast<double>())], blocks.Sum(block => block.GetLength(0)), blocks[0].GetLength(1));

    private static void Add(double[,] d, int row, int point, double value, GridBoundary boundary)
    {
        int n = d.GetLength(1);
        if (boundary == GridBoundary.Periodic)
        {
            d[row, (point + n) % n] += value;
        }
        else if (point >= 0 && point < n)
        {
            d[row, point] += value;
        }
    }
}
