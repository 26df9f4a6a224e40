using System.Globalization;

namespace Retrodict;

/// <summary>When a solve ends. Every criterion can be switched off by setting it to null; the result names the one that fired.</summary>
public sealed record StoppingRule
{
    private readonly double? _gradient = 1e-8;
    private readonly double? _step = 1e-8;
    private readonly double? _cost = 1e-8;
    private readonly double? _residual;
    private readonly double? _discrepancy;
    private readonly double? _stall;
    private readonly int _stallPatience = 20;
    private readonly int _maxIterations = 100;
    private readonly long? _maxEvaluations;
    private readonly TimeSpan? _timeLimit;

    /// <summary>Converged when every free component of the gradient is at most this, measured as the cosine between the residual and the
    /// Jacobian's column, |g_i| / (‖J_i‖ ‖r‖), which no scaling of x or y changes (Moré 1978, the MINPACK criterion). A component at a
    /// bound that its gradient pushes against is not free. Default 1e-8. Methods that never see J's columns measure the square root of the
    /// share of the objective that their direction's model predicts to gain, sqrt(-g.p) / ‖r‖ for its minimizer p: for Gauss-Newton's model
    /// it is the cosine between the residual and the range of J, and no unit matters to it either; what a bound holds back is not gained.
    /// Where such a method says that this criterion, the one on the step or the one on the objective is met, J's columns are looked at
    /// after all, and it goes on where a single unknown has a cosine above this (for the other two: above a hundred times this and ten
    /// times the root of their tolerances), beginning anew in scales that fit. A gradient of exactly zero ends a solve even where this
    /// is null: there is no direction to go. It is <see cref="SolveStatus.Stalled"/> where no unknown that may move has an effect on any
    /// residual.</summary>
    public double? GradientTolerance
    {
        get => _gradient;
        init => _gradient = NotNegative(value, nameof(GradientTolerance));
    }

    /// <summary>Converged when a step, as the direction asks for it, changes every unknown by at most this times the unknown, or where its
    /// effect ‖J_i‖ |p_i|, and its cosine with the residual, are at most this beside the residual (where no lower point is found, also by
    /// this times its way from the start). No unit of an unknown or of the observation matters to that. A step proves nothing that only the
    /// line search made short, or from a point where a column of J was zero. Default 1e-8.</summary>
    public double? StepTolerance
    {
        get => _step;
        init => _step = NotNegative(value, nameof(StepTolerance));
    }

    /// <summary>Converged when both the predicted and the actual decrease of the objective are at most this times the objective; where the
    /// line search finds no lower point, the actual one is none. Default 1e-8.</summary>
    public double? CostTolerance
    {
        get => _cost;
        init => _cost = NotNegative(value, nameof(CostTolerance));
    }

    /// <summary>Converged when the normalized residual, the root mean square of (F(x) - y) / <see cref="InverseProblem.ObservationScale"/>,
    /// is at most this. Off by default: on an ill-posed problem a small residual proves little.</summary>
    public double? ResidualTolerance
    {
        get => _residual;
        init => _residual = NotNegative(value, nameof(ResidualTolerance));
    }

    /// <summary>Converged when the discrepancy, the root mean square of (F(x) - y) / <see cref="InverseProblem.Noise"/>, is at most this
    /// (Morozov's principle takes a little above 1). Off by default.</summary>
    public double? DiscrepancyTolerance
    {
        get => _discrepancy;
        init => _discrepancy = NotNegative(value, nameof(DiscrepancyTolerance));
    }

    /// <summary>The most steps that are taken; default 100. The gradient after the last one is still tested.</summary>
    public int MaxIterations
    {
        get => _maxIterations;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value, nameof(MaxIterations));
            _maxIterations = value;
        }
    }

    /// <summary>Stalled when <see cref="StallPatience"/> iterations in a row each lower the objective by at most this times the objective.
    /// Off by default.</summary>
    public double? StallTolerance
    {
        get => _stall;
        init => _stall = NotNegative(value, nameof(StallTolerance));
    }

    /// <summary>How many iterations in a row of little progress are a stall; default 20.</summary>
    public int StallPatience
    {
        get => _stallPatience;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(StallPatience));
            _stallPatience = value;
        }
    }

    /// <summary>The most evaluations of the forward model, rejected trials included, and runs of a black box for finite
    /// differences; it is never exceeded. The status is then
    /// <see cref="SolveStatus.Budget"/>. Off by default.</summary>
    public long? MaxEvaluations
    {
        get => _maxEvaluations;
        init => _maxEvaluations = value is null or >= 1
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(MaxEvaluations), value, "MaxEvaluations must be at least 1: the start is always evaluated; null switches it off.");
    }

    /// <summary>The most time a solve may take, looked at before every evaluation of the model, be it for a
    /// difference. The status is then
    /// <see cref="SolveStatus.Budget"/>. Off by default; a solve that it ended is not reproducible.</summary>
    public TimeSpan? TimeLimit
    {
        get => _timeLimit;
        init => _timeLimit = value is null || value >= TimeSpan.Zero
            ? value
            : throw new ArgumentOutOfRangeException(nameof(TimeLimit), value, "TimeLimit must not be negative; null switches it off.");
    }

    /// <summary>The clock of <see cref="TimeLimit"/>; the system's by default.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    private static double? NotNegative(double? value, string name) => value is null or >= 0
        ? value
        : throw new ArgumentOutOfRangeException(name, value, string.Create(CultureInfo.InvariantCulture, $"{name} is {value}; it " +
            $"must be 0 or more, or null to switch it off."));
}
