namespace Retrodict.Solvers;

/// <summary>
/// min ‖B w - c‖² + damping ‖w‖² for an upper bidiagonal B, in a number of operations that grows with its order alone (Eldén
/// 1977, Algorithms for the regularization of ill-conditioned least squares problems, BIT 17). In each column a rotation of B's row with
/// the damping's leaves one element in the next column, which a second rotation with the damping there makes that column's row:
///     [d_k e_k; t_k 0] -> [rho_k theta_k; 0 g],   t_k+1 = ‖(g, sqrt(damping))‖,   t_0 = sqrt(damping).
/// The squares of t follow each other without roots, t_k+1² = damping + e_k² t_k² / (d_k² + t_k²), and no digits cancel.
/// </summary>
internal sealed class BidiagonalLeastSquares(int order)
{
    private readonly double[] _inverse = new double[order];
    private readonly double[] _ratio = new double[order];
    private readonly double[] _super = new double[order];
    private readonly double[] _cosine = new double[order];
    private readonly double[] _sine = new double[order];
    private readonly double[] _carried = new double[order];
    private int _count;

    /// <summary>Makes the triangle R of the stack [B; sqrt(damping) I].</summary>
    /// <param name="diagonal">B's diagonal.</param>
    /// <param name="super">The elements right of it; the last is not used.</param>
    /// <param name="damping">The damping, not negative.</param>
    public void Factor(ReadOnlySpan<double> diagonal, ReadOnlySpan<double> super, double damping)
    {
        _count = diagonal.Length;
        double square = damping;
        for (int k = 0; k < _count; k++)
        {
            double sum = (diagonal[k] * diagonal[k]) + square;
            double inverse = sum > 0 ? 1 / Math.Sqrt(sum) : 0;
            double share = sum > 0 ? square / sum : 0;
            double next = damping + (share * super[k] * super[k]);
            (_inverse[k], _sine[k]) = (inverse, Math.Sqrt(share));
            _cosine[k] = sum > 0 ? diagonal[k] * inverse : 1;
            _super[k] = _cosine[k] * super[k];
            _ratio[k] = _super[k] * inverse;
            _carried[k] = next > 0 ? -_sine[k] * super[k] / Math.Sqrt(next) : 0;
            square = next;
        }
    }

    /// <summary>The solution w. A component whose diagonal element in R is zero is zero.</summary>
    public void Solve(ReadOnlySpan<double> c, Span<double> w)
    {
        double below = 0;
        for (int k = 0; k < _count; k++)
        {
            w[k] = (_cosine[k] * c[k]) + (_sine[k] * below);
            below = _carried[k] * ((_cosine[k] * below) - (_sine[k] * c[k]));
        }

        double next = 0;
        for (int k = _count - 1; k >= 0; k--)
        {
            next = (w[k] * _inverse[k]) - (_ratio[k] * next);
            w[k] = next;
        }
    }

    /// <summary>v^T (B^T B + damping I)^-1 v = ‖R^-T v‖².</summary>
    public double InverseForm(ReadOnlySpan<double> v)
    {
        double sum = 0;
        double before = 0;
        for (int k = 0; k < _count; k++)
        {
            before = (v[k] - (k > 0 ? _super[k - 1] * before : 0)) * _inverse[k];
            sum += before * before;
        }

        return sum;
    }
}
