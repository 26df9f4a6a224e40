using Retrodict.Analysis;
using Retrodict.Tests.Problems;

namespace Retrodict.Tests.Analysis;

public sealed class GeneralizedDecompositionTests
{
    private const double Tolerance = 1e-14;

    /// <summary>Square priors are whitened, others stacked: both must be what a generalized singular value decomposition is.</summary>
    [Theory]
    [InlineData(6, 4, 4)]
    [InlineData(3, 4, 4)]
    [InlineData(6, 4, 7)]
    [InlineData(3, 4, 5)]
    [InlineData(6, 4, 3)]
    [InlineData(6, 4, 0)]
    public void Misfit_and_prior_are_diagonal_in_the_basis(int m, int n, int p)
    {
        double[] k = Dense.Random(m * n, 1);
        double[] prior = Dense.Random(p * n, 2);
        GeneralizedDecomposition parts = GeneralizedDecomposition.Of(k, prior, m, p, n, Tolerance);
        Assert.Equal(n, parts.Count);
        Dense.AssertClose(
            Dense.Flat(Dense.Identity(n)), Dense.Flat(Dense.Times(Dense.Matrix(parts.Y, n, n), Dense.Matrix(parts.X, n, n))), 1e-12);
        Dense.AssertClose(Squares(parts.C), Gram(k, m, n, parts), 1e-12);
        Dense.AssertClose(Squares(parts.S), Gram(prior, p, n, parts), 1e-12);
        Dense.AssertClose(
            Dense.Flat(
                Dense.Times(Dense.Matrix(k, m, n), Dense.Matrix(parts.X, n, n))), [.. parts.U.Select((u, i) => u * parts.C[i % n])], 1e-12);
    }

    [Fact]
    public void Both_routes_give_the_same_posterior()
    {
        double[] k = Dense.Random(5 * 4, 3);
        double[] prior = Dense.Random(16, 4);
        GeneralizedDecomposition whitened = GeneralizedDecomposition.Of(k, prior, 5, 4, 4, Tolerance);
        GeneralizedDecomposition stacked = GeneralizedDecomposition.Of(k, [.. prior, 0, 0, 0, 0], 5, 5, 4, Tolerance);
        Dense.AssertClose(Inverse(whitened, 0.3), Inverse(stacked, 0.3), 1e-11);
        Dense.AssertClose([.. Ratios(whitened)], [.. Ratios(stacked)], 1e-11);
    }

    /// <summary>First differences do not know the level, which the misfit must then determine alone.</summary>
    [Fact]
    public void A_smoothness_prior_has_the_level_in_its_null_space()
    {
        double[] differences = [-1, 1, 0, 0, 0, -1, 1, 0, 0, 0, -1, 1];
        double[] k = Dense.Random(3 * 4, 5);
        GeneralizedDecomposition parts = GeneralizedDecomposition.Of(k, differences, 3, 3, 4, Tolerance);
        Assert.Single(parts.S, s => s == 0);
        Assert.DoesNotContain(true, parts.Undetermined);
        double[,] kk = Dense.Matrix(k, 3, 4);
        double[,] p = Dense.Matrix(differences, 3, 4);
        double[,] normal = Dense.Plus(
            Dense.Times(Dense.Transpose(kk), kk), Dense.Times(Dense.Identity(4, 0.49), Dense.Times(Dense.Transpose(p), p)));
        Dense.AssertClose(Dense.Flat(Dense.Inverse(normal)), Inverse(parts, 0.7), 1e-11);
    }

    [Fact]
    public void What_neither_sees_is_undetermined()
    {
        GeneralizedDecomposition parts = GeneralizedDecomposition.Of([1, 2, 0, 3, -1, 0], [1, 1, 0], 2, 1, 3, Tolerance);
        Assert.Equal(2, parts.Count);
        Assert.Equal([false, false, true], parts.Undetermined);
    }

    private static double[] Inverse(GeneralizedDecomposition parts, double weight)
    {
        double[,] x = Dense.Matrix(parts.X, parts.Unknowns, parts.Count);
        double[,] d = Dense.Identity(parts.Count);
        for (int i = 0; i < parts.Count; i++)
        {
            d[i, i] = 1 / ((parts.C[i] * parts.C[i]) + (weight * weight * parts.S[i] * parts.S[i]));
        }

        return Dense.Flat(Dense.Times(x, Dense.Times(d, Dense.Transpose(x))));
    }

    private static IEnumerable<double> Ratios(GeneralizedDecomposition parts) =>
        parts.C.Zip(parts.S).Select(p => p.First / p.Second).Order();

    private static double[] Squares(double[] values)
    {
        double[,] d = Dense.Identity(values.Length);
        for (int i = 0; i < values.Length; i++)
        {
            d[i, i] = values[i] * values[i];
        }

        return Dense.Flat(d);
    }

    private static double[] Gram(double[] rows, int count, int n, GeneralizedDecomposition parts)
    {
        double[,] product = Dense.Times(Dense.Matrix(rows, count, n), Dense.Matrix(parts.X, n, n));
        return Dense.Flat(Dense.Times(Dense.Transpose(product), product));
    }
}
