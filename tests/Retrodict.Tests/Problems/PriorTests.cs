using Retrodict.Autodiff;

namespace Retrodict.Tests.Problems;

public sealed class PriorTests
{
    [Fact]
    public void The_rows_of_a_Gaussian_are_whitened_deviations()
    {
        GaussianPrior prior = GaussianPrior.FromCovariance(Dense.Random(4, 1), Dense.Flat(Dense.RandomCovariance(4, 2)));
        double[] x = Dense.Random(4, 3);
        double[] rows = PriorRows.At(prior, [2, 2], x);
        Dense.AssertClose(Dense.Plus(x, prior.Mean, -1), Dense.Times(Dense.Matrix(prior.Factor, 4, 4), rows), 1e-14);
    }

    [Fact]
    public void A_weight_multiplies_the_functional_and_weights_multiply()
    {
        TikhonovPrior prior = new(6, 1);
        double[] x = Dense.Random(6, 1);
        double[] rows = PriorRows.At(prior, 6, x);
        Prior weighted = prior.Weighted(4).Weighted(0.5);
        Assert.Equal((2, 1, 6), (weighted.Weight, prior.Weight, weighted.Unknowns));
        Dense.AssertClose([.. rows.Select(r => Math.Sqrt(2) * r)], PriorRows.At(weighted, 6, x), 1e-15);
        Assert.All(PriorRows.At(prior.Weighted(0), 6, x), row => Assert.Equal(0, row));
        foreach (double wrong in new[] { -1, double.NaN, double.PositiveInfinity })
        {
            Assert.Equal("weight", Assert.Throws<ArgumentOutOfRangeException>(() => prior.Weighted(wrong)).ParamName);
            Assert.Throws<ArgumentOutOfRangeException>(() => weighted.Weighted(wrong));
        }
    }

    [Fact]
    public void Priors_add_up_row_after_row()
    {
        GaussianPrior gaussian = GaussianPrior.FromCovariance(Dense.Random(6, 1), Dense.Flat(Dense.RandomCovariance(6, 2)));
        TotalVariationPrior variation = new([2, 3], 0.1);
        ResidualPrior own = new(x => x[0] * x[1]);
        double[] x = Dense.Random(6, 3);
        double[] expected =
        [
            .. PriorRows.At(gaussian, [2, 3], x), .. PriorRows.At(variation, [2, 3], x).Select(r => Math.Sqrt(3) * r), .. PriorRows.At(own,
                [2, 3], x),
        ];
        Dense.AssertClose(expected, PriorRows.At(gaussian + variation.Weighted(3) + own, [2, 3], x), 1e-15);
        Dense.AssertClose(expected, PriorRows.At(Prior.Sum(gaussian, variation.Weighted(3), own), [2, 3], x), 1e-15);
        Dense.AssertClose(
            [.. expected.Select(r => Math.Sqrt(5) * r)], PriorRows.At(
                Prior.Sum(gaussian, variation.Weighted(3), own).Weighted(5), [2, 3], x), 1e-14);
    }

    [Fact]
    public void A_prior_of_ones_own_sees_the_unknown_in_its_shape()
    {
        ResidualPrior prior = new(x => x[1] - (2 * x[0]));
        Assert.Null(prior.Unknowns);
        Assert.Equal([2, 1, 0], PriorRows.At(prior, [2, 3], [1, 2, 3, 4, 5, 6]));
        Assert.Throws<ShapeException>(() => new InverseProblem(x => x, 6) { Prior = new ResidualPrior(x => x + Value.Constant([1, 2])) });
    }

    /// <summary>x^2 = 2 as a prior and a vague measurement of 1 pull x to near the square root of 2.</summary>
    [Fact]
    public void A_nonlinear_prior_of_ones_own_is_minimized_with_the_misfit()
    {
        InverseProblem problem = new(x => x, 1) { Noise = 100, Prior = new ResidualPrior(x => (x * x) - 2) };
        SolveResult result = new GaussNewton().Solve(problem, [1], [1]);
        double x = result.X[0];
        Assert.Equal(0, ((x - 1) / 1e4) + (2 * x * ((x * x) - 2)), 1e-7);
    }

    [Fact]
    public void Without_rows_or_with_sizes_that_do_not_fit_priors_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Prior.Sum());
        Assert.Contains(
            "on 3 and on 4", Assert.Throws<ArgumentException>(
                () => new TikhonovPrior(3, 1) + new TikhonovPrior(4, 1)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => new TikhonovPrior(3, 1) + null!);
        Assert.Throws<ArgumentNullException>(() => new ResidualPrior(null!));
        Assert.Throws<ShapeException>(() => new InverseProblem(x => x, 3) { Prior = new ResidualPrior(x => x[..0]) });
        Assert.Throws<ShapeException>(() => Function.Trace(new TikhonovPrior(3, 1).Residual, 4));
    }

    [Fact]
    public void The_estimate_of_a_linear_model_with_everything_is_the_closed_form()
    {
        const int N = 6, M = 8;
        double[,] a = Dense.RandomMatrix(M, N, 3);
        double[,] noise = Dense.RandomCovariance(M, 4), covariance = Dense.RandomCovariance(N, 5);
        double[] y = Dense.Random(M, 6), mean = Dense.Random(N, 7);
        bool[] observed = [true, false, true, true, true, false, true, true];
        int[] kept = [0, 2, 3, 4, 6, 7];
        InverseProblem problem = new(x => Value.MatMul(Value.Constant(a), x), N)
        {
            Noise = Noise.FromCovariance(Dense.Flat(noise)),
            Observed = observed,
            Prior = GaussianPrior.FromCovariance(mean, Dense.Flat(covariance)) + new TikhonovPrior(N, 2).Weighted(0.3),
        };
        double[,] rows = Dense.Matrix([.. from i in kept from j in Enumerable.Range(0, N) select a[i, j]], kept.Length, N);
        double[,] block = Dense.Matrix([.. from i in kept from j in kept select noise[i, j]], kept.Length, kept.Length);
        double[,] smooth = DifferenceMatrix.Second(N, GridBoundary.Free);
        double[,] weighted = Dense.Times(Dense.Transpose(rows), Dense.Inverse(block));
        double[,] precision = Dense.Inverse(covariance);
        double[,] matrix = Dense.Plus(
            Dense.Plus(Dense.Times(weighted, rows), precision), DifferenceMatrix.Times(0.3, Dense.Times(Dense.Transpose(smooth), smooth)));
        double[] right = Dense.Plus(Dense.Times(weighted, [.. kept.Select(i => y[i])]), Dense.Times(precision, mean));
        foreach (int i in Enumerable.Range(0, M).Except(kept))
        {
            y[i] = double.NaN;
        }

        SolveResult result = new GaussNewton().Solve(problem, y, new double[N]);
        Assert.Equal(SolveStatus.Converged, result.Status);
        Dense.AssertClose(Dense.Times(Dense.Inverse(matrix), right), [.. result.X], 1e-10);
    }
}
