using Retrodict.Numerics;

namespace Retrodict.Solvers;

/// <summary>
/// A point that a globalizer tries, and its verdict on it. The globalizer sets it, which brings it into the box, evaluates it, and writes
/// how it came about; if the search ends with <see cref="SearchOutcome.Accepted"/>, the loop moves there. Spans are good until the next
/// trial.
/// </summary>
public sealed class Trial
{
    /// <summary>How near to a bound that is kept off a trial may come, as a part of the way to it.</summary>
    private const double Nearest = 0.1;

    /// <summary>How far inside of such a bound a start begins.</summary>
    private const double Beside = 1e-8;

    private readonly Point _point;
    private readonly SolveLimits _limits;
    private readonly Box _bounds;
    private readonly bool _isRobust;
    private readonly bool[] _isKeptOff;
    private double[] _x;
    private double[] _residual;
    private double[] _gradient;

    internal Trial(Point point, SolveLimits limits)
    {
        (_point, _limits, _bounds) = (point, limits, point.Objective.Problem.Bounds);
        _isKeptOff = new bool[point.X.Length];
        _isRobust = point.Objective.Problem.Loss is not null;
        (_x, _residual, _gradient) = (new double[point.X.Length], new double[point.Residual.Length], new double[point.X.Length]);
    }

    /// <summary>The trial point, [unknowns], inside the box.</summary>
    public ReadOnlySpan<double> X => _x;

    /// <summary>The weighted residuals there, [rows], after an evaluation.</summary>
    public ReadOnlySpan<double> Residual => _residual;

    /// <summary>The objective's gradient there, [unknowns], after <see cref="EvaluateWithGradient"/>.</summary>
    public ReadOnlySpan<double> Gradient => _gradient;

    /// <summary>Whether <see cref="Gradient"/> belongs to the trial point.</summary>
    public bool HasGradient { get; private set; }

    /// <summary>The objective there; NaN before an evaluation, and not finite where the model is not.</summary>
    public double Cost { get; private set; } = double.NaN;

    /// <summary>How much of the step that the direction asked for was taken: see <see cref="IterationRecord.StepFactor"/>. 1 unless the
    /// globalizer says otherwise; a factor below it makes short steps prove less.</summary>
    public double StepFactor { get; set; }

    /// <summary>The decrease of the objective over the predicted one; NaN unless the globalizer says otherwise.</summary>
    public double GainRatio { get; set; }

    /// <summary>The trust region's radius that led to the trial; NaN where there is none.</summary>
    public double Radius { get; set; }

    /// <summary>The decrease of the objective that is predicted for the full step: that of the proposal, unless the globalizer knows
    /// better.</summary>
    public double PredictedDecrease { get; set; }

    /// <summary>Whether the limits of the solve allow another evaluation. A search that is not allowed one ends with
    /// <see cref="SearchOutcome.Stopped"/>.</summary>
    public bool MayEvaluate => Limit == StoppingCriterion.None;

    /// <summary>The limit that forbids another evaluation; none if it may be made.</summary>
    internal StoppingCriterion Limit => _limits.Reached(_point.Run.Counts.Model);

    /// <summary>Whether the model itself was not finite in the last evaluation, and not only the sum of squares.</summary>
    internal bool HasFailed => !double.IsFinite(Cost) && !double.IsFinite(Vectors.Largest(_residual));

    /// <summary>Whether an evaluation was refused in this search, because of a limit.</summary>
    internal bool WasRefused { get; private set; }

    /// <summary>Sets the trial point to P(x + factor p), P being the projection into the box. Nothing has been evaluated then.</summary>
    /// <param name="direction">p, [unknowns], in the units of x.</param>
    /// <param name="factor">The factor.</param>
    /// <exception cref="ArgumentException">The length is not the number of unknowns.</exception>
    public void Step(ReadOnlySpan<double> direction, double factor)
    {
        Span<double> trial = _x;
        ReadOnlySpan<double> x = _point.X;
        if (direction.Length != trial.Length)
        {
            throw new ArgumentException($"The direction has {direction.Length} numbers; it must have {trial.Length}.", nameof(direction));
        }

        for (int i = 0; i < trial.Length; i++)
        {
            trial[i] = x[i] + (factor * direction[i]);
        }

        Settle();
    }

    /// <summary>Sets the trial point to P(x) of any point x. Nothing has been evaluated then.</summary>
    /// <param name="x">The point, [unknowns].</param>
    /// <exception cref="ArgumentException">The length is not the number of unknowns.</exception>
    public void MoveTo(ReadOnlySpan<double> x)
    {
        if (x.Length != _x.Length)
        {
            throw new ArgumentException($"The point has {x.Length} numbers; it must have {_x.Length}.", nameof(x));
        }

        x.CopyTo(_x);
        Settle();
    }

    /// <summary>Evaluates the trial point. An evaluation that a limit of the solve forbids is not made.</summary>
    /// <returns>Its objective, which may be NaN or infinite; NaN if a limit forbids it.</returns>
    public double Evaluate()
    {
        if (IsRefused())
        {
            return double.NaN;
        }

        Cost = _point.Run.Evaluate(_x, _residual);
        HasGradient = false;
        _point.NoteEvaluation(Cost, _residual);
        return Cost;
    }

