using Retrodict.Catalogue;

namespace Retrodict.Comparison;

/// <summary>Instances of a problem, the same for every method.</summary>
/// <param name="Problem">The problem.</param>
/// <param name="Observations">The measurements y in raw units, a row each.</param>
/// <param name="Truth">The true unknowns x, a row each; null where they are not known.</param>
public sealed record InstanceSet(BenchmarkProblem Problem, RowTable Observations, RowTable? Truth)
{
    /// <summary>The number of instances.</summary>
    public int Count => Observations.Count;

    /// <summary>The noisy observations and the unknowns of samples.</summary>
    /// <param name="data">The samples.</param>
    public static InstanceSet Of(DataSet data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return new InstanceSet(
            data.Problem, new RowTable(data.Y.ToArray(), data.Problem.Observations), new RowTable(data.X.ToArray(), data.Problem.Unknowns));
    }
}
