using Retrodict.Numerics;

namespace Retrodict.Solvers;

/// <summary>
/// The quasi-Newton direction with a dense approximation B of the Hessian: p minimizes g.p + p.B p / 2 on the free unknowns (see
/// <see cref="ActiveSetDirection"/>). After a step s that changed the gradient by y,
/// <code>B := B - (B s)(B s)^T / s.B s + y y^T / s.y</code>
/// (Nocedal and Wright, eq. 6.19), with y moved towards B s where s.y is not positive enough, as on a path that bounds bend (Powell 1978, A
/// fast algorithm for nonlinearly constrained optimization calculations; Nocedal and Wright, procedure 18.2).
/// </summary>
internal sealed class BfgsDirection(Objective objective, InitialHessian initial) : FirstOrderDirection(objective)
{
    /// <summary>s.y is kept at least this fraction of s.B s.</summary>
    private const double LeastCurvature = 1e-2;

    private readonly int _n = objective.Unknowns;
    private readonly double[] _hessian = new double[objective.Unknowns * objective.Unknowns];
    private readonly double[] _x = new double[objective.Unknowns];
    private readonly double[] _gradient = new double[objective.Unknowns];
    private readonly double[] _moved = new double[objective.Unknowns];
    private readonly double[] _change = new double[objective.Unknowns];
    private readonly double[] _product = new double[objective.Unknowns];
    private readonly QuadraticMinimizer _minimizer = new(objective);
    private readonly Lazy<DenseJacobian> _jacobian = new(() => new DenseJacobian(objective));

    protected override bool Determine(Point point, ProposalDraft draft)
    {
        bool finite = true;
        if (!Fresh)
        {
            Update(point);
        }
        else if (initial == InitialHessian.GaussNewton)
        {
            finite = _jacobian.Value.Linearize(point);
            _jacobian.Value.FormGram();
            _jacobian.Value.Gram.CopyTo(_hessian, 0);
            if (finite && _jacobian.Value.Diagonal.AsSpan().Contains(0))
            {
                finite = Restart(point, draft);
            }
        }
        else
        {
            finite = Restart(point, draft);
        }

        point.X.CopyTo(_x);
        point.Gradient.CopyTo(_gradient);
        if (finite && !_minimizer.TryCompute(point, draft, _hessian))
        {
            // Rounding has made it indefinite, or J^T J is singular.
            finite = Restart(point, draft) && _minimizer.TryCompute(point, draft, _hessian);
        }

        return finite;
    }

    /// <summary>B becomes the curvature along the gradient times the identity, in scaled unknowns.</summary>
    private bool Restart(Point point, ProposalDraft draft)
    {
        SteepestDescent(point, draft);
        double curvature = 1 / (ScaleToMinimizer(point, draft) * Unit);
        Array.Clear(_hessian);
        for (int i = 0; i < _n; i++)
        {
            _hessian[(i * _n) + i] = curvature / Scale.Units[i] / Scale.Units[i];
        }

        return double.IsFinite(curvature);
    }

    private void Update(Point point)
    {
        Vectors.Subtract(point.X, _x, _moved);
        Vectors.Subtract(point.Gradient, _gradient, _change);
        for (int i = 0; i < _n; i++)
        {
            _product[i] = Vectors.Dot(_hessian.AsSpan(i * _n, _n), _moved);
        }

        double old = Vectors.Dot(_moved, _product);
        double curvature = Vectors.Dot(_moved, _change);
        if (!(old > 0) || !double.IsFinite(curvature))
        {
            return;
        }

        if (curvature < LeastCurvature * old)
        {
            double share = (1 - LeastCurvature) * old / (old - curvature);
            for (int i = 0; i < _n; i++)
            {
                _change[i] = (share * _change[i]) + ((1 - share) * _product[i]);
            }

            curvature = LeastCurvature * old;
        }

        for (int i = 0; i < _n; i++)
        {
            Span<double> row = _hessian.AsSpan(i * _n, _n);
            Vectors.Add(_change[i] / curvature, _change, row);
            Vectors.Add(-_product[i] / old, _product, row);
        }
    }

    /// <summary>The minimizer of the quadratic model over the free unknowns, by Cholesky.</summary>
    private sealed class QuadraticMinimizer(Objective objective) : ActiveSetDirection(objective)
    {
        private readonly NormalEquations _equations = new(objective.Unknowns);
        private readonly double[] _diagonal = new double[objective.Unknowns];
        private double[] _hessian = [];
        private bool _definite;

        protected override ReadOnlySpan<double> Curvature => _diagonal;

        public bool TryCompute(Point point, ProposalDraft draft, double[] hessian)
        {
            (_hessian, _definite) = (hessian, true);
            for (int i = 0; i < _diagonal.Length; i++)
            {
                _diagonal[i] = Math.Max(0, hessian[(i * _diagonal.Length) + i]);
            }

            Compute(point, draft);
            return _definite && draft.PredictedDecrease > 0;
        }

        public override bool Linearize(Point point, ProposalDraft draft) => true;

        protected override void SolveFree(Point point, ProposalDraft draft, ReadOnlySpan<int> free)
        {
            if (free.IsEmpty || !_definite)
            {
                return;
            }

            point.CountLinearSolve();
            _definite = _equations.TryFactor(_hessian, free, 0, default, 0);
            if (_definite)
            {
                _equations.Solve(free, point.Gradient, draft.Direction);
            }
        }
    }
}
