using Retrodict.Numerics;
using Retrodict.Solvers;

// With D = diag(1 / deviation), the standardized measurement s = D (y - mean) and the standardized residual r = D (F(x) - y), the model's
// standardized value is y_t = s + r: the model's residual rows are all that is needed of it. Then
//     increment(a)  p = g(s + (1 - a) r) - g(s + r)
//     tangent(a)    p = -a J_g(s + r) r
//     published(a)  p = g(s + (1 - a) r) - x
//     bayesian      p = mean - x + J(s + r) (D F' (x - mean) - r)
// (arXiv 2605.13068, algorithm 1, for the published form; the others are this library's). At a = 1 the first term of the first and third is
// g(s), the same at every point, so that it is evaluated once a solve.


namespace Retrodict;

/// <summary>From residual rows to directions through a reverse map, for one solve at a time.</summary>
internal sealed class PullBack
{
    private readonly Objective _objective;
    private readonly ReverseMap _map;
    private readonly ReverseMapRun _run;
    private readonly double[] _measured;
    private readonly double[] _residual;
    private readonly double[] _point;
    private readonly double[] _moved;
    private readonly double[] _rows;
    private readonly double[] _estimate;
    private readonly double[] _product;
    private bool _hasEstimate;

    public PullBack(Objective objective, ReverseMap map, ReverseMapPlans plans)
    {
        (_objective, _map, _run) = (objective, map, plans.NewRun());
        (int m, int n) = (map.Observations, map.Unknowns);
        (_measured, _residual, _point, _moved) = (new double[m], new double[m], new double[m], new double[m]);
        (_rows, _estimate, _product) = (new double[objective.Rows], new double[n], new double[n]);
    }

    /// <summary>Evaluations of the map and products with its Jacobian since <see cref="Begin"/>.</summary>
    public long Evaluations { get; private set; }

    /// <summary>The standardized residual r of the last <see cref="MoveTo"/>.</summary>
    public ReadOnlySpan<double> Residual => _residual;

    /// <summary>The model's standardized value y_t there.</summary>
    public ReadOnlySpan<double> Point => _point;

    /// <summary>g(s), not projected into the box.</summary>
    public ReadOnlySpan<double> Estimate
    {
        get
        {
            if (!_hasEstimate)
            {
                _run.Evaluate(_measured, _estimate);
                Evaluations++;
                _hasEstimate = true;
            }

            return _estimate;
        }
    }

    /// <exception cref="ArgumentException">The map does not fit the problem.</exception>
    public static void Require(ReverseMap map, InverseProblem problem)
    {
        ArgumentNullException.ThrowIfNull(map);
        if (map.Observations != problem.Observations || map.Unknowns != problem.Unknowns)
        {
            throw new ArgumentException(
                $"The reverse map takes {map.Observations} observations to {map.Unknowns} unknowns, but the forward model has " +
                    $"{problem.Observations} and {problem.Unknowns}.", nameof(problem));
        }

        if (problem.Observed?.Contains(false) == true)
        {
            throw new ArgumentException(
                "A reverse map needs every component of the observation, but the problem's mask leaves some out.", nameof(problem));
        }
    }

    public void Begin(ReadOnlySpan<double> observation)
    {
        (Evaluations, _hasEstimate) = (0, false);
        for (int i = 0; i < _measured.Length; i++)
        {
            _measured[i] = (observation[i] - _map.ObservationMean[i]) / _map.ObservationDeviation[i];
        }
    }

    /// <summary>Takes over the residual rows of a point.</summary>
    public void MoveTo(ReadOnlySpan<double> rows)
    {
        Standardize(rows, _residual);
        for (int i = 0; i < _point.Length; i++)
        {
            _point[i] = _measured[i] + _residual[i];
        }
    }

    public void Increment(double alpha, Span<double> direction)
    {
        At(alpha, direction);
        _run.Evaluate(_point, _product);
        Evaluations++;
        Vectors.Subtract(direction, _product, direction);
    }

    public void Tangent(double alpha, Span<double> direction)
    {
        _run.Times(_point, _residual, direction);
        Evaluations++;
        Vectors.Scale(-alpha, direction);
    }

    public void Published(double alpha, ReadOnlySpan<double> x, Span<double> direction)
    {
        At(alpha, direction);
        Vectors.Subtract(direction, x, direction);
    }

    /// <summary>One product with the model's Jacobian, one with the gain.</summary>
    public void Bayesian(ReadOnlySpan<double> mean, Point point, Span<double> direction)
    {
        Vectors.Subtract(point.X, mean, _product);
        point.Run.Jvp(point.X, _product, _rows);
        Standardize(_rows, _moved);
        Vectors.Subtract(_moved, _residual, _moved);
        _run.GainTimes(_point, _moved, direction);
        Evaluations++;
        Vectors.Subtract(direction, _product, direction);
    }

    /// <summary>‖J_g J_f ξ - ξ‖² / n for a probe ξ: one product with each Jacobian.</summary>
    /// <param name="run">The model.</param>
    /// <param name="x">The point of the last <see cref="MoveTo"/>.</param>
    /// <param name="probe">ξ.</param>
    public double Composition(IObjectiveRun run, ReadOnlySpan<double> x, ReadOnlySpan<double> probe)
    {
        run.Jvp(x, probe, _rows);
        Standardize(_rows, _moved);
        _run.Times(_point, _moved, _product);
        Evaluations++;
        Vectors.Subtract(_product, probe, _product);
        return Vectors.Dot(_product, _product) / probe.Length;
    }

    /// <summary>Whitened rows of the misfit in standardized units.</summary>
    public void Standardize(ReadOnlySpan<double> rows, Span<double> standardized)
    {
        _objective.Misfit(rows, standardized);
        for (int i = 0; i < standardized.Length; i++)
        {
            standardized[i] /= _map.ObservationDeviation[i];
        }
    }

    /// <summary>J_g at the last point, [n, m].</summary>
    public void Jacobian(Span<double> jacobian) => _run.Jacobian(_point, jacobian);

    /// <summary>The gain at the last point, [n, m].</summary>
    public void GainJacobian(Span<double> jacobian) => _run.GainJacobian(_point, jacobian);

    /// <summary>g(s + (1 - a) r).</summary>
    private void At(double alpha, Span<double> unknown)
    {
        if (alpha == 1)
        {
            Estimate.CopyTo(unknown);
            return;
        }

        for (int i = 0; i < _moved.Length; i++)
        {
            _moved[i] = _measured[i] + ((1 - alpha) * _residual[i]);
        }

        _run.Evaluate(_moved, unknown);
        Evaluations++;
    }
}
