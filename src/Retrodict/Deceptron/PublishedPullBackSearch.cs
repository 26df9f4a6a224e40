using Retrodict.Numerics;

namespace Retrodict.Solvers;

/// <summary>The published search of D-IPG: x(α) = P(x + 0.4 p(α)), p(α) = g(y_t - α r) - x, for α = 1, 1/2, ..., 1/256, accepted when
/// the objective falls by 1e-4 · 0.4 of the slope along p(α).</summary>
internal sealed class PublishedPullBackSearch(Objective objective, PullBack pullBack, LearnedSteps steps) : Globalizer
{
    private const int Trials = 9;
    private const double Relaxation = 0.4;
    private const double SufficientDecrease = 1e-4;

    private readonly double[] _direction = new double[objective.Unknowns];

    public override SearchOutcome Search(Point point, Proposal proposal, Trial trial)
    {
        pullBack.MoveTo(point.Residual);
        double alpha = 1;
        bool anyFinite = false;
        for (int count = 0; count < Trials; count++, alpha *= 0.5)
        {
            if (!trial.MayEvaluate)
            {
                return SearchOutcome.Stopped;
            }

            pullBack.Published(alpha, point.X, _direction);
            point.CountReverseMap(pullBack.Evaluations);
            double slope = Vectors.Dot(point.Gradient, _direction);
            if (!double.IsFinite(slope))
            {
                continue;
            }

            trial.Step(_direction, Relaxation);

            // Most first trials are accepted, and then the gradient is needed.
            double cost = count == 0 ? trial.EvaluateWithGradient() : trial.Evaluate();
            anyFinite |= double.IsFinite(cost);
            if (cost <= point.Cost + (SufficientDecrease * Relaxation * slope))
            {
                (trial.StepFactor, trial.PredictedDecrease) = (Relaxation * alpha, -slope);
                trial.GainRatio = (point.Cost - cost) / trial.PredictedDecrease;
                steps.AddLearned();
                return SearchOutcome.Accepted;
            }
        }

        steps.End(SafeguardReason.LineSearch);
        return anyFinite ? SearchOutcome.Exhausted : SearchOutcome.NonFinite;
    }
}
