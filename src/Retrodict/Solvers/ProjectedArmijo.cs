namespace Retrodict.Solvers;

/// <summary>
/// Armijo's rule along the projected path x(a) = P(x + a p) (Bertsekas 1982, eq. 36 to 38): the factor a starts at 1 and shrinks until
/// f(x) - f(x(a)) >= c (a sum over free i of -g_i p_i + sum over held i of g_i (x_i - x_i(a))). Trials that are not finite are rejected like high ones.
/// </summary>
internal sealed class ProjectedArmijo(ArmijoOptions options, LeastSquares model) : Globaliser
{
    public override SearchOutcome Search(Iterate iterate)
    {
        Box bounds = model.Problem.Bounds;
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
            double needed = 0;
            for (int i = 0; i < iterate.Trial.Length; i++)
            {
                needed += iterate.Active[i]
                    ? iterate.Gradient[i] * (iterate.X[i] - iterate.Trial[i])
                    : -factor * iterate.Gradient[i] * iterate.Direction[i];
            }

            double cost = iterate.EvaluateTrial();
            anyFinite |= double.IsFinite(cost);

            // A non-finite cost fails the comparison.
            if (iterate.Cost - cost >= options.SufficientDecrease * needed)
            {
                iterate.StepFactor = factor;
                iterate.GainRatio = (iterate.Cost - cost) / iterate.PredictedDecrease;
                iterate.Accept(cost);
                return SearchOutcome.Accepted;
            }

            factor *= options.Contraction;
        }

        return anyFinite ? SearchOutcome.Exhausted : SearchOutcome.NonFinite;
    }
}
