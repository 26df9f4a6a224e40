using Retrodict.Autodiff;

namespace Retrodict.Tests.Problems;

/// <summary>Priors by principal components against the same covariance written out.</summary>
public sealed class PrincipalComponentsPriorTests
{
    private const int N = 6;
    private const double Remaining = 0.04;

    private static readonly double[] _mean = Dense.Random(N, 1);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(N)]
    public void The_functional_is_that_of_the_covariance_written_out(int count)
    {
        (double[] components, double[] variances) = Components(count);
        GaussianPrior prior = GaussianPrior.FromPrincipalComponents(_mean, components, variances, Remaining);
        GaussianPrior dense = GaussianPrior.FromCovariance(_mean, Covariance(components, variances));
        Assert.Equal((N, (int?)N), (prior.Dimension, prior.Unknowns));
        Assert.Equal(_mean, prior.Mean);
        for (int seed = 10; seed < 15; seed++)
        {
            double[] x = Dense.Random(N, seed);
            double expected = Squares(dense, x);
            Assert.Equal(expected, Squares(prior, x), 1e-12 * expected);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(N)]
    public void The_factor_is_the_symmetric_square_root_and_whitens_what_it_makes(int count)
    {
        (double[] components, double[] variances) = Components(count);
        GaussianPrior prior = GaussianPrior.FromPrincipalComponents(_mean, components, variances, Remaining);
        double[] covariance = Covariance(components, variances);
        double[] factor = prior.Factor.ToArray();
        double[] z = Dense.Random(N, 20);
        var x = (double[])_mean.Clone();
        for (int i = 0; i < N; i++)
        {
            for (int j = 0; j < N; j++)
            {
                x[i] += factor[(i * N) + j] * z[j];
                Assert.Equal(factor[(i * N) + j], factor[(j * N) + i]);
                Assert.Equal(covariance[(i * N) + j], Enumerable.Range(0, N).Sum(k => factor[(i * N) + k] * factor[(j * N) + k]), 1e-13);
            }
        }

        double[] whitened = Rows(prior, x);
        for (int i = 0; i < N; i++)
        {
            Assert.Equal(z[i], whitened[i], 1e-12);
        }
    }

    [Fact]
    public void Components_in_single_precision_are_orthonormal_enough()
    {
        (double[] components, double[] variances) = Components(3);
        double[] rounded = Array.ConvertAll(components, v => (double)(float)v);
        GaussianPrior prior = GaussianPrior.FromPrincipalComponents(_mean, rounded, variances, Remaining);
        double[] x = Dense.Random(N, 30);
        double expected = Squares(GaussianPrior.FromPrincipalComponents(_mean, components, variances, Remaining), x);
        Assert.Equal(expected, Squares(prior, x), 1e-6 * expected);
    }

    [Fact]
    public void What_is_no_covariance_is_refused()
    {
        Refuse("components", "orthonormal", [1, 1, 0], [1], 0.1);
        Refuse("components", "orthonormal", [double.NaN, 0, 0], [1], 0.1);
        Refuse("components", "orthonormal", [1, 0, 0, 0.01, 0, 1], [1, 1], 0.1);
        Refuse("components", "need 3 x 2 numbers", [1, 0, 0], [1, 1], 0.1);
        Refuse("components", "0 principal components", [], [], 0.1);
        Refuse("components", "at most 3", [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0], [1, 1, 1, 1], 0.1);
        Refuse("variances", "of principal component 0 is 0", [1, 0, 0], [0], 0.1);
        Refuse("variances", "of principal component 0 is NaN", [1, 0, 0], [double.NaN], 0.1);
        Refuse("remaining", "beside the principal components is -1", [1, 0, 0], [1], -1);
        Refuse("remaining", "must be positive", [1, 0, 0], [1], double.PositiveInfinity);
        Assert.Equal(
            "mean", Assert.Throws<ArgumentException>(
                () => GaussianPrior.FromPrincipalComponents([0, double.NaN], [1, 0], [1], 1)).ParamName);
    }

    private static void Refuse(string parameter, string words, double[] components, double[] variances, double remaining)
    {
        ArgumentException e = Assert.Throws<ArgumentException>(
            () => GaussianPrior.FromPrincipalComponents([0, 0, 0], components, variances, remaining));
        Assert.Equal(parameter, e.ParamName);
        Assert.Contains(words, e.Message, StringComparison.Ordinal);
    }

    /// <summary>Orthonormal columns by Gram and Schmidt, twice, and variances 9, 4.5, 3, ...</summary>
    private static (double[] Components, double[] Variances) Components(int count)
    {
        var columns = new double[count][];
        for (int k = 0; k < count; k++)
        {
            double[] column = Dense.Random(N, 40 + k);
            for (int pass = 0; pass < 2; pass++)
            {
                for (int j = 0; j < k; j++)
                {
                    double along = column.Zip(columns[j], (a, b) => a * b).Sum();
                    column = [.. column.Zip(columns[j], (a, b) => a - (along * b))];
                }
            }

            double length = Math.Sqrt(column.Sum(a => a * a));
            columns[k] = Array.ConvertAll(column, a => a / length);
        }

        return (
            [.. Enumerable.Range(0, N * count).Select(i => columns[i % count][i / count])], [.. Enumerable.Range(1,
                count).Select(k => 9.0 / k)]);
    }

    private static double[] Covariance(double[] components, double[] variances)
    {
        int count = variances.Length;
        var covariance = new double[N * N];
        for (int i = 0; i < N * N; i++)
        {
            (int row, int column) = (i / N, i % N);
            covariance[i] = (row == column ? Remaining : 0)
                + Enumerable.Range(0, count).Sum(
                    k => (variances[k] - Remaining) * components[(row * count) + k] * components[(column * count) + k]);
        }

        return covariance;
    }

    private static double Squares(GaussianPrior prior, double[] x) => Rows(prior, x).Sum(row => row * row);

    private static double[] Rows(GaussianPrior prior, double[] x) =>
        Function.Trace([("x", N)], inputs => [("rows", prior.Residual(inputs[0]))], "rows").Compile<double>().Evaluate(x)[0];
}
