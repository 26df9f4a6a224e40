using Retrodict.Autodiff.LinearAlgebra;

namespace Retrodict.Regressions;

/// <summary>
/// The inverse of JᵀJ, J being the Jacobian of the weighted residuals at the solution: from J P = Q R, pivoted and with columns scaled to length one, it is
/// P R⁻¹ R⁻ᵀ Pᵀ (Björck, Numerical Methods for Least Squares Problems, 1996, section 2.8). Where the rank is deficient, R = [R₁ R₂], the null space
/// is spanned by the columns of [-R₁⁻¹ R₂; I]: parameters with a part in it are undetermined, the others are covered by R₁ alone.
/// </summary>
internal static class ParameterCovariance
{
    /// <summary>Parts of null vectors up to this are rounding.</summary>
    private const double NullPart = 1e-8;

    /// <summary>The covariance for noise of the problem's deviations, [n, n]; NaN in rows and columns of parameters that are held or undetermined. Null where the
    /// Jacobian is not finite.</summary>
    public static double[]? Of(InverseProblem problem, ReadOnlySpan<double> x, ReadOnlySpan<bool> held)
    {
        int n = problem.Unknowns;
        int m = problem.Observations;
        double[] jacobian = problem.Forward.Jacobian("x").Compile<double>().Evaluate([.. x])[0];
        for (int i = 0; i < m * n; i++)
        {
            jacobian[i] /= problem.Noise[i / n];
        }

        if (!jacobian.All(double.IsFinite))
        {
            return null;
        }

        var covariance = new double[n * n];
        Array.Fill(covariance, double.NaN);
        List<int> free = [];
        for (int j = 0; j < n; j++)
        {
            if (!held[j])
            {
                free.Add(j);
            }
        }

        if (free.Count > 0)
        {
            Fill(covariance, jacobian, m, n, [.. free]);
        }

        return covariance;
    }

    private static void Fill(double[] covariance, double[] jacobian, int m, int n, int[] free)
    {
        int k = free.Length;
        double[] scale = [.. free.Select(j => Scale(jacobian, m, n, j))];
        var matrix = new double[m * k];
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < k; j++)
            {
                matrix[(i * k) + j] = jacobian[(i * n) + free[j]] * scale[j];
            }
        }

        var permutation = new int[k];
        int rank = PivotedQr.Factor(matrix, m, k, new double[Math.Min(m, k)], permutation, new double[PivotedQr.FactorWorkspaceLength(m, k)]);
        double[,] inverse = SolveTriangle(matrix, k, rank, Enumerable.Range(0, rank).Select(c => Unit(rank, c)));
        double[,] nullParts = SolveTriangle(matrix, k, rank, Enumerable.Range(rank, k - rank).Select(c => Enumerable.Range(0, rank).Select(r => matrix[(r * k) + c]).ToArray()));
        for (int a = 0; a < rank; a++)
        {
            for (int b = 0; b < rank; b++)
            {
                if (IsDetermined(nullParts, a) && IsDetermined(nullParts, b))
                {
                    double sum = 0;
                    for (int c = 0; c < rank; c++)
                    {
                        sum += inverse[a, c] * inverse[b, c];
                    }

                    (int i, int j) = (permutation[a], permutation[b]);
                    covariance[(free[i] * n) + free[j]] = sum * scale[i] * scale[j];
                }
            }
        }
    }

    private static bool IsDetermined(double[,] nullParts, int row)
    {
        for (int c = 0; c < nullParts.GetLength(1); c++)
        {
            if (Math.Abs(nullParts[row, c]) > NullPart)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>R₁⁻¹ B by back substitution, B given by its columns.</summary>
    private static double[,] SolveTriangle(double[] r, int k, int rank, IEnumerable<double[]> columns)
    {
        double[][] right = [.. columns];
        var solution = new double[rank, right.Length];
        for (int c = 0; c < right.Length; c++)
        {
            for (int i = rank - 1; i >= 0; i--)
            {
                double sum = right[c][i];
                for (int j = i + 1; j < rank; j++)
                {
                    sum -= r[(i * k) + j] * solution[j, c];
                }

                solution[i, c] = sum / r[(i * k) + i];
            }
        }

        return solution;
    }

    private static double[] Unit(int length, int position)
    {
        var unit = new double[length];
        unit[position] = 1;
        return unit;
    }

    private static double Scale(double[] jacobian, int m, int n, int column)
    {
        // The largest element first, so that squares neither overflow nor vanish.
        double largest = 0;
        for (int i = 0; i < m; i++)
        {
            largest = Math.Max(largest, Math.Abs(jacobian[(i * n) + column]));
        }

        if (largest == 0)
        {
            return 0;
        }

        double squares = 0;
        for (int i = 0; i < m; i++)
        {
            double part = jacobian[(i * n) + column] / largest;
            squares += part * part;
        }

        return 1 / (largest * Math.Sqrt(squares));
    }
}
