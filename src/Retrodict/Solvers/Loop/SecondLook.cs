using Retrodict.Numerics;

namespace Retrodict.Solvers;

/// <summary>
/// Looks at the objective's own Hessian H where no lower point was found and the direction's model still promises one. With large residuals
/// J^T J is far below H, and promises gains that are not there: where H is positive definite on the free unknowns, g^T H^-1 g / 2 is what a
/// step can gain (Newton's decrement), and if that is rounding beside the objective, the point is the minimum as far as numbers tell.
/// </summary>
internal sealed class SecondLook(Objective objective)
{
    /// <summary>Up to so many unknowns: a Hessian is as many products each way.</summary>
    private const int MostUnknowns = 200;

    /// <summary>How far above the rounding of the objective a gain may lie: errors of the model's values add up over its operations, of
    /// which only the last is known.</summary>
    private const double Slack = 16;

    /// <summary>Directions of less curvature than this, relatively, are flat to rounding, and what they would gain is not known.</summary>
    private const double LeastReciprocalCondition = 1e-12;

    private readonly Lazy<Parts> _parts = new(() => new Parts(objective));
    private bool _isMissing = objective.Problem.Loss is not null || objective.Unknowns > MostUnknowns;

    /// <summary>Whether nothing is left to gain but rounding. False where the model has no second derivative.</summary>
    public bool Holds(Point point, double tolerance)
    {
        if (_isMissing || !(point.Cost > 0))
        {
            return false;
        }

        try
        {
            double gain = _parts.Value.Gain(point);
            return gain >= 0 && gain <= Math.Max(tolerance * point.Cost, Slack * point.CostRounding);
        }
        catch (NotSupportedException)
        {
            _isMissing = true;
            return false;
        }
    }

    private sealed class Parts(Objective objective)
    {
        private readonly DenseJacobian _jacobian = new(objective);
        private readonly NormalEquations _equations = new(objective.Unknowns);
        private readonly double[] _hessian = new double[objective.Unknowns * objective.Unknowns];
        private readonly int[] _free = new int[objective.Unknowns];

        /// <summary>What a Newton step would gain; NaN where H is not positive definite, or not finite.</summary>
        public double Gain(Point point)
        {
            int n = objective.Unknowns;
            point.ComputeCurvature(_hessian);
            if (!double.IsFinite(Vectors.Largest(_hessian)) || !_jacobian.Linearize(point))
            {
                return double.NaN;
            }

            _jacobian.FormGram();
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j <= i; j++)
                {
                    double element = _jacobian.Gram[(i * n) + j] + (0.5 * (_hessian[(i * n) + j] + _hessian[(j * n) + i]));
                    (_hessian[(i * n) + j], _hessian[(j * n) + i]) = (element, element);
                }
            }

            ReadOnlySpan<int> free = Free(point);
            return free.IsEmpty ? 0
                : _equations.TryFactor(_hessian, free, 0, default, LeastReciprocalCondition)
                ? 0.5 * _equations.InverseForm(free, point.Gradient)
                : double.NaN;
        }

        private ReadOnlySpan<int> Free(Point point)
        {
            Box bounds = objective.Problem.Bounds;
            int count = 0;
            for (int i = 0; i < _free.Length; i++)
            {
                if (bounds.Lower(i) < bounds.Upper(i) && !ActiveSet.Blocked(bounds, i, point.X[i], point.Gradient[i]))
                {
                    _free[count++] = i;
                }
            }

            return _free.AsSpan(0, count);
        }
    }
}
