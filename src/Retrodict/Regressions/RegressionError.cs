namespace Retrodict.Regressions;

/// <summary>What is wrong with a regression as it was written down.</summary>
internal static class RegressionError
{
    /// <param name="property">The property of <see cref="Regression"/> to blame.</param>
    /// <param name="problem">What is wrong with it, and what would be right; without a full stop.</param>
    public static ArgumentException In(string property, string problem) => new(problem.EndsWith('?') ? problem : problem + ".", property);
}
