using Retrodict.Autodiff.LinearAlgebra;
using Retrodict.Numerics;

// Misfit rows K [m, n] and prior rows P [p, n] in one basis: n x k matrices X and Y' with Y X = I and
//     K X = U diag(c),   P X = V diag(s),   U and V with orthonormal columns,
// the generalized singular value decomposition (C. F. Van Loan, SIAM J. Numer. Anal. 13, 1976; P. C. Hansen, "Rank-Deficient and Discrete
// Ill-Posed Problems", 1998, section 2.1.2) without its normalization c² + s² = 1, which would cost digits of whichever is small. In it
//     (K'K + w² P'P)^-1 = X diag(1 / (c² + w² s²)) X'
// for every weight w. Two routes:
//   whitening, where P is square and regular:  K P^-1 = U diag(sigma) Z',  X = P^-1 Z, Y = Z' P, c = sigma, s = 1;
//   else, where P has another shape or a null space (C. C. Paige and M. A. Saunders, SIAM J. Numer. Anal. 18, 1981):
//              [K; b P] D^-1 = [Q1; Q2] diag(sigma) W',  Q1 = U diag(c) Z',
//              X = D^-1 W diag(1/sigma) Z, Y = Z' diag(sigma) W' D, s = |Q2 z| / b,
// with b the ratio of the lengths of K and P, and the singular values above rounding.


namespace Retrodict.Analysis;

/// <summary>The generalized singular value decomposition of misfit and prior rows.</summary>
internal sealed class GeneralizedDecomposition
{
    /// <summary>An inverse of P that misses the identity by more than this is not used.</summary>
    private const double RegularityTolerance = 1e-8;

    private GeneralizedDecomposition(int observations, int unknowns, int count)
    {
        Observations = observations;
        Unknowns = unknowns;
        Count = count;
        Undetermined = new bool[unknowns];
    }

    /// <summary>m.</summary>
    public int Observations { get; }

    /// <summary>n.</summary>
    public int Unknowns { get; }

    /// <summary>k: n, or less where neither misfit nor prior see some direction.</summary>
    public int Count { get; }

    /// <summary>False where a row is not finite; nothing else then means anything.</summary>
    public bool IsFinite { get; private init; } = true;

    /// <summary>c, of length k, not ascending; what is rounding beside the largest is zero.</summary>
    public double[] C { get; private init; } = [];

    /// <summary>s, of length k; what is rounding is zero.</summary>
    public double[] S { get; private init; } = [];

    /// <summary>U, [m, k]; zeros where c is zero.</summary>
    public double[] U { get; private init; } = [];

    /// <summary>X, [n, k].</summary>
    public double[] X { get; private init; } = [];

    /// <summary>Y, [k, n].</summary>
    public double[] Y { get; private init; } = [];

    /// <summary>Which unknowns have a part that neither misfit nor prior see.</summary>
    public bool[] Undetermined { get; private init; }

    public static GeneralizedDecomposition Of(
        ReadOnlySpan<double> misfit, ReadOnlySpan<double> prior, int m, int p, int n, double tolerance) =>
        p == n && InverseOf(prior, n) is { } inverse
            ? ByWhitening(misfit, prior, inverse, m, n, tolerance)
            : ByStacking(misfit, prior, m, p, n, tolerance);

    private static GeneralizedDecomposition ByWhitening(
        ReadOnlySpan<double> misfit, ReadOnlySpan<double> prior, double[] inverse, int m, int n, double tolerance)
    {
        double[] whitened = Matrix.Times(misfit, inverse, m, n, n);
        if (!TryDecompose(whitened, m, n, tolerance, out double[] u, out double[] c, out double[] z))
        {
            return new GeneralizedDecomposition(m, n, 0) { IsFinite = false };
        }

        var s = new double[n];
        Array.Fill(s, 1.0);
        return new GeneralizedDecomposition(m, n, n)
        {
            C = c,
            S = s,
            U = u,
            X = Matrix.Times(inverse, z, n, n, n),
            Y = Matrix.Times(Matrix.Transposed(z, n, n), prior, n, n, n),
        };
    }

