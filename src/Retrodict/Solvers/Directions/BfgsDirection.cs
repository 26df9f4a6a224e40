using Retrodict.Numerics;

namespace Retrodict.Solvers;

/// <summary>
/// The quasi-Newton direction with a dense approximation B of the Hessian: p minimizes g.p + p.B p / 2 on the free unknowns (see
/// <see cref="ActiveSetDirection"/>). After a step s that changed the gradient by y,
/// <code>B := B - (B s)(B s)^T / s.B s + y y^T / s.y</code>
/// (Nocedal and Wright, eq. 6.19), with y moved towards B s where s.y is not positive enough, as on a path that bounds bend (Powell 1978, A fast algorithm for
/// nonlinearly constrained optimization calculations; Nocedal and Wright, procedure 18.2).
/// </summary>
internal sealed class BfgsDirection(Objective model, InitialHessian initial) : FirstOrderDirection(model)
{
    /// <summary>s.y is kept at least this fraction of s.B s.</summary>
    private const double LeastCurvature = 1e-2;

    private readonly int _n = model.Unknowns;
    private readonly double[] _hessian = new double[model.Unknowns * model.Unknowns];
    private readonly double[] _x = new double[model.Unknowns];
    private readonly double[] _gradient = new double[model.Unknowns];
    private readonly double[] _moved = new double[model.Unknowns];
    private readonly double[] _change = new double[model.Unknowns];
    private readonly double[] _product = new double[model.Unknowns];
    private readonly QuadraticMinimizer _minimizer = new(model);
    private readonly Lazy<DenseJacobian> _jacobian = new(() => new DenseJacobian(model));

    protected override bool Determine(Iterate iterate)
    {
        bool finite = true;
        if (!Fresh)
        {
            Update(iterate);
        }
        else if (initial == InitialHessian.GaussNewton)
        {
            finite = _jacobian.Value.Linearize(iterate);
            _jacobian.Value.FormGram();
            _jacobian.Value.Gram.CopyTo(_hessian, 0);
            if (finite && _jacobian.Value.Diagonal.AsSpan().Contains(0))
            {
                finite = Restart(iterate);
            }
        }
        else
        {
            finite = Restart(iterate);
        }

        iterate.X.CopyTo(_x, 0);
        iterate.Gradient.CopyTo(_gradient, 0);
        if (finite && !_minimizer.TryCompute(iterate, _hessian))
        {
            // Rounding has made it indefinite, or J^T J is singular.
            finite = Restart(iterate) && _minimizer.TryCompute(iterate, _hessian);
        }

        return finite;
    }

    /// <summary>B becomes the curvature along the gradient times the identity.</summary>
    private bool Restart(Iterate iterate)
    {
        SteepestDescent(iterate);
        double curvature = 1 / (ScaleToMinimizer(iterate) * Unit);
        Array.Clear(_hessian);
        for (int i = 0; i < _n; i++)
        {
            _hessian[(i * _n) + i] = curvature;
        }

        return double.IsFinite(curvature);
    }

    private void Update(Iterate iterate)
    {
        Vectors.Subtract(iterate.X, _x, _moved);
        Vectors.Subtract(iterate.Gradient, _gradient, _change);
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
    private sealed class QuadraticMinimizer(Objective model) : ActiveSetDirection(model)
    {
        private readonly NormalEquations _equations = new(model.Unknowns);
        private readonly double[] _diagonal = new double[model.Unknowns];
        private double[] _hessian = [];
        private bool _definite;

        protected override ReadOnlySpan<double> Curvature => _diagonal;

        public bool TryCompute(Iterate iterate, double[] hessian)
        {
            (_hessian, _definite) = (hessian, true);
            for (int i = 0; i < _diagonal.Length; i++)
            {
                _diagonal[i] = Math.Max(0, hessian[(i * _diagonal.Length) + i]);
            }

            Compute(iterate);
            return _definite && iterate.PredictedDecrease > 0;
        }

        public override bool Linearize(Iterate iterate) => true;

        protected override void SolveFree(Iterate iterate, ReadOnlySpan<int> free)
        {
            if (free.IsEmpty || !_definite)
            {
                return;
            }

            iterate.Run.Counts = iterate.Run.Counts with { LinearSolves = iterate.Run.Counts.LinearSolves + 1 };
            _definite = _equations.TryFactor(_hessian, free, 0, default, 0);
            if (_definite)
            {
                _equations.Solve(free, iterate.Gradient, iterate.Direction);
            }
        }
    }
}
