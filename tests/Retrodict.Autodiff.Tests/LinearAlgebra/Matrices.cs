using System.Numerics;

namespace Retrodict.Autodiff.Tests.LinearAlgebra;

/// <summary>Test matrices, row-major, and plain products to check factorizations with.</summary>
internal static class Matrices
{
    public static T[] Random<T>(int rows, int columns, int seed)
        where T : INumber<T>
    {
        var random = new Random(seed);
        var a = new T[rows * columns];
        for (var i = 0; i < a.Length; i++)
        {
            a[i] = T.CreateChecked((2 * random.NextDouble()) - 1);
        }

        return a;
    }

    public static T[] Product<T>(int m, int n, int k, T[] a, T[] b)
        where T : INumber<T>
    {
        var c = new T[m * n];
        for (var i = 0; i < m; i++)
        {
            for (var p = 0; p < k; p++)
            {
                for (var j = 0; j < n; j++)
                {
                    c[(i * n) + j] += a[(i * k) + p] * b[(p * n) + j];
                }
            }
        }

        return c;
    }

    public static T[] Transpose<T>(int m, int n, T[] a)
    {
        var b = new T[m * n];
        for (var i = 0; i < m; i++)
        {
            for (var j = 0; j < n; j++)
            {
                b[(j * m) + i] = a[(i * n) + j];
            }
        }

        return b;
    }

    /// <summary>B'B + I for a random B.</summary>
    public static T[] PositiveDefinite<T>(int n, int seed)
        where T : INumber<T>
    {
        var b = Random<T>(n, n, seed);
        var a = Product(n, n, n, Transpose(n, n, b), b);
        for (var i = 0; i < n; i++)
        {
            a[(i * n) + i] += T.One;
        }

        return a;
    }

    public static double[] Hilbert(int n)
    {
        var a = new double[n * n];
        for (var i = 0; i < a.Length; i++)
        {
            a[i] = 1.0 / ((i / n) + (i % n) + 1);
        }

        return a;
    }

    public static double[] Identity(int n)
    {
        var a = new double[n * n];
        for (var i = 0; i < n; i++)
        {
            a[(i * n) + i] = 1;
        }

        return a;
    }

    /// <summary>A random m x n matrix of the given rank.</summary>
    public static double[] OfRank(int m, int n, int rank, int seed) =>
        Product(m, n, rank, Random<double>(m, rank, seed), Random<double>(rank, n, seed + 1));

    /// <summary>Kahan's matrix: diag(s^i) times unit upper triangular with -c above the diagonal, s² + c² = 1.</summary>
    public static double[] Kahan(int n, double angle)
    {
        var (s, c) = Math.SinCos(angle);
        var a = new double[n * n];
        for (var i = 0; i < n; i++)
        {
            // Falling a little faster than exact ties, so that rounding does not permute equal columns.
            var scale = Math.Pow(s, i) * (1 - (1e-12 * i));
            for (var j = i; j < n; j++)
            {
                a[(i * n) + j] = scale * (i == j ? 1 : -c);
            }
        }

        return a;
    }

    public static double Norm<T>(IEnumerable<T> a)
        where T : INumber<T> => Math.Sqrt(a.Sum(x => Math.Pow(double.CreateChecked(x), 2)));

    public static double Distance<T>(IEnumerable<T> a, IEnumerable<T> b)
        where T : INumber<T> => Norm(a.Zip(b, (x, y) => x - y));
}
