using Retrodict.Numerics;

namespace Retrodict.Solvers;

/// <summary>The published backtracking: x(a) = P(x + 0.4 a p) for a = 1, 1/2, ..., 1/256, accepted when the objective falls by 1e-4 · 0.4
/// of its slope along a p. The slope is that of the step before its projection.</summary>
internal sealed class PublishedSearch : Globalizer
{
    private const int Trials = 9;
    private const double Relaxation = 0.4;
    private const double SufficientDecrease = 1e-4;

    public override SearchOutcome Search(Point point, Proposal proposal, Trial trial)
    {
        double slope = Vectors.Dot(point.Gradient, proposal.Direction);
        trial.PredictedDecrease = -slope;
        double factor = 1;
        bool anyFinite = false;
        for (int count = 0; count < Trials; count++)
        {
            if (!trial.MayEvaluate)
            {
                return SearchOutcome.Stopped;
            }

            trial.Step(proposal.Direction, Relaxation * factor);
            double cost = trial.Evaluate();
            anyFinite |= double.IsFinite(cost);
            if (cost <= point.Cost + (SufficientDecrease * Relaxation * factor * slope))
            {
                (trial.StepFactor, trial.GainRatio) = (Relaxation * factor, (point.Cost - cost) / -slope);
                return SearchOutcome.Accepted;
            }

            factor *= 0.5;
        }

        return anyFinite ? SearchOutcome.Exhausted : SearchOutcome.NonFinite;
    }
}
