namespace Retrodict.Analysis;

/// <summary>The weight at which a measure is least.</summary>
internal static class WeightMinimum
{
    /// <param name="measure">The measure of a weight; what is not finite does not count.</param>
    /// <param name="descending">The weights to try first.</param>
    /// <param name="tie">Of several minima up to this times the least the one with the largest weight counts; null for the least.</param>
    /// <param name="tolerance">How exactly the logarithm of the best is found between its neighbors.</param>
    /// <param name="status">Found, at an end, or not found.</param>
    public static double Of(
        Func<double, double> measure, double[] descending, double? tie, double tolerance, out PriorWeightStatus status)
    {
        int[] finite = [.. Enumerable.Range(0, descending.Length).Where(i => double.IsFinite(measure(descending[i])))];
        if (finite.Length == 0)
        {
            status = PriorWeightStatus.NotFound;
            return 1;
        }

        double[] values = [.. finite.Select(i => measure(descending[i]))];
        int position = Array.IndexOf(values, values.Min());
        if (tie is { } factor)
        {
            double limit = factor * values[position];
            int first = Enumerable.Range(0, values.Length).FirstOrDefault(
                i => i > 0 && i < values.Length - 1 && values[i] <= limit && values[i] <= values[i - 1] && values[i] <= values[i + 1],
                position);
            position = Math.Min(first, position);
        }

        double best = descending[finite[position]];
        if (position == 0 || position == finite.Length - 1)
        {
            status = position == 0 ? PriorWeightStatus.AtUpperEnd : PriorWeightStatus.AtLowerEnd;
            return best;
        }

        status = PriorWeightStatus.Found;
        double refined = Math.Exp(ScalarSearch.Minimum(
            t => measure(Math.Exp(t)),
            Math.Log(descending[finite[position + 1]]),
            Math.Log(descending[finite[position - 1]]),
            tolerance));
        return measure(refined) <= measure(best) ? refined : best;
    }
}
