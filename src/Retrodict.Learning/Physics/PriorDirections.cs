using Retrodict.Autodiff.LinearAlgebra;

namespace Retrodict.Learning;

/// <summary>
/// The covariance of unknowns in its principal directions, as rows: ξ = Lᵀ z of standard normal z is a draw about the mean.
/// </summary>
internal sealed class PriorDirections
{
    /// <summary>From orthonormal directions [n, r] and the variances along them.</summary>
    public PriorDirections(double[] directions, double[] variances)
    {
        int r = variances.Length;
        int n = directions.Length / r;
        Count = r;
        Columns = new double[r * n];
        for (int k = 0; k < r; k++)
        {
            for (int i = 0; i < n; i++)
            {
                Columns[(k * n) + i] = directions[(i * r) + k] * Math.Sqrt(variances[k]);
            }
        }

        MeanVariance = variances.Sum() / n;
    }

    /// <summary>The number of directions, r.</summary>
    public int Count { get; }

    /// <summary>The columns of L as rows, [r, n].</summary>
    public double[] Columns { get; }

    /// <summary>tr(C) / n.</summary>
    public double MeanVariance { get; }
}
