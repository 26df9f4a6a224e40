namespace Retrodict.Numerics;

/// <summary>Products of small dense row-major matrices, for analyses that are made once a fit.</summary>
internal static class Matrix
{
    /// <summary>A B, for A [m, k] and B [k, n].</summary>
    public static double[] Times(ReadOnlySpan<double> a, ReadOnlySpan<double> b, int m, int k, int n)
    {
        var product = new double[m * n];
        for (int i = 0; i < m; i++)
        {
            Span<double> row = product.AsSpan(i * n, n);
            for (int l = 0; l < k; l++)
            {
                double factor = a[(i * k) + l];
                for (int j = 0; j < n; j++)
                {
                    row[j] += factor * b[(l * n) + j];
                }
            }
        }

        return product;
    }

    public static double[] Transposed(ReadOnlySpan<double> a, int m, int n)
    {
        var transposed = new double[n * m];
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < n; j++)
            {
                transposed[(j * m) + i] = a[(i * n) + j];
            }
        }

        return transposed;
    }

    /// <summary>Some columns of A [m, n], in the order given.</summary>
    public static double[] Columns(ReadOnlySpan<double> a, int m, int n, ReadOnlySpan<int> columns)
    {
        var chosen = new double[m * columns.Length];
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < columns.Length; j++)
            {
                chosen[(i * columns.Length) + j] = a[(i * n) + columns[j]];
            }
        }

        return chosen;
    }

    /// <summary>The length of a column of A [m, n], without overflow or underflow on the way.</summary>
    public static double ColumnLength(ReadOnlySpan<double> a, int m, int n, int column)
    {
        double largest = 0;
        for (int i = 0; i < m; i++)
        {
            // Written so that NaN stays.
            double size = Math.Abs(a[(i * n) + column]);
            largest = size <= largest ? largest : size;
        }

        if (!(largest > 0) || !double.IsFinite(largest))
        {
            return largest;
        }

        double squares = 0;
        for (int i = 0; i < m; i++)
        {
            double part = a[(i * n) + column] / largest;
            squares += part * part;
        }

        return largest * Math.Sqrt(squares);
    }

    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }
}
