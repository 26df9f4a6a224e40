namespace Retrodict.Comparison;

/// <summary>A training and what became of it, once a seed.</summary>
/// <param name="Name">What is left out.</param>
/// <param name="Arms">The results, one a seed.</param>
public sealed record AblationRow(string Name, IReadOnlyList<SurrogateArm> Arms)
{
    /// <summary>All instances of all seeds.</summary>
    public int Instances => Arms.Sum(arm => arm.Instances);

    /// <summary>The share of successes.</summary>
    public double Success => (double)Arms.Sum(arm => arm.Successes) / Instances;

    /// <summary>The mean of RJCP.</summary>
    public double CompositionError => Arms.Average(arm => arm.CompositionError);

    /// <summary>The mean number of accepted steps.</summary>
    public double MeanSteps => (double)Arms.Sum(arm => arm.AcceptedTrials) / Instances;

    /// <summary>The share of accepted trials; NaN where there were none.</summary>
    public double Acceptance => (double)Arms.Sum(arm => arm.AcceptedTrials) / Arms.Sum(arm => arm.Trials);

    /// <summary>The median of iterations as the publication counts them.</summary>
    public int MedianIterations
    {
        get
        {
            int[] sorted = [.. Arms.SelectMany(arm => arm.Iterations).Order()];
            return sorted[sorted.Length / 2];
        }
    }
}