    /// <summary>Evaluates the trial point and its gradient in one go, for searches that look at slopes and methods that need little else at
    /// the next point. An evaluation that a limit of the solve forbids is not made.</summary>
    /// <returns>Its objective, which may be NaN or infinite; NaN if a limit forbids it.</returns>
    public double EvaluateWithGradient()
    {
        if (_isRobust)
        {
            if (double.IsFinite(Evaluate()))
            {
                _point.Run.Vjp(_x, _point.GradientSeed(_residual), _gradient);
                HasGradient = true;
            }

            return Cost;
        }

        if (IsRefused())
        {
            return double.NaN;
        }

        Cost = _point.Run.EvaluateWithGradient(_x, _residual, _gradient);
        HasGradient = true;
        _point.NoteEvaluation(Cost, _residual);
        return Cost;
    }

    /// <summary>How much lower the trial's objective is than the point's: the sum of (r - t)(r + t) / 2 over residuals r and the trial's t,
    /// which keeps digits that the difference of two sums does not.</summary>
    public double Decrease()
    {
        if (_isRobust || !double.IsFinite(Cost))
        {
            return _point.Cost - Cost;
        }

        ReadOnlySpan<double> residual = _point.Residual;
        ReadOnlySpan<double> trial = _residual.AsSpan(0, residual.Length);
        double sum = 0;
        for (int i = 0; i < residual.Length; i++)
        {
            sum += (residual[i] - trial[i]) * (residual[i] + trial[i]);
        }

        return double.IsFinite(sum) ? 0.5 * sum : _point.Cost - Cost;
    }

    /// <summary>Remembers the trial point, if it is lower than the current point and the lowest so far, while a search goes on for a better
    /// one.</summary>
    /// <returns>Whether it is.</returns>
    public bool Keep() => _point.Keep(this);

    /// <summary>Makes the point for which <see cref="Keep"/> last said true in this search the trial point again, without its
    /// gradient.</summary>
    public void ReturnToKept()
    {
        Cost = _point.CopyKept(_x, _residual);
        HasGradient = false;
    }

    /// <summary>Begins a solve, in which no bound has been found to be one that a derivative does not exist at.</summary>
    internal void BeginSolve() => Array.Clear(_isKeptOff);

    /// <summary>
    /// Goes back inside of the box from bounds at which the derivative is not finite, as that of a square root is at zero: a tenth of the
    /// way to where the last step came from, or a small part of the way across the box. From then on trials keep off these bounds, ending
    /// nine tenths of the way to them (compare the strictly feasible iterates of Branch, Coleman and Li 1999, A subspace, interior, and
    /// conjugate gradient method for large-scale bound-constrained minimization problems).
    /// </summary>
    /// <param name="hasMoved">Whether the trial's memory still holds the point before.</param>
    /// <returns>Whether there are such bounds, and the objective is finite inside of them.</returns>
    internal bool TryLeaveBounds(bool hasMoved)
    {
        bool leaves = false;
        for (int i = 0; i < _x.Length; i++)
        {
            (double x, double lower, double upper) = (_point.X[i], _bounds.Lower(i), _bounds.Upper(i));
            bool isAtBound = lower < upper && (x <= lower || x >= upper);
            double inside = hasMoved && _x[i] != x ? x + (Nearest * (_x[i] - x)) : Inside(x, lower, upper);
            bool leavesHere = isAtBound && !_isKeptOff[i] && inside != x && _point.HasNoDerivativeBy(i);
            _isKeptOff[i] |= leavesHere;
            leaves |= leavesHere;
            _x[i] = leavesHere ? inside : x;
        }

        return leaves && MayEvaluate && double.IsFinite(Evaluate());
    }

    /// <summary>Begins a search.</summary>
    internal void Begin(Proposal proposal)
    {
        (Cost, HasGradient, WasRefused) = (double.NaN, false, false);
        (StepFactor, GainRatio, Radius, PredictedDecrease) = (1, double.NaN, double.NaN, proposal.PredictedDecrease);
    }

    /// <summary>Exchanges memory with the point that moves here; the gradient's only where there is one.</summary>
    internal void Exchange(ref double[] x, ref double[] residual, ref double[] gradient)
    {
        (x, _x) = (_x, x);
        (residual, _residual) = (_residual, residual);
        if (HasGradient)
        {
            (gradient, _gradient) = (_gradient, gradient);
        }
    }

    private void Settle()
    {
        _bounds.Project(_x);
        KeepOffBounds();
        (Cost, HasGradient) = (double.NaN, false);
    }

    private void KeepOffBounds()
    {
        for (int i = 0; i < _isKeptOff.Length; i++)
        {
            if (_isKeptOff[i] && (_x[i] <= _bounds.Lower(i) || _x[i] >= _bounds.Upper(i)))
            {
                _x[i] += Nearest * (_point.X[i] - _x[i]);
            }
        }
    }

    /// <summary>A point beside the bound at x, in units of the box or of the bound itself; x if it has neither.</summary>
    private static double Inside(double x, double lower, double upper)
    {
        double size = Math.Min(upper - lower, Math.Abs(x) > 0 ? Math.Abs(x) : double.PositiveInfinity);
        return !double.IsFinite(size) ? x : x <= lower ? x + (Beside * size) : x - (Beside * size);
    }

    private bool IsRefused()
    {
        if (Limit == StoppingCriterion.None)
        {
            return false;
        }

        (WasRefused, Cost, HasGradient) = (true, double.NaN, false);
        return true;
    }
}
