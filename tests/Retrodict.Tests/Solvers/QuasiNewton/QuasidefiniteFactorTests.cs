using Retrodict.Solvers;
using Retrodict.Tests.Problems;

namespace Retrodict.Tests.Solvers;

/// <summary>The small indefinite factorization beside the dense inverse.</summary>
public sealed class QuasidefiniteFactorTests
{
    [Fact]
    public void It_solves_with_quasidefinite_matrices_of_every_size_and_is_used_again()
    {
        QuasidefiniteFactor factor = new(11);
        for (int n = 1; n <= 11; n++)
        {
            for (int negative = 0; negative <= n; negative++)
            {
                double[,] a = Matrix(n, negative, 100 + n);
                Write(factor, a);
                Assert.True(factor.TryFactor(negative));
                double[] expected = Dense.Random(n, negative);
                double[] b = Dense.Times(a, expected);
                factor.Solve(b);
                Dense.AssertClose(expected, b, 1e-9);
            }
        }
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(-1.0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_pivot_of_the_wrong_sign_is_noticed(double pivot)
    {
        QuasidefiniteFactor factor = new(3);
        Write(factor, new[,] { { -1, 0, 0 }, { 0, pivot, 0 }, { 0, 0, 1 } });
        Assert.False(factor.TryFactor(1));
        Write(factor, new[,] { { 1.0 } });
        Assert.False(factor.TryFactor(1));
        Assert.True(Refactored());

        bool Refactored()
        {
            Write(factor, new[,] { { -2.0 } });
            return factor.TryFactor(1);
        }
    }

    private static double[,] Matrix(int n, int negative, int seed)
    {
        double[,] a = Dense.RandomCovariance(n, seed);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                a[i, j] *= i < negative && j < negative ? -1 : 1;
            }
        }

        return a;
    }

    private static void Write(QuasidefiniteFactor factor, double[,] a)
    {
        int n = a.GetLength(0);
        factor.Begin(n);
        for (int i = 0; i < n; i++)
        {
            Span<double> row = factor.Row(i);
            for (int j = i; j < n; j++)
            {
                row[j - i] = a[i, j];
            }
        }
    }
}
