namespace Retrodict.Solvers;

/// <summary>
/// min ‖B w - c‖² + damping ‖w‖² for an upper bidiagonal B, in a number of operations that grows with its order alone (Eldén 1977, Algorithms for the regularization
/// of ill-conditioned least squares problems, BIT 17). In each column a rotation of B's row with the damping's leaves one element in the next column,
/// which a second rotation with the damping there makes that column's row:
///     [d_k e_k; t_k 0] -> [rho_k theta_k; 0 g],   t_k+1 = ‖(g, sqrt(damping))‖,   t_0 = sqrt(damping).
/// </summary>
internal sealed class BidiagonalLeastSquares(int order)
{
    private readonly double[] _diagonal = new double[order];
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
        double root = Math.Sqrt(damping);
        double below = root;
        for (int k = 0; k < _count; k++)
        {
            double length = Math.Sqrt((diagonal[k] * diagonal[k]) + (below * below));
            (double cosine, double sine) = length > 0 ? (diagonal[k] / length, below / length) : (1, 0);
            double left = -sine * super[k];
            below = Math.Sqrt((left * left) + damping);
            (_diagonal[k], _super[k], _cosine[k], _sine[k]) = (length, cosine * super[k], cosine, sine);
            _carried[k] = below > 0 ? left / below : 0;
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
            next = _diagonal[k] > 0 ? (w[k] - (_super[k] * next)) / _diagonal[k] : 0;
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
            double element = v[k] - (k > 0 ? _super[k - 1] * before : 0);
            before = _diagonal[k] > 0 ? element / _diagonal[k] : 0;
            sum += before * before;
        }

        return sum;
    }
}
