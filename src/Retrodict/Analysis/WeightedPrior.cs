namespace Retrodict.Analysis;

/// <summary>The one place that knows how a prior takes a weight w: its residuals times w, so its covariance over w².</summary>
internal static class WeightedPrior
{
    /// <exception cref="ArgumentException">The weighted covariance is not a positive definite matrix of finite numbers.</exception>
    public static InverseProblem Of(InverseProblem problem, double weight)
    {
        GaussianPrior prior = problem.Prior!;
        int n = prior.Dimension;
        double[] factor = [.. prior.Factor];
        for (int i = 0; i < factor.Length; i++)
        {
            factor[i] /= weight;
        }

        double[] covariance = Matrix.Times(factor, Matrix.Transposed(factor, n, n), n, n, n);
        return problem with { Prior = GaussianPrior.FromCovariance(prior.Mean, covariance) };
    }
}
