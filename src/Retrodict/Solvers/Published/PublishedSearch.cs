using Retrodict.Numerics;

namespace Retrodict.Solvers;

/// <summary>The published backtracking: x(a) = P(x + 0.4 a p) for a = 1, 1/2, ..., 1/256, accepted when the objective falls by 1e-4 · 0.4 of its slope along a p. The slope is
/// that of the step before its projection.</summary>
internal sealed class PublishedSearch(Objective model) : Globalizer
{
    private const int Trials = 9;
    private const double Relaxation = 0.4;
    private const double SufficientDecrease = 1e-4;

    public override SearchOutcome Search(Iterate iterate)
    {
        double slope = Vectors.Dot(iterate.Gradient, iterate.Direction);
        iterate.PredictedDecrease = -slope;
        double factor = 1;
        bool anyFinite = false;
        for (int trial = 0; trial < Trials; trial++)
        {
            if (iterate.Limit != StoppingCriterion.None)
            {
                return SearchOutcome.Stopped;
            }

            for (int i = 0; i < iterate.Trial.Length; i++)
            {
                iterate.Trial[i] = iterate.X[i] + (Relaxation * factor * iterate.Direction[i]);
            }

            model.Problem.Bounds.Project(iterate.Trial);
            double cost = iterate.EvaluateTrial();
            anyFinite |= double.IsFinite(cost);
            if (cost <= iterate.Cost + (SufficientDecrease * Relaxation * factor * slope))
            {
                iterate.StepFactor = Relaxation * factor;
                iterate.GainRatio = (iterate.Cost - cost) / iterate.PredictedDecrease;
                iterate.Accept(cost);
                return SearchOutcome.Accepted;
            }

            factor *= 0.5;
        }

        return anyFinite ? SearchOutcome.Exhausted : SearchOutcome.NonFinite;
    }
}
