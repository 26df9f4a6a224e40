using System.Globalization;
using Retrodict.Catalogue;

namespace Retrodict.Cli.Rendering;

/// <summary>Facts of a problem in a form that both reports and JSON use.</summary>
internal static class ProblemFacts
{
    /// <summary>Least and greatest noise of the components.</summary>
    public static (double Least, double Greatest) Noise(BenchmarkProblem problem) =>
        Range([.. Enumerable.Range(0, problem.Noise.Dimension ?? 1).Select(i => problem.Noise[i])]);

    /// <summary>What RMSE_x is measured on.</summary>
    public static string RecoveredText(BenchmarkProblem problem) =>
        problem.RecoveredQuantities is { Count: > 0 } names ? $"({string.Join(", ", names)})" : "x";

    public static (double Least, double Greatest) Range(ReadOnlySpan<double> values)
    {
        (double least, double greatest) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (double value in values)
        {
            (least, greatest) = (Math.Min(least, value), Math.Max(greatest, value));
        }

        return (least, greatest);
    }

    public static (double[] Lower, double[] Upper) Bounds(BenchmarkProblem problem)
    {
        int count = problem.Bounds.Dimension ?? 1;
        return ([.. Enumerable.Range(0, count).Select(problem.Bounds.Lower)], [.. Enumerable.Range(0, count).Select(problem.Bounds.Upper)]);
    }

    public static string BoundsText(BenchmarkProblem problem)
    {
        (double[] lower, double[] upper) = Bounds(problem);
        return string.Join(" x ", lower.Zip(upper, (low, high) => string.Create(CultureInfo.InvariantCulture, $"[{low}, {high}]")));
    }

    public static string StartText(BenchmarkProblem problem)
    {
        (double least, double greatest) = Range(problem.Start);
        return least == 0 && greatest == 0 ? "zeros"
            : problem.Unknowns <= 8 ? string.Join(", ", problem.Start.ToArray().Select(Format.Exact))
            : RangeText((least, greatest));
    }

    /// <summary>The noise as it is defined, without rounding.</summary>
    public static string NoiseText(BenchmarkProblem problem) => Noise(problem) is var (least, greatest) && least == greatest
        ? Format.Exact(least)
        : $"{Format.Number(least)} to {Format.Number(greatest)}";

    public static string RangeText((double Least, double Greatest) range) => range.Least == range.Greatest
        ? Format.Number(range.Least)
        : $"{Format.Number(range.Least)} to {Format.Number(range.Greatest)}";
}
