using Retrodict.Cli.Fitting;

namespace Retrodict.Cli.Rendering;

/// <summary>Which lines and rows of tables had no part in a fit.</summary>
internal static class RowRemarks
{
    /// <summary>A line for each reason; none where everything had a part.</summary>
    public static IEnumerable<string> Of(FitOutcome outcome)
    {
        RegressionProblem problem = outcome.Fit.Problem;
        return [
            .. problem.Regression.Data.Remarks,
            .. LeftOut(problem.RowsWithMissingValues, "a value is missing"),
            .. LeftOut(problem.RowsWithInfiniteSigma, "the standard deviation is infinite"),
        ];
    }

    /// <summary>A line about rows that were left out, if any were.</summary>
    public static IEnumerable<string> LeftOut(int rows, string reason) => rows switch
    {
        0 => [],
        1 => [$"1 row is left out, as {reason} there"],
        _ => [$"{Format.Integer(rows)} rows are left out, as {reason} there"],
    };
}
