using System.Globalization;

namespace Retrodict.Learning;

/// <summary>The counters of a checkpoint, as they are read.</summary>
/// <param name="Step">The steps taken.</param>
/// <param name="OptimizerSteps">Those that the optimizer counted.</param>
/// <param name="BestStep">The step of the best parameters; -1 where none was a number.</param>
/// <param name="Fruitless">Validations since then.</param>
/// <param name="Summed">Steps since the last point of the learning curve.</param>
internal sealed record CheckpointCounters(long Step, long OptimizerSteps, long BestStep, long Fruitless, long Summed)
{
    /// <summary>What no training could have written; null if there is nothing.</summary>
    public string? Fault(TrainingOptions options, double bestValidation, IReadOnlyList<TrainingPoint> curve)
    {
        bool hasBest = BestStep >= 0;
        return Outside("the step", Step, 0, options.Steps)
            ?? Outside("the optimizer's step", OptimizerSteps, Step, Step)
            ?? Outside("the best step", BestStep, -1, options.Validation is null ? -1 : Step)
            ?? Outside("the number of validations since the best", Fruitless, 0, options.Validation is null ? 0 : curve.Count)
            ?? Outside("the number of steps since the last point", Summed, 0, options.ValidateEvery)
            ?? (double.IsNaN(bestValidation) || (hasBest && curve.All(point => point.Validation?.Equals(bestValidation) != true))
                ? string.Create(CultureInfo.InvariantCulture, $"the best validation, {bestValidation}, is no point of its learning curve")
                : null)
            ?? Disorder(curve);
    }

    private string? Disorder(IReadOnlyList<TrainingPoint> curve)
    {
        long last = -1;
        foreach (TrainingPoint point in curve)
        {
            if (point.Step <= last || point.Step > Step)
            {
                return string.Create(
                    CultureInfo.InvariantCulture, $"its learning curve has step {point.Step} after {last}, and {Step} steps were taken");
            }

            last = point.Step;
        }

        return null;
    }

    private static string? Outside(string name, long value, long least, long most) => value >= least && value <= most
        ? null
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{name} is {value}, where {(least == most ? $"{least}" : $"{least} to {most}")} is possible");
}
