namespace Retrodict.Solvers;

/// <summary>
/// Armijo's rule along the projected path x(a) = P(x + a p) (Bertsekas 1982, eq. 36 to 38): the factor a starts at 1 and shrinks until
/// f - f(x(a)) >= c (a sum over free i of -g_i p_i + sum over held i of g_i (x_i - x_i(a))), where f is the largest of the last objectives (see
/// <see cref="ArmijoOptions.Memory"/>). Trials that are not finite are rejected like high ones.
/// </summary>
/// <param name="options">Its options.</param>
/// <param name="model">The problem.</param>
/// <param name="withGradient">Whether trials are evaluated together with their gradients, for methods that need little else at the next point.</param>
internal sealed class ProjectedArmijo(ArmijoOptions options, Objective model, bool withGradient = false) : Globalizer
{
    private readonly double[] _last = new double[options.Memory];
    private int _count;

    public override void Begin() => _count = 0;

    public override SearchOutcome Search(Iterate iterate)
    {
        Box bounds = model.Problem.Bounds;
        double reference = Reference(iterate.Cost);
        double factor = 1;
        bool anyFinite = false;
        for (int trial = 0; trial <= options.MaxBacktracks; trial++)
        {
            if (iterate.Limit != StoppingCriterion.None)
            {
                return SearchOutcome.Stopped;
            }

            for (int i = 0; i < iterate.Trial.Length; i++)
            {
                iterate.Trial[i] = iterate.X[i] + (factor * iterate.Direction[i]);
            }

            bounds.Project(iterate.Trial);
            if (reference > iterate.Cost && iterate.Trial.AsSpan().SequenceEqual(iterate.X))
            {
                // Below the maximum, but no step.
                return SearchOutcome.Exhausted;
            }

            double needed = 0;
            for (int i = 0; i < iterate.Trial.Length; i++)
            {
                needed += iterate.Active[i]
                    ? iterate.Gradient[i] * (iterate.X[i] - iterate.Trial[i])
                    : -factor * iterate.Gradient[i] * iterate.Direction[i];
            }

            double cost = withGradient ? iterate.EvaluateTrialWithGradient() : iterate.EvaluateTrial();
            anyFinite |= double.IsFinite(cost);

            // A non-finite cost fails the comparison.
            if (reference - cost >= options.SufficientDecrease * needed)
            {
                iterate.StepFactor = factor;
                iterate.GainRatio = (iterate.Cost - cost) / iterate.PredictedDecrease;
                iterate.Accept(cost, withGradient);
                return SearchOutcome.Accepted;
            }

            factor *= options.Contraction;
        }

        return anyFinite ? SearchOutcome.Exhausted : SearchOutcome.NonFinite;
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
