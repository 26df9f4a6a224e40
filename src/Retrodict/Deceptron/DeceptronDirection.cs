using Retrodict.Numerics;

namespace Retrodict.Solvers;

/// <summary>What a solve asks of its reverse map.</summary>
/// <param name="Form">The form of the direction.</param>
/// <param name="Mean">The prior's mean for the bayesian form; empty for the others.</param>
/// <param name="Probes">Probes for the composition error, [count, n].</param>
/// <param name="Calibration">The limits; null for none.</param>
/// <param name="LeastProgress">The least share of the objective that a direction must promise.</param>
internal sealed record DeceptronSettings(
    PullBackForm Form, double[] Mean, double[] Probes, SafeguardCalibration? Calibration, double LeastProgress);

/// <summary>
/// Learned directions as long as they are of use, then those of the safeguard. A learned direction is used if it is finite, points
/// downhill, and the composition error at its point is no larger than usual. Where learned steps end, the caller's start is looked at as
/// well, and the lower point is gone on from.
/// </summary>
/// <param name="objective">The problem.</param>
/// <param name="settings">What is asked of the map.</param>
/// <param name="pullBack">The map.</param>
/// <param name="start">Where the solve began.</param>
/// <param name="steps">How far learned steps have come.</param>
/// <param name="safeguard">The parts that take over; null for none.</param>
internal sealed class DeceptronDirection(
    Objective objective, DeceptronSettings settings, PullBack pullBack, LearnedStart start, LearnedSteps steps,
    Lazy<SolverParts>? safeguard) : Direction
{
    private int _exactStart;

    public override void Begin() => _exactStart = 0;

    public override bool Linearize(Point point, ProposalDraft draft)
    {
        draft.IsConclusive = false;
        if (!steps.IsOver)
        {
            if (!LinearizeLearned(point, draft))
            {
                return false;
            }

            if (!steps.IsOver || draft.Optimality == 0)
            {
                return true;
            }
        }

        return safeguard is null ? Stationary(point, draft) : LinearizeExact(point, draft, safeguard.Value);
    }

    /// <summary>Learned directions have been computed by <see cref="Linearize"/>.</summary>
    public override void Compute(Point point, ProposalDraft draft)
    {
        if (_exactStart > 0)
        {
            safeguard!.Value.Direction.Compute(point, draft);
        }
    }

    private bool LinearizeExact(Point point, ProposalDraft draft, SolverParts parts)
    {
        if (_exactStart != start.Starts)
        {
            _exactStart = start.Starts;
            parts.Direction.Begin();
            parts.Globalizer.Begin();
        }

        draft.IsConclusive = true;
        start.CompareStart(point);
        return parts.Direction.Linearize(point, draft);
    }

    private bool LinearizeLearned(Point point, ProposalDraft draft)
    {
        if (!Stationary(point, draft))
        {
            return false;
        }

        if (draft.Optimality != 0 && Refusal(point, draft) is var reason && reason != SafeguardReason.None)
        {
            steps.End(reason);
        }

        point.CountReverseMap(pullBack.Evaluations);
        return true;
    }

    /// <summary>Computes the direction.</summary>
    /// <returns>Why it is of no use.</returns>
    private SafeguardReason Refusal(Point point, ProposalDraft draft)
    {
        SafeguardCalibration? usual = settings.Calibration;
        if (steps.Count == 0 && start.IsAtEstimate && objective.Discrepancy(point.Residual) > usual?.DiscrepancyThreshold)
        {
            return SafeguardReason.Discrepancy;
        }

        pullBack.MoveTo(point.Residual);
        Determine(point, draft);
        if (!double.IsFinite(Vectors.Largest(draft.Direction)))
        {
            return SafeguardReason.NonFinite;
        }

        if (settings.Probes.Length > 0)
        {
            double composition = Composition(point);
            steps.Measure(composition);
            if (!double.IsFinite(composition) || composition > usual?.CompositionThreshold)
            {
                return SafeguardReason.Composition;
            }
        }

        draft.PredictedDecrease = -Vectors.Dot(point.Gradient, draft.Direction);
        return !(draft.PredictedDecrease > 0) ? SafeguardReason.NoDescent

            // What a step gains that ends where the objective is lowest along it. Near a solution it is rounding.
            : 0.5 * draft.PredictedDecrease < settings.LeastProgress * point.Cost ? SafeguardReason.LittleProgress
            : SafeguardReason.None;
    }

    private void Determine(Point point, ProposalDraft draft)
    {
        draft.Active.Clear();
        switch (settings.Form)
        {
            case PullBackForm.Tangent:
                pullBack.Tangent(1, draft.Direction);
                break;
            case PullBackForm.Bayesian:
                pullBack.Bayesian(settings.Mean, point, draft.Direction);
                break;
            default:
                pullBack.Increment(1, draft.Direction);
                break;
        }
    }

    private double Composition(Point point)
    {
        int n = objective.Unknowns;
        double sum = 0;
        for (int at = 0; at < settings.Probes.Length; at += n)
        {
            sum += pullBack.Composition(point.Run, point.X, settings.Probes.AsSpan(at, n));
        }

        return sum * n / settings.Probes.Length;
    }

    /// <summary>Computes the gradient, and of the optimality only whether it is zero: there is no model of the objective to measure it
    /// by.</summary>
    private bool Stationary(Point point, ProposalDraft draft)
    {
        point.ComputeGradient();
        bool finite = true;
        bool stationary = true;
        for (int i = 0; i < point.Gradient.Length; i++)
        {
            double gradient = point.Gradient[i];
            finite &= double.IsFinite(gradient);
            stationary &= gradient == 0 || ActiveSet.Blocked(objective.Problem.Bounds, i, point.X[i], gradient);
        }

        draft.Optimality = stationary ? 0 : double.NaN;
        return finite;
    }
}
