namespace Retrodict;

/// <summary>
/// How well a fit determines its unknowns, to first order in the noise. Made by <see cref="FitAnalysis.Statistics"/>. Residuals are in
/// units of <see cref="InverseProblem.Noise"/>, and the rows of a prior count as observations. Meaningful at a solution only.
/// </summary>
/// <remarks>
/// Nothing is made up where nothing is known. An unknown that the measurement does not determine has an infinite standard error, and
/// covariances and correlations of NaN; see <see cref="Undetermined"/>. One that a bound holds has variance zero: its error is not
/// described by a covariance; see <see cref="Held"/>. Without degrees of freedom the noise cannot be estimated, and errors that need it are
/// NaN; so is everything where the model's derivative is not finite.
/// </remarks>
public sealed class FitStatistics
{
    private readonly double[] _covariance;
    private readonly double[] _standardErrors;
    private readonly double[] _singularValues;
    private readonly bool[] _held;
    private readonly bool[] _undetermined;

    internal FitStatistics(double[] covariance, bool[] held, bool[] undetermined, double[] singularValues)
    {
        (_covariance, _held, _undetermined, _singularValues) = (covariance, held, undetermined, singularValues);
        _standardErrors = [.. Enumerable.Range(0, held.Length).Select(i => Math.Sqrt(covariance[(i * held.Length) + i]))];
    }

    /// <summary>What was taken for the size of the noise.</summary>
    public required NoiseLevel Noise { get; init; }

    /// <summary>The covariance of the unknowns, [n, n] row-major, in their units.</summary>
    public ReadOnlySpan<double> Covariance => _covariance;

    /// <summary>The standard errors, square roots of the covariance's diagonal, of length n.</summary>
    public ReadOnlySpan<double> StandardErrors => _standardErrors;

    /// <summary>Which unknowns were at a bound that the objective's gradient pushes against, or fixed by equal bounds; of length
    /// n.</summary>
    public ReadOnlySpan<bool> Held => _held;

    /// <summary>Which unknowns the residuals do not determine, alone or in combination with others; of length n.</summary>
    public ReadOnlySpan<bool> Undetermined => _undetermined;

    /// <summary>The singular values, descending, of the weighted Jacobian of the unknowns that are not held, with its columns scaled to
    /// length one.</summary>
    public ReadOnlySpan<double> SingularValues => _singularValues;

    /// <summary>The largest of <see cref="SingularValues"/> over the smallest: by how much relative errors may grow. Infinite where the
    /// rank is not full.</summary>
    public required double Condition { get; init; }

    /// <summary>How many of <see cref="SingularValues"/> are above rounding.</summary>
    public required int Rank { get; init; }

    /// <summary>Residuals, those of a prior included, less <see cref="Rank"/>.</summary>
    public required int DegreesOfFreedom { get; init; }

    /// <summary>The sum of squared residuals, those of a prior included.</summary>
    public required double ResidualSumOfSquares { get; init; }

    /// <summary>s, the square root of the residual sum of squares over the degrees of freedom: the noise's standard deviation in units of
    /// <see cref="InverseProblem.Noise"/>. NaN without degrees of freedom.</summary>
    public required double ResidualStandardDeviation { get; init; }

    /// <summary>The correlation matrix, [n, n] row-major; 1 on the diagonal, NaN for unknowns that are held or undetermined.</summary>
    public double[] Correlation()
    {
        int n = _held.Length;
        var correlation = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                correlation[(i * n) + j] = i == j ? 1 : _covariance[(i * n) + j] / _standardErrors[i] / _standardErrors[j];
            }
        }

        return correlation;
    }
}
