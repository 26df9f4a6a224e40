using Retrodict.Catalogue;
using Retrodict.Comparison;
using Retrodict.Learning;
using Spectre.Console;

namespace Retrodict.Cli.Rendering;

/// <summary>A model for people.</summary>
internal static class ModelReport
{
    public static void Write(Page page, DeceptronModel model, string? mismatch)
    {
        page.Line(
            model.Problem.Length == 0 ? "a learned inverse that is tied to no problem" : $"a learned inverse of {model.Problem}",
            Page.Strong);
        page.Line();
        Table table = Page.Table(("", Justify.Left), ("", Justify.Left));
        table.Columns[1].NoWrap = false;
        Add(
            "maps",
            $"g from y {model.Shapes.Observation} to x {model.Shapes.Unknown}{(model.ForwardParameters is null ? "" : ", f from x to y")}");
        Add("architecture", ModelFacts.ArchitectureText(model));
        Add("parameters", ModelFacts.ParametersText(model));
        Add("mode", ModelFacts.Mode(model));
        foreach ((string key, string value) in model.Training.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (key != "mode")
            {
                Add(key, value);
            }
        }

        Add("steps", $"of the form {Names.Of(model.Form)}");
        Add("safeguard", model.Calibration is { } calibration
            ? $"above RJCP {Limit(calibration.CompositionThreshold)} or a discrepancy of the estimate of "
                + $"{Limit(calibration.DiscrepancyThreshold)}"
            : "not calibrated");
        if (mismatch is not null)
        {
            Add("does not suit", mismatch);
        }

        page.Write(table);

        void Add(string name, string value) => table.AddRow(new Text(name), new Text(value));
    }

    public static void WriteAssessment(Page page, BenchmarkProblem? problem, ModelAssessment assessment)
    {
        string count = Format.Integer(assessment.Instances);
        string what = assessment.Certified == 0
            ? "pairs kept from training"
            : $"fresh validation instances, and certificates at {Format.Integer(assessment.Certified)} of them";
        page.Line($"its estimates g(y) of {count} {what}; means");
        Table table = Page.Table(("", Justify.Left), ("", Justify.Right), ("", Justify.Left));
        table.AddRow(
            "RMSE_x", Format.Number(assessment.RmseX), problem is null ? "" : $"in units of {ProblemFacts.RecoveredText(problem)}");
        if (!double.IsNaN(assessment.Discrepancy))
        {
            table.AddRow("discrepancy", Format.Number(assessment.Discrepancy), "about 1 explains the measurement");
        }

        table.AddRow(
            "residual",
            Format.Number(assessment.Residual),
            $"in standard deviations of y{(assessment.Certified == 0 ? ", by the learned f" : "")}");
        table.AddRow("RJCP", Format.Number(assessment.Rjcp), "the mean square of J_g J_f - I; 0 is an exact inverse");
        if (!double.IsNaN(assessment.CompositionError))
        {
            table.AddRow("composition error", Format.Number(assessment.CompositionError), "the spectral norm of J_g J_f - I");
        }

        if (!double.IsNaN(assessment.GainError))
        {
            table.AddRow("gain error", Format.Number(assessment.GainError), "relative; the bayesian form asks for 0.05");
        }

        page.Write(table);
    }

    private static string Limit(double? threshold) => threshold is { } value ? Format.Number(value) : "(no limit)";
}
