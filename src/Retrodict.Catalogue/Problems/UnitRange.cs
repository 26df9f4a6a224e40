namespace Retrodict.Catalogue.Problems;

/// <summary>Fields that span [0, 1].</summary>
internal static class UnitRange
{
    /// <summary>Moves and scales values so that the least is 0 and the greatest 1.</summary>
    /// <param name="values">The values, not all equal; replaced.</param>
    public static void Rescale(Span<double> values)
    {
        (double lowest, double highest) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (double value in values)
        {
            (lowest, highest) = (Math.Min(lowest, value), Math.Max(highest, value));
        }

        foreach (ref double value in values)
        {
            value = (value - lowest) / (highest - lowest);
        }
    }
}
