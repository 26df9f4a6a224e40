using Retrodict.Autodiff.LinearAlgebra;

namespace Retrodict.Solvers;

/// <summary>
/// The saddle-free Newton direction on the free unknowns (Dauphin and others 2014): p = -|H|^-1 g with H = J^T J + sum of r_i times the
/// Hessian of r_i, where |H| has the absolute eigenvalues of H, taken in unknowns scaled to a diagonal near one, so that no unit matters.
/// Eigenvalues near zero are raised to a part of the largest, or of one; a gradient that is rounding along an eigenvector is none.
/// </summary>
internal sealed class NewtonDirection(Objective objective) : ActiveSetDirection(objective)
{
    private const double LeastEigenvalue = 1e-10;
    private const double Epsilon = 2.220446049250313e-16;

    private readonly DenseJacobian _jacobian = new(objective);
    private readonly double[] _hessian = new double[objective.Unknowns * objective.Unknowns];
    private readonly double[] _diagonal = new double[objective.Unknowns];
    private readonly double[] _scale = new double[objective.Unknowns];
    private readonly double[] _matrix = new double[objective.Unknowns * objective.Unknowns];
    private readonly double[] _values = new double[objective.Unknowns];
    private readonly double[] _vectors = new double[objective.Unknowns * objective.Unknowns];
    private readonly double[] _workspace = new double[SymmetricEigen.WorkspaceLength(objective.Unknowns)];

    protected override ReadOnlySpan<double> Curvature => _diagonal;

    public override bool Linearize(Point point, ProposalDraft draft) => _jacobian.Linearize(point, draft);

    public override void Compute(Point point, ProposalDraft draft)
    {
        int n = Objective.Unknowns;
        _jacobian.FormGram();
        point.ComputeCurvature(_hessian);
        for (int i = 0; i < n; i++)
        {
            _diagonal[i] = _jacobian.Diagonal[i] + Math.Abs(_hessian[(i * n) + i]);
            for (int j = 0; j <= i; j++)
            {
                _hessian[(i * n) + j] = _jacobian.Gram[(i * n) + j] + (0.5 * (_hessian[(i * n) + j] + _hessian[(j * n) + i]));
            }
        }

        base.Compute(point, draft);
    }

    protected override void SolveFree(Point point, ProposalDraft draft, ReadOnlySpan<int> free)
    {
        int n = Objective.Unknowns;
        int count = free.Length;
        for (int i = 0; i < count; i++)
        {
            _scale[i] = _diagonal[free[i]] > 0 ? 1 / Math.Sqrt(_diagonal[free[i]]) : 0;
        }

        for (int i = 0; i < count; i++)
        {
            if (_scale[i] == 0)
            {
                _scale[i] = ScaleByOthers(free, i);
            }

            for (int j = 0; j <= i; j++)
            {
                _matrix[(i * count) + j] = _hessian[(free[i] * n) + free[j]] * _scale[i] * _scale[j];
            }
        }

        point.CountLinearSolve();
        Span<double> values = _values.AsSpan(0, count);
        if (!SymmetricEigen.TryDecompose(_matrix.AsSpan(0, count * count), count, values, _vectors.AsSpan(0, count * count), _workspace))
        {
            // The second derivative is not finite, though the first one is.
            point.NoteDispensableDerivative();
            foreach (int i in free)
            {
                draft.Direction[i] = _jacobian.Diagonal[i] > 0 ? -point.Gradient[i] / _jacobian.Diagonal[i] : 0;
            }

            return;
        }

        double largest = count == 0 ? 0 : Math.Max(Math.Abs(values[0]), Math.Abs(values[count - 1]));
        double least = LeastEigenvalue * Math.Max(largest, 1);
        for (int k = 0; k < count; k++)
        {
            double slope = 0;
            double size = 0;
            for (int i = 0; i < count; i++)
            {
                double term = _vectors[(i * count) + k] * _scale[i] * point.Gradient[free[i]];
                slope += term;
                size += Math.Abs(term);
            }

            if (Math.Abs(slope) <= 8 * count * Epsilon * size)
            {
                continue;
            }

            double step = -slope / Math.Max(Math.Abs(values[k]), least);
            for (int i = 0; i < count; i++)
            {
                draft.Direction[free[i]] += step * _vectors[(i * count) + k] * _scale[i];
            }
        }
    }

    /// <summary>The scale of an unknown that has no curvature of its own, and no effect here, but acts together with others: an amplitude
    /// of zero beside it, say. The largest of its elements becomes one.</summary>
    private double ScaleByOthers(ReadOnlySpan<int> free, int index)
    {
        double largest = 0;
        for (int j = 0; j < free.Length; j++)
        {
            (int row, int column) = (Math.Max(free[index], free[j]), Math.Min(free[index], free[j]));
            largest = Math.Max(largest, Math.Abs(_hessian[(row * Objective.Unknowns) + column]) * _scale[j]);
        }

        return largest > 0 ? 1 / largest : 1;
    }
}
