namespace Retrodict.Analysis;

/// <summary>The weight at which a measure is least.</summary>
internal static class WeightMinimum
{
    /// <param name="measure">The measure of a weight; what is not finite does not count.</param>
    /// <param name="descending">The weights to try first.</param>
    /// <param name="tolerance">How exactly the logarithm of the best is found between its neighbors.</param>
    /// <param name="status">Found, at an end, or not found.</param>
    public static double Of(Func<double, double> measure, double[] descending, double tolerance, out PriorWeightStatus status)
    {
        int[] finite = [.. Enumerable.Range(0, descending.Length).Where(i => double.IsFinite(measure(descending[i])))];
        if (finite.Length == 0)
        {
            status = PriorWeightStatus.NotFound;
            return 1;
        }

        int best = finite.MinBy(i => measure(descending[i]));
        if (best == finite[0] || best == finite[^1])
        {
            status = best == finite[0] ? PriorWeightStatus.AtUpperEnd : PriorWeightStatus.AtLowerEnd;
            return descending[best];
        }

        status = PriorWeightStatus.Found;
        double refined = Math.Exp(ScalarSearch.Minimum(
            t => measure(Math.Exp(t)), Math.Log(descending[best + 1]), Math.Log(descending[best - 1]), tolerance));
        return measure(refined) <= measure(descending[best]) ? refined : descending[best];
    }
}
