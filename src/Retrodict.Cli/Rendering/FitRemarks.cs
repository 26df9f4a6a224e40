using System.Globalization;

namespace Retrodict.Cli.Rendering;

/// <summary>What is to be said of a fit's end before its numbers are believed: a sentence each.</summary>
internal static class FitRemarks
{
    // Noise that was given right is refuted once in a thousand fits.
    private const double Unlikely = 1e-3;

    /// <summary>Why the end is no solution, or a poor one; none where it is one.</summary>
    public static IEnumerable<string> Warnings(RegressionFit fit)
    {
        if (fit.NonFinite is { } cause)
        {
            yield return cause.ToString();
        }

        if (fit.Solution.Status == SolveStatus.Undetermined)
        {
            string[] open =
                [.. fit.Parameters.Where(parameter => parameter.State == ParameterState.Undetermined).Select(parameter => parameter.Name)];
            yield return fit.Unseen.Count > 0
                ? $"no solution: no row depends on {Listed(fit.Unseen)} at this point; starts nearer to the data, or bounds, may help"
                : $"no solution: only at this point do the data not determine {Listed(open)}, as where two terms of a model are equal; "
                    + "starts that tell the terms apart may help";
        }
        else if (fit.Unseen.Count > 0)
        {
            yield return $"no row depends on {Listed(fit.Unseen)} at this point; starts nearer to the data, bounds or --fix may help";
        }

        if (fit.IsWorseThanConstant)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"worse than a constant: the sum that is minimized is {fit.ObjectiveSum:G4}, that of the best constant "
                    + $"{fit.ConstantObjectiveSum:G4}; other starts (--start) or bounds (--bounds) may help");
        }
    }

    /// <summary>What the numbers rest on that people should know.</summary>
    public static IEnumerable<string> Notes(RegressionFit fit)
    {
        foreach (DeterminedCombination combination in fit.Combinations)
        {
            var number = RoundedNumber.Of(combination.Estimate, combination.StandardError);
            double error = combination.StandardError;
            string value = double.IsNaN(combination.Estimate) ? "" : $" = {number.Value}";
            string spread = double.IsNaN(error) ? "" : $" ± {(number.Error.Length > 0 ? number.Error : Format.Number(error))}";
            yield return $"the data determine {combination.Text}{value}{spread}, not its members one by one";
        }

        if (fit.ChiSquareProbability is var probability && (probability < Unlikely || probability > 1 - Unlikely))
        {
            double factor = Math.Sqrt(fit.ReducedChiSquare);
            string what = probability < Unlikely
                ? "the residuals are larger than the noise that was given, so the model is wrong or the errors are too small by a "
                    + $"factor of {Format.Number(factor)}"
                : "the residuals are smaller than the noise that was given, so the errors are too large"
                    + (factor > 0 ? $" by a factor of {Format.Number(1 / factor)}" : "");
            (double low, double high) = fit.UsualReducedChiSquare(Unlikely);
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"reduced chi-square {fit.ReducedChiSquare:G3}, where {low:G3} to {high:G3} would be usual: {what}");
        }

        string[] cut =
        [
            .. fit.Parameters
                .Where(parameter => parameter.IsCutByBound && !double.IsNaN(parameter.Margin))
                .Select(parameter => parameter.Name),
        ];
        if (cut.Length > 0)
        {
            yield return $"the interval of {Listed(cut)} ends at a bound, so it may hold the true value less often than 95 times of 100";
        }
    }

    private static string Listed(IReadOnlyList<string> names) =>
        names.Count == 1 ? names[0] : $"{string.Join(", ", names.SkipLast(1))} and {names[^1]}";
}
