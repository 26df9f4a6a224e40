namespace Retrodict;

/// <summary>The rule that ended a solve.</summary>
public enum StoppingCriterion
{
    /// <summary>None: the solve has not ended.</summary>
    None,

    /// <summary>First-order optimality: the free components of the gradient are small
    /// (<see cref="StoppingRule.GradientTolerance"/>).</summary>
    Gradient,

    /// <summary>The step was small (<see cref="StoppingRule.StepTolerance"/>).</summary>
    Step,

    /// <summary>The objective's predicted and actual decrease were small (<see cref="StoppingRule.CostTolerance"/>).</summary>
    Cost,

    /// <summary>The normalized residual met <see cref="StoppingRule.ResidualTolerance"/>.</summary>
    Residual,

    /// <summary>The discrepancy met <see cref="StoppingRule.DiscrepancyTolerance"/>.</summary>
    Discrepancy,

    /// <summary>The line search found no lower point along a descent direction.</summary>
    LineSearch,

    /// <summary>No lower point was found however small the trust region.</summary>
    TrustRegion,

    /// <summary>Little progress for many iterations (<see cref="StoppingRule.StallTolerance"/>).</summary>
    Stall,

    /// <summary>The limit <see cref="StoppingRule.MaxIterations"/> was reached.</summary>
    Iterations,

    /// <summary>The limit <see cref="StoppingRule.MaxEvaluations"/> was reached.</summary>
    Evaluations,

    /// <summary>The limit <see cref="StoppingRule.TimeLimit"/> was reached.</summary>
    Time,

    /// <summary>The model was not finite at the start.</summary>
    NonFiniteStart,

    /// <summary>The model's derivative was not finite.</summary>
    NonFiniteDerivative,

    /// <summary>The model was not finite at any point that was tried.</summary>
    NonFiniteTrial,

    /// <summary>The cancellation token was set.</summary>
    Cancelled,
}
