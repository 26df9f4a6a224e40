namespace Retrodict.Tests.Problems;

/// <summary>Small dense matrices, written as the textbook does, to compare with.</summary>
internal static class Dense
{
    public static double[] Random(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (2 * random.NextDouble()) - 1)];
    }

    public static double[,] RandomMatrix(int rows, int columns, int seed) => Matrix(Random(rows * columns, seed), rows, columns);

    public static double[,] Matrix(ReadOnlySpan<double> elements, int rows, int columns)
    {
        var a = new double[rows, columns];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                a[i, j] = elements[(i * columns) + j];
            }
        }

        return a;
    }

    public static double[] Flat(double[,] a) => [.. a.Cast<double>()];

    public static double[,] Identity(int n, double factor = 1)
    {
        var a = new double[n, n];
        for (int i = 0; i < n; i++)
        {
            a[i, i] = factor;
        }

        return a;
    }

    public static double[,] Transpose(double[,] a)
    {
        var t = new double[a.GetLength(1), a.GetLength(0)];
        for (int i = 0; i < a.GetLength(0); i++)
        {
            for (int j = 0; j < a.GetLength(1); j++)
            {
                t[j, i] = a[i, j];
            }
        }

        return t;
    }

    public static double[,] Times(double[,] a, double[,] b)
    {
        var c = new double[a.GetLength(0), b.GetLength(1)];
        for (int i = 0; i < a.GetLength(0); i++)
        {
            for (int j = 0; j < b.GetLength(1); j++)
            {
                for (int k = 0; k < a.GetLength(1); k++)
                {
                    c[i, j] += a[i, k] * b[k, j];
                }
            }
        }

        return c;
    }

    public static double[] Times(double[,] a, ReadOnlySpan<double> x)
    {
        var y = new double[a.GetLength(0)];
        for (int i = 0; i < y.Length; i++)
        {
            for (int j = 0; j < x.Length; j++)
            {
                y[i] += a[i, j] * x[j];
            }
        }

        return y;
    }

    public static double[,] Plus(double[,] a, double[,] b)
    {
        var c = (double[,])a.Clone();
        for (int i = 0; i < a.GetLength(0); i++)
        {
            for (int j = 0; j < a.GetLength(1); j++)
            {
                c[i, j] += b[i, j];
            }
        }

        return c;
    }

    public static double[] Plus(ReadOnlySpan<double> a, ReadOnlySpan<double> b, double factor = 1)
    {
        double[] c = a.ToArray();
        for (int i = 0; i < c.Length; i++)
        {
            c[i] += factor * b[i];
        }

        return c;
    }

    /// <summary>B B^T + I: well conditioned.</summary>
    public static double[,] RandomCovariance(int n, int seed)
    {
        double[,] b = RandomMatrix(n, n, seed);
        return Plus(Times(b, Transpose(b)), Identity(n));
    }

    /// <summary>The inverse, by Gauss-Jordan elimination with row pivoting.</summary>
    public static double[,] Inverse(double[,] matrix)
    {
        int n = matrix.GetLength(0);
        var a = (double[,])matrix.Clone();
        double[,] b = Identity(n);
        for (int k = 0; k < n; k++)
        {
            int pivot = Enumerable.Range(k, n - k).MaxBy(i => Math.Abs(a[i, k]));
            for (int j = 0; j < n; j++)
            {
                (a[k, j], a[pivot, j]) = (a[pivot, j], a[k, j]);
                (b[k, j], b[pivot, j]) = (b[pivot, j], b[k, j]);
            }

            double diagonal = a[k, k];
            for (int j = 0; j < n; j++)
            {
                a[k, j] /= diagonal;
                b[k, j] /= diagonal;
            }

            for (int i = 0; i < n; i++)
            {
                double factor = i == k ? 0 : a[i, k];
                for (int j = 0; j < n && factor != 0; j++)
                {
                    a[i, j] -= factor * a[k, j];
                    b[i, j] -= factor * b[k, j];
                }
            }
        }

        return b;
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

    public static double Norm(ReadOnlySpan<double> a) => Math.Sqrt(Dot(a, a));

    /// <summary>Asserts that two vectors differ by no more than a part of the longer one.</summary>
    public static void AssertClose(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        double difference = Norm(Plus(expected, actual, -1));
        Assert.True(
            difference <= tolerance * (1e-300 + Math.Max(Norm(expected), Norm(actual))),
            $"[{string.Join(", ", expected.ToArray())}] expected, [{string.Join(", ", actual.ToArray())}] found; " +
                $"they differ by {difference}.");
    }
}
