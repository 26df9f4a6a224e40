namespace Retrodict.Solvers;

/// <summary>A line search along learned directions, as long as each step gains enough, and the safeguard's search after that.</summary>
/// <param name="steps">How far learned steps have come.</param>
/// <param name="lineSearch">The search along learned directions.</param>
/// <param name="safeguard">The parts that take over; null for none.</param>
/// <param name="maxSteps">The most learned steps before they do.</param>
/// <param name="leastProgress">The least share of the objective that a learned step must gain for another one.</param>
internal sealed class DeceptronSearch(
    LearnedSteps steps, Globalizer lineSearch, Lazy<SolverParts>? safeguard, int maxSteps, double leastProgress) : Globalizer
{
    public override StoppingCriterion Exhausted =>
        steps.IsOver && safeguard is not null ? safeguard.Value.Globalizer.Exhausted : lineSearch.Exhausted;

    public override void Begin() => lineSearch.Begin();

    public override void Prepare(Point point)
    {
        if (steps.IsOver && safeguard is not null)
        {
            safeguard.Value.Globalizer.Prepare(point);
        }
    }

    public override SearchOutcome Search(Point point, Proposal proposal, Trial trial)
    {
        if (!steps.IsOver)
        {
            return SearchLearned(point, proposal, trial);
        }

        if (safeguard is null)
        {
            return SearchOutcome.Exhausted;
        }

        SearchOutcome outcome = safeguard.Value.Globalizer.Search(point, proposal, trial);
        if (outcome == SearchOutcome.Accepted)
        {
            steps.AddExact();
        }

        return outcome;
    }

    private SearchOutcome SearchLearned(Point point, Proposal proposal, Trial trial)
    {
        SearchOutcome outcome = lineSearch.Search(point, proposal, trial);
        switch (outcome)
        {
            case SearchOutcome.Accepted:
                steps.AddLearned();
                if (safeguard is not null && !(point.Cost - trial.Cost >= leastProgress * point.Cost))
                {
                    steps.End(SafeguardReason.LittleProgress);
                }
                else if (safeguard is not null && steps.Count >= maxSteps)
                {
                    steps.End(SafeguardReason.StepLimit);
                }

                return outcome;
            case SearchOutcome.Stopped:
                return outcome;
            default:
                steps.End(SafeguardReason.LineSearch);
                return safeguard is null ? outcome : SearchOutcome.Again;
        }
    }
}
