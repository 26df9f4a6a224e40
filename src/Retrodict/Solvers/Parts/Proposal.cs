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
        if (!_isRecomputed)
        {
            _direction.CopyTo(_asked, 0);
            _isRecomputed = true;
        }

        direction.Compute(point, (ProposalDraft)this);
    }

    private protected void Reset()
    {
        ColumnSquares = [];
        (_isRecomputed, PredictedDecrease, Optimality, IsConclusive, IsRestricted, FullShare) = (false, 0, double.NaN, true, false, 1);
    }
}
