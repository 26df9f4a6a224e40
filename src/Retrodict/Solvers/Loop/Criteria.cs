namespace Retrodict.Solvers;

/// <summary>The criteria of a <see cref="StoppingRule"/>, in the order in which they are asked, on the four occasions that there are. Those
/// that are switched off are not among them.</summary>
internal sealed class Criteria
{
    private readonly Confirmation _confirmation;
    private readonly Criterion[] _atPoint;
    private readonly Criterion[] _beforeStep;
    private readonly Criterion[] _afterStep;
    private readonly Criterion[] _withoutStep;

    public Criteria(StoppingRule rule, Objective objective, Confirmation confirmation)
    {
        _confirmation = confirmation;
        Criterion? exact = rule.CostTolerance is null ? null : new ExactFitCriterion(objective);
        _atPoint = List(
            rule.ResidualTolerance is { } residual ? new ResidualCriterion(objective, residual) : null,
            rule.DiscrepancyTolerance is { } discrepancy ? new DiscrepancyCriterion(objective, discrepancy) : null);

        // The limit comes last, so that it never hides convergence.
        _beforeStep = List(new GradientCriterion(rule.GradientTolerance), new IterationsCriterion(rule.MaxIterations));
        _afterStep = List(
            rule.StepTolerance is { } step ? new StepCriterion(step) : null,
            rule.CostTolerance is { } cost ? new CostCriterion(cost) : null,
            exact,
            rule.StallTolerance is { } stall ? new StallCriterion(stall, rule.StallPatience) : null);
        _withoutStep = List(
            rule.CostTolerance is { } unseen ? new UnseenDecreaseCriterion(unseen) : null,
            exact,
            rule.StepTolerance is { } full ? new FullStepCriterion(objective, full) : null);
    }

    public void Begin()
    {
        foreach (Criterion criterion in _afterStep)
        {
            criterion.Begin();
        }
    }

    /// <summary>At a new point, before anything is known of it but its residuals.</summary>
    public SolveEnd AtPoint(DescentState state) => FirstMet(_atPoint, state);

    /// <summary>At a point whose optimality is known.</summary>
    public SolveEnd BeforeStep(DescentState state) => FirstMet(_beforeStep, state);

    /// <summary>After a step.</summary>
    public SolveEnd AfterStep(DescentState state) => FirstMet(_afterStep, state);

    /// <summary>Where no lower point was found.</summary>
    public SolveEnd WithoutStep(DescentState state) => FirstMet(_withoutStep, state, isLast: true);

    private SolveEnd FirstMet(Criterion[] criteria, DescentState state, bool isLast = false)
    {
        foreach (Criterion criterion in criteria)
        {
            if (criterion.IsMet(state) && (!criterion.IsOfModel || _confirmation.Holds(state, criterion.Name, isLast)))
            {
                return new SolveEnd(criterion.Status, criterion.Name);
            }
        }

        return SolveEnd.None;
    }

    private static Criterion[] List(params ReadOnlySpan<Criterion?> criteria)
    {
        var list = new List<Criterion>();
        foreach (Criterion? criterion in criteria)
        {
            if (criterion is not null)
            {
                list.Add(criterion);
            }
        }

        return [.. list];
    }
}