    private static GeneralizedDecomposition ByStacking(
        ReadOnlySpan<double> misfit, ReadOnlySpan<double> prior, int m, int p, int n, double tolerance)
    {
        double priorLength = Math.Sqrt(Matrix.Dot(prior, prior));
        double misfitLength = Math.Sqrt(Matrix.Dot(misfit, misfit));
        double balance = priorLength > 0 && misfitLength > 0 ? misfitLength / priorLength : 1;
        var stacked = new double[(m + p) * n];
        misfit.CopyTo(stacked);
        for (int i = 0; i < p * n; i++)
        {
            stacked[(m * n) + i] = balance * prior[i];
        }

        ScaledSingularValues values = ScaledSingularValues.Of(stacked, m + p, n, tolerance);
        int k = values.Rank;
        var q = new double[(m + p) * k];
        for (int i = 0; i < m + p; i++)
        {
            values.Left.AsSpan(i * n, k).CopyTo(q.AsSpan(i * k));
        }

        if (!values.IsFinite || !TryDecompose(q.AsSpan(0, m * k), m, k, tolerance, out double[] u, out double[] c, out double[] z))
        {
            return new GeneralizedDecomposition(m, n, 0) { IsFinite = false };
        }

        double[] priorPart = Matrix.Times(q.AsSpan(m * k), z, p, k, k);
        var s = new double[k];
        for (int i = 0; i < k; i++)
        {
            double length = Matrix.ColumnLength(priorPart, p, k, i);
            s[i] = length > tolerance ? length / balance : 0;
        }

        var x = new double[n * k];
        var y = new double[k * n];
        for (int i = 0; i < n; i++)
        {
            for (int l = 0; l < k; l++)
            {
                x[(i * k) + l] = values.Right[(i * n) + l] / values.Values[l] / values.Scale[i];
                y[(l * n) + i] = values.Right[(i * n) + l] * values.Values[l] * values.Scale[i];
            }
        }

        return new GeneralizedDecomposition(m, n, k)
        {
            C = c,
            S = s,
            U = u,
            X = Matrix.Times(x, z, n, k, k),
            Y = Matrix.Times(Matrix.Transposed(z, k, k), y, k, k, n),
            Undetermined = values.Undetermined,
        };
    }

    /// <summary>A = U diag(c) Z' with all columns of Z; c and U are zero where c is rounding.</summary>
    private static bool TryDecompose(ReadOnlySpan<double> a, int m, int n, double tolerance, out double[] u, out double[] c, out double[] z)
    {
        int padded = Math.Max(m, n);
        var matrix = new double[padded * n];
        a.CopyTo(matrix);
        var left = new double[padded * n];
        c = new double[n];
        z = new double[n * n];
        bool done = SingularValues.TryDecompose(matrix, padded, n, left, c, z, new double[SingularValues.WorkspaceLength(padded, n)]);
        u = left[..(m * n)];
        for (int j = 0; j < n && done; j++)
        {
            if (c[j] > tolerance * c[0])
            {
                continue;
            }

            c[j] = 0;
            for (int i = 0; i < m; i++)
            {
                u[(i * n) + j] = 0;
            }
        }

        return done;
    }

    /// <summary>The inverse of a square matrix, or null where it has none for all that can be told. A prior's rows are often a triangle,
    /// whose inverse by substitution is the factor of the covariance again.</summary>
    private static double[]? InverseOf(ReadOnlySpan<double> matrix, int n)
    {
        double[] factors = matrix.ToArray();
        var pivots = new int[n];
        LuFactorization.Factor(factors, n, pivots, new double[LuFactorization.WorkspaceLength<double>(n)]);
        var inverse = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            inverse[(i * n) + i] = 1;
        }

        LuFactorization.Solve(factors, n, pivots, inverse, n, new double[LuFactorization.SolveWorkspaceLength<double>(n, n)]);
        double[] product = Matrix.Times(matrix, inverse, n, n, n);
        for (int i = 0; i < product.Length; i++)
        {
            // Written so that NaN fails too.
            if (!(Math.Abs(product[i] - (i % (n + 1) == 0 ? 1 : 0)) <= RegularityTolerance))
            {
                return null;
            }
        }

        return inverse;
    }
}
