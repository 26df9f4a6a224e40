using Retrodict.Data;

namespace Retrodict.Regressions;

/// <summary>The rows that a regression is fitted to, and how many are left out.</summary>
/// <param name="Data">The rows.</param>
/// <param name="Missing">How many more there are that lack a value.</param>
/// <param name="InfiniteSigma">How many more there are whose standard deviation is infinite.</param>
internal sealed record RegressionRows(DataColumns Data, int Missing, int InfiniteSigma)
{
    public int LeftOut => Missing + InfiniteSigma;

    /// <summary>Leaves out what counts for nothing, and then what lacks a value, if that is asked for.</summary>
    /// <param name="regression">The regression.</param>
    /// <param name="columns">The columns in the model, on both of its sides.</param>
    /// <exception cref="ArgumentException">There is no column for the standard deviation.</exception>
    /// <exception cref="DataFormatException">A value is missing, or no row is left.</exception>
    public static RegressionRows Of(Regression regression, IReadOnlyList<string> columns)
    {
        DataColumns all = regression.Data, weighted = all;
        string[] used = [.. columns.Distinct()];
        if (regression.Sigma is { } sigma)
        {
            if (!all.Contains(sigma))
            {
                throw RegressionError.In(nameof(Regression.Sigma), all.Unknown(sigma));
            }

            double[] deviations = all.Raw(sigma);
            weighted = all.Where(row => !double.IsPositiveInfinity(deviations[row]));
            used = [.. used.Append(sigma).Distinct()];
        }

        DataColumns complete = weighted.Complete(used);
        if (complete.RowCount < weighted.RowCount && regression.Missing == MissingValues.Refuse)
        {
            throw new DataFormatException(DataGaps.Describe(weighted, used));
        }

        return complete.RowCount > 0
            ? new RegressionRows(complete, weighted.RowCount - complete.RowCount, all.RowCount - weighted.RowCount)
            : throw new DataFormatException(
                $"{all.Label} has no row that counts: in all of them a value is missing or the standard deviation infinite.");
    }
}
