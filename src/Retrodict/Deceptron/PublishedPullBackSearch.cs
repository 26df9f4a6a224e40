using Retrodict.Numerics;

namespace Retrodict.Solvers;

/// <summary>The published search of D-IPG: x(α) = P(x + 0.4 p(α)), p(α) = g(y_t - α r) - x, for α = 1, 1/2, ..., 1/256, accepted when the objective falls by 1e-4 · 0.4 of the slope
/// along p(α).</summary>
internal sealed class PublishedPullBackSearch(Objective model, PullBack pullBack, LearnedSteps steps) : Globalizer
{
    private const int Trials = 9;
    private const double Relaxation = 0.4;
    private const double SufficientDecrease = 1e-4;

    public override SearchOutcome Search(Iterate iterate)
    {
        pullBack.MoveTo(iterate.Residual);
        iterate.IsConclusive = false;
        double alpha = 1;
        bool anyFinite = false;
        for (int trial = 0; trial < Trials; trial++, alpha *= 0.5)
        {
            if (iterate.Limit != StoppingCriterion.None)
            {
                return SearchOutcome.Stopped;
            }

            pullBack.Published(alpha, iterate.X, iterate.Direction);
            iterate.Run.Counts = iterate.Run.Counts with { ReverseMap = pullBack.Evaluations };
            double slope = Vectors.Dot(iterate.Gradient, iterate.Direction);
            if (!double.IsFinite(slope))
            {
                continue;
            }

            for (int i = 0; i < iterate.Trial.Length; i++)
            {
                iterate.Trial[i] = iterate.X[i] + (Relaxation * iterate.Direction[i]);
            }

            model.Problem.Bounds.Project(iterate.Trial);

            // Most first trials are accepted, and then the gradient is needed.
            double cost = trial == 0 ? iterate.EvaluateTrialWithGradient() : iterate.EvaluateTrial();
            anyFinite |= double.IsFinite(cost);
            if (cost <= iterate.Cost + (SufficientDecrease * Relaxation * slope))
            {
                (iterate.StepFactor, iterate.PredictedDecrease) = (Relaxation * alpha, -slope);
                iterate.GainRatio = (iterate.Cost - cost) / iterate.PredictedDecrease;
                iterate.Accept(cost, withGradient: trial == 0);
                steps.AddLearned();
                return SearchOutcome.Accepted;
            }
        }

        steps.End(SafeguardReason.LineSearch);
        return anyFinite ? SearchOutcome.Exhausted : SearchOutcome.NonFinite;
    }
}
