namespace Retrodict.Solvers;

/// <summary>
/// What a direction proposes as the next step from the current point: a step p, what it gains, and how near to a minimum the point is. The
/// direction writes it, as a <see cref="ProposalDraft"/>; globalizers and stopping criteria read it. Spans are good until the direction is
/// asked again.
/// </summary>
public abstract class Proposal
{
    private readonly double[] _direction;
    private readonly double[] _asked;
    private readonly bool[] _active;
    private bool _isRecomputed;
    private double _askedShare;

    private protected Proposal(int unknowns)
    {
        (_direction, _asked, _active) = (new double[unknowns], new double[unknowns], new bool[unknowns]);
    }

    /// <summary>The step p, [unknowns], in the units of x.</summary>
    public ReadOnlySpan<double> Direction => _direction;

    /// <summary>Which unknowns a bound holds in this step, [unknowns]: their part of the step ends at the bound, and the others were
    /// computed without them.</summary>
    public ReadOnlySpan<bool> Active => _active;

    /// <summary>The decrease of the objective that the direction's own model predicts for the step.</summary>
    public double PredictedDecrease { get; private protected set; }

    /// <summary>The first-order optimality at the point, a number without unit: see <see cref="StoppingRule.GradientTolerance"/>. Zero says
    /// that there is nowhere to go.</summary>
    public double Optimality { get; private protected set; }

    /// <summary>Whether a short step or a small decrease says that the point is a minimum; true unless the direction says otherwise, as one
    /// that comes from no model of the objective must.</summary>
    public bool IsConclusive { get; private protected set; } = true;

    /// <summary>Whether a radius, and not the model's minimum, ended the step; false unless the direction says so.</summary>
    public bool IsRestricted { get; private protected set; }

    /// <summary>How much of the decrease that the model predicts without a radius the step keeps: 1, unless the direction says so, for the
    /// full step, near 0 where the radius alone keeps it short.</summary>
    public double FullShare { get; private protected set; } = 1;

    /// <summary>How long the step is beside the one that the model asks for without a radius: 1 for the full step.</summary>
    internal double StepShare { get; private protected set; } = 1;

    /// <summary>The <see cref="StepShare"/> of <see cref="Asked"/>.</summary>
    internal double AskedShare => _isRecomputed ? _askedShare : StepShare;

    /// <summary>The largest share of the objective that a single unknown could gain by itself, where J's columns are known; else
    /// 0.</summary>
    internal double SingleGain => ColumnSquares.Length > 0 ? Optimality * Optimality : 0;

    /// <summary>The squares of the lengths of J's columns at the point, [unknowns], perhaps estimates; empty where the direction does not
    /// know them.</summary>
    internal ReadOnlySpan<double> Columns => ColumnSquares;

    /// <summary>The step that was first asked for at this point: <see cref="Direction"/>, unless it has been recomputed.</summary>
    internal ReadOnlySpan<double> Asked => _isRecomputed ? _asked : _direction;

    private protected double[] ColumnSquares { get; set; } = [];

    private protected Span<double> WritableDirection => _direction;

    private protected Span<bool> WritableActive => _active;

    /// <summary>Has the direction compute its step anew at the same point, as a trust region does whose radius has become
    /// smaller.</summary>
    /// <param name="direction">The direction, whose radius has been changed.</param>
    /// <param name="point">The current point.</param>
    public void Recompute(ITrustRegionDirection direction, Point point)
    {
        ArgumentNullException.ThrowIfNull(direction);
        KeepAsked();
        direction.Compute(point, (ProposalDraft)this);
    }

    /// <summary>Shortens the components that change their unknown by more than itself to half of that, where the model was not finite at
    /// the end of the step: a column of J with no more than a trace of an unknown sends it anywhere, and a factor that brings it back would
    /// leave nothing of the others. Such a step proves nothing of the minimum.</summary>
    /// <param name="point">The current point.</param>
    /// <returns>Whether there are such components, and the step still descends.</returns>
    internal bool TryConfine(Point point)
    {
        double slope = 0;
        bool confined = false;
        for (int i = 0; i < _direction.Length; i++)
        {
            double p = Confined(point.X[i], _direction[i]);
            confined |= p != _direction[i];
            slope += point.Gradient[i] * p;
        }

        if (!confined || !(slope < 0))
        {
            return false;
        }

        KeepAsked();
        for (int i = 0; i < _direction.Length; i++)
        {
            _direction[i] = Confined(point.X[i], _direction[i]);
        }

        (PredictedDecrease, IsConclusive) = (-0.5 * slope, false);
        return true;
    }

    private static double Confined(double x, double step) =>
        x != 0 && Math.Abs(step) > Math.Abs(x) ? Math.CopySign(0.5 * x, step) : step;

    private void KeepAsked()
    {
        if (!_isRecomputed)
        {
            _direction.CopyTo(_asked, 0);
            (_isRecomputed, _askedShare) = (true, StepShare);
        }
    }

    private protected void Reset()
    {
        (ColumnSquares, StepShare) = ([], 1);
        (_isRecomputed, PredictedDecrease, Optimality, IsConclusive, IsRestricted, FullShare) = (false, 0, double.NaN, true, false, 1);
    }
}
