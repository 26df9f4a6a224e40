using Retrodict.Numerics;

namespace Retrodict.Solvers;

/// <summary>
/// The truncated Newton direction on the free unknowns (Nocedal and Wright 2006, Numerical Optimization, algorithm 7.1), preconditioned
/// with the estimated diagonal of J^T J, so that no unit matters. Conjugate gradients end when the residual of H p = -g has fallen by the
/// forcing term, the optimality and at most one half, with which convergence is quadratic (theorem 7.2 there), or at a direction of
/// negative curvature: with what they have found, or with the scaled gradient step if that is nothing.
/// </summary>
internal sealed class NewtonCgDirection(Objective objective) : ActiveSetDirection(objective)
{
    private const double LargestForcing = 0.5;

    private readonly JacobianProducts _products = new(objective);
    private readonly double[] _inverse = new double[objective.Unknowns];
    private readonly double[] _residual = new double[objective.Unknowns];
    private readonly double[] _conjugate = new double[objective.Unknowns];
    private readonly double[] _product = new double[objective.Unknowns];
    private readonly double[] _curved = new double[objective.Unknowns];
    private readonly double[] _image = new double[objective.Rows];

    protected override ReadOnlySpan<double> Curvature => _products.Diagonal;

    public override bool Linearize(Point point, ProposalDraft draft) => _products.Linearize(point, draft);

    protected override void SolveFree(Point point, ProposalDraft draft, ReadOnlySpan<int> free)
    {
        if (free.IsEmpty)
        {
            return;
        }

        point.CountLinearSolve();
        Array.Clear(_inverse);
        Array.Clear(_residual);
        Array.Clear(_conjugate);
        double squares = 0;
        foreach (int i in free)
        {
            _inverse[i] = _products.Diagonal[i] > 0 ? 1 / _products.Diagonal[i] : 0;
            _residual[i] = point.Gradient[i];
            _conjugate[i] = -_inverse[i] * _residual[i];
            squares += _residual[i] * _inverse[i] * _residual[i];
        }

        double forcing = Math.Min(LargestForcing, draft.Optimality);
        double goal = forcing * forcing * squares;
        int limit = Math.Max(20, 4 * free.Length);
        for (int k = 0; k < limit && squares > 0; k++)
        {
            Multiply(point);
            double curvature = Vectors.Dot(_conjugate, _product);
            double length = squares / curvature;
            if (!(curvature > 0) || !double.IsFinite(length))
            {
                if (k == 0)
                {
                    _conjugate.CopyTo(draft.Direction);
                }

                return;
            }

            double before = squares;
            squares = 0;
            foreach (int i in free)
            {
                draft.Direction[i] += length * _conjugate[i];
                _residual[i] += length * _product[i];
                squares += _residual[i] * _inverse[i] * _residual[i];
            }

            if (!(squares > goal))
            {
                return;
            }

            foreach (int i in free)
            {
                _conjugate[i] = (squares / before * _conjugate[i]) - (_inverse[i] * _residual[i]);
            }
        }
    }

    /// <summary>H times the conjugate direction.</summary>
    private void Multiply(Point point)
    {
        _products.Times(point, _conjugate, _image);
        _products.TransposedTimes(point, _image, _product);
        point.CurvatureTimes(_conjugate, _curved);
        Vectors.Add(1, _curved, _product);
    }
}
