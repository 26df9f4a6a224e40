namespace Retrodict.Solvers;

/// <summary>
/// Armijo's rule along the projected path x(a) = P(x + a p) (Bertsekas 1982, eq. 36 to 38): the factor a starts at 1 and shrinks until
/// f - f(x(a)) >= c (a sum over free i of -g_i p_i + sum over held i of g_i (x_i - x_i(a))), where f is the largest of the last objectives
/// (see <see cref="ArmijoOptions.Memory"/>). Trials that are not finite are rejected like high ones. Serves any direction that descends.
/// </summary>
public sealed class ProjectedArmijo : Globalizer
{
    /// <summary>After so many trials in a row that were not finite, the step is far too long.</summary>
    private const int Patience = 12;

    private readonly ArmijoOptions _options;
    private readonly bool _withGradient;
    private readonly double[] _last;
    private int _count;

    /// <param name="options">Its options.</param>
    /// <param name="withGradient">Whether trials are evaluated together with their gradients, for methods that need little else at the next
    /// point.</param>
    public ProjectedArmijo(ArmijoOptions options, bool withGradient = false)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_options, _withGradient, _last) = (options, withGradient, new double[options.Memory]);
    }

    /// <inheritdoc/>
    public override void Begin() => _count = 0;

    /// <inheritdoc/>
    public override SearchOutcome Search(Point point, Proposal proposal, Trial trial)
    {
        double reference = Reference(point.Cost);
        double factor = 1;
        bool anyFinite = false;
        int nonFinite = 0;
        for (int backtracks = 0; backtracks <= _options.MaxBacktracks; backtracks++)
        {
            if (!trial.MayEvaluate)
            {
                return SearchOutcome.Stopped;
            }

            trial.Step(proposal.Direction, factor);
            if ((reference > point.Cost || nonFinite > 0) && trial.X.SequenceEqual(point.X))
            {
                // Perhaps below the maximum, but no step.
                break;
            }

            double needed = _options.SufficientDecrease * SlopeDecrease(point, proposal, trial.X, factor);
            double cost = _withGradient ? trial.EvaluateWithGradient() : trial.Evaluate();
            anyFinite |= double.IsFinite(cost);

            // A non-finite cost fails the comparison.
            if (reference - cost >= needed)
            {
                (trial.StepFactor, trial.GainRatio) = (factor, (point.Cost - cost) / proposal.PredictedDecrease);
                return SearchOutcome.Accepted;
            }

            nonFinite = double.IsFinite(cost) ? 0 : nonFinite + 1;
            if (nonFinite != 1 || !trial.HasFailed || !proposal.TryConfine(point))
            {
                // Faster and faster where nothing is finite.
                factor *= Math.Pow(_options.Contraction, 1 << Math.Clamp(nonFinite - Patience, 0, 6));
            }
        }

        return nonFinite > 0 && !anyFinite ? SearchOutcome.NonFinite : SearchOutcome.Exhausted;
    }

    /// <summary>What the slope along the path promises: for free unknowns that of the whole step, for held ones that of the way they really
    /// go.</summary>
    private static double SlopeDecrease(Point point, Proposal proposal, ReadOnlySpan<double> trial, double factor)
    {
        ReadOnlySpan<double> x = point.X;
        ReadOnlySpan<double> gradient = point.Gradient;
        ReadOnlySpan<double> direction = proposal.Direction;
        ReadOnlySpan<bool> active = proposal.Active;
        double decrease = 0;
        for (int i = 0; i < trial.Length; i++)
        {
            decrease += active[i] ? gradient[i] * (x[i] - trial[i]) : -factor * gradient[i] * direction[i];
        }

        return decrease;
    }

    private double Reference(double cost)
    {
        _last[_count++ % _last.Length] = cost;
        double largest = cost;
        foreach (double last in _last.AsSpan(0, Math.Min(_count, _last.Length)))
        {
            largest = Math.Max(largest, last);
        }

        return largest;
    }
}
