using Retrodict.Numerics;

namespace Retrodict.Solvers;

/// <summary>What a solve asks of its reverse map.</summary>
/// <param name="Form">The form of the direction.</param>
/// <param name="Mean">The prior's mean for the bayesian form; empty for the others.</param>
/// <param name="Probes">Probes for the composition error, [count, n].</param>
/// <param name="Calibration">The limits; null for none.</param>
/// <param name="LeastProgress">The least share of the objective that a direction must promise.</param>
internal sealed record DeceptronSettings(PullBackForm Form, double[] Mean, double[] Probes, SafeguardCalibration? Calibration, double LeastProgress);

/// <summary>
/// Learned directions as long as they are of use, then those of the safeguard. A learned direction is used if it is finite, points downhill, and the composition error at
/// its point is no larger than usual. Where learned steps end, the caller's start is looked at as well, and the lower point is gone on from.
/// </summary>
/// <param name="model">The problem.</param>
/// <param name="settings">What is asked of the map.</param>
/// <param name="pullBack">The map.</param>
/// <param name="start">Where the solve began.</param>
/// <param name="steps">How far learned steps have come.</param>
/// <param name="safeguard">The parts that take over; null for none.</param>
internal sealed class DeceptronDirection(
    Objective model, DeceptronSettings settings, PullBack pullBack, LearnedStart start, LearnedSteps steps, Lazy<SolverParts>? safeguard) : Direction
{
    private int _exactStart;

    public override void Begin() => _exactStart = 0;

    public override bool Linearize(Iterate iterate)
    {
        if (!steps.IsOver)
        {
            if (!LinearizeLearned(iterate))
            {
                return false;
            }

            if (!steps.IsOver || iterate.Optimality == 0)
            {
                return true;
            }
        }

        return safeguard is null ? Stationary(iterate) : LinearizeExact(iterate, safeguard.Value);
    }

    /// <summary>Learned directions have been computed by <see cref="Linearize"/>.</summary>
    public override void Compute(Iterate iterate)
    {
        if (_exactStart > 0)
        {
            safeguard!.Value.Direction.Compute(iterate);
        }
    }

    private bool LinearizeExact(Iterate iterate, SolverParts parts)
    {
        if (_exactStart != start.Starts)
        {
            _exactStart = start.Starts;
            parts.Direction.Begin();
            parts.Globalizer.Begin();
        }

        start.CompareStart(iterate);
        return parts.Direction.Linearize(iterate);
    }

    private bool LinearizeLearned(Iterate iterate)
    {
        if (!Stationary(iterate))
        {
            return false;
        }

        if (iterate.Optimality != 0 && Refusal(iterate) is var reason && reason != SafeguardReason.None)
        {
            steps.End(reason);
        }

        iterate.Run.Counts = iterate.Run.Counts with { ReverseMap = pullBack.Evaluations };
        return true;
    }

    /// <summary>Computes the direction.</summary>
    /// <returns>Why it is of no use.</returns>
    private SafeguardReason Refusal(Iterate iterate)
    {
        SafeguardCalibration? usual = settings.Calibration;
        if (steps.Count == 0 && start.IsAtEstimate && model.Discrepancy(iterate.Residual) > usual?.DiscrepancyThreshold)
        {
            return SafeguardReason.Discrepancy;
        }

        pullBack.MoveTo(iterate.Residual);
        Determine(iterate);
        if (!double.IsFinite(Vectors.Largest(iterate.Direction)))
        {
            return SafeguardReason.NonFinite;
        }

        if (settings.Probes.Length > 0)
        {
            double composition = Composition(iterate);
            steps.Measure(composition);
            if (!double.IsFinite(composition) || composition > usual?.CompositionThreshold)
            {
                return SafeguardReason.Composition;
            }
        }

        iterate.PredictedDecrease = -Vectors.Dot(iterate.Gradient, iterate.Direction);
        return !(iterate.PredictedDecrease > 0) ? SafeguardReason.NoDescent

            // What a step gains that ends where the objective is lowest along it. Near a solution it is rounding.
            : 0.5 * iterate.PredictedDecrease < settings.LeastProgress * iterate.Cost ? SafeguardReason.LittleProgress
            : SafeguardReason.None;
    }

    private void Determine(Iterate iterate)
    {
        Array.Clear(iterate.Active);
        switch (settings.Form)
        {
            case PullBackForm.Tangent:
                pullBack.Tangent(1, iterate.Direction);
                break;
            case PullBackForm.Bayesian:
                pullBack.Bayesian(settings.Mean, iterate, iterate.Direction);
                break;
            default:
                pullBack.Increment(1, iterate.Direction);
                break;
        }
    }

    private double Composition(Iterate iterate)
    {
        int n = model.Unknowns;
        double sum = 0;
        for (int at = 0; at < settings.Probes.Length; at += n)
        {
            sum += pullBack.Composition(iterate.Run, iterate.X, settings.Probes.AsSpan(at, n));
        }

        return sum * n / settings.Probes.Length;
    }

    /// <summary>Computes the gradient, and of the optimality only whether it is zero: there is no model of the objective to measure it by.</summary>
    private bool Stationary(Iterate iterate)
    {
        iterate.ComputeGradient();
        bool finite = true;
        bool stationary = true;
        for (int i = 0; i < iterate.Gradient.Length; i++)
        {
            double gradient = iterate.Gradient[i];
            finite &= double.IsFinite(gradient);
            stationary &= gradient == 0 || ActiveSet.Blocked(model.Problem.Bounds, i, iterate.X[i], gradient);
        }

        iterate.Optimality = stationary ? 0 : double.NaN;
        return finite;
    }
}
