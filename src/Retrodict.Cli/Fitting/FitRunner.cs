using Retrodict.Autodiff;
using Retrodict.Cli.Hosting;
using Retrodict.Cli.Requests;
using Retrodict.Data;
using Retrodict.Expressions;

namespace Retrodict.Cli.Fitting;

/// <summary>Reads, fits and predicts; what is wrong is said in terms of the command line.</summary>
internal static class FitRunner
{
    public static FitOutcome Run(FitRequest request, Terminal terminal, CancellationToken cancellation)
    {
        DataColumns data = TableReader.Data(request, terminal);
        DataColumns? rows = TableReader.Rows(request, terminal);
        RegressionProblem problem = ProblemOf(request, data);
        if (rows is not null && problem.Columns.FirstOrDefault(name => !rows.Contains(name)) is { } missing)
        {
            throw new InputException($"--predict: '{request.Predict}' has no column '{missing}', which the model contains");
        }

        using ThreadTeam? team = request.Settings.Threads > 1 ? new ThreadTeam(request.Settings.Threads) : null;
        RegressionFit fit = problem.Fit(request.Solver with { Team = team ?? ThreadTeam.SingleThread }, cancellation: cancellation);
        return new FitOutcome(request, fit, rows is null ? null : new FitPredictions(fit, request.Missing, rows));
    }

    private static RegressionProblem ProblemOf(FitRequest request, DataColumns data)
    {
        try
        {
            return new Regression(request.Model, data)
            {
                Response = Short(request, data, request.Response),
                Sigma = Short(request, data, request.Sigma),
                Missing = request.Missing,
                Loss = request.Loss,
                Start = request.Start,
                Fixed = request.Fixed,
                Bounds = request.Bounds,
            }.ToProblem();
        }
        catch (ExpressionException e)
        {
            string[] parts = e.Message.Split('\n', 2);
            throw new UsageException($"--model: {parts[0]}") { Detail = parts[^1] };
        }
        catch (ArgumentException e)
        {
            string option = e.ParamName switch
            {
                nameof(Regression.Start) => "--start",
                nameof(Regression.Fixed) => "--fix",
                nameof(Regression.Bounds) => "--bounds",
                nameof(Regression.Response) => "--response",
                nameof(Regression.Sigma) => "--sigma",
                _ => "--model",
            };
            throw new UsageException($"{option}: {e.Message.Split(" (Parameter")[0]}");
        }
    }

    /// <summary>A column by the name that it has from <c>--column</c>, for people who give the one in the file.</summary>
    private static string? Short(FitRequest request, DataColumns data, string? column) => column is null || data.Contains(column)
        ? column
        : request.Columns.FirstOrDefault(entry => entry.Column == column).Name ?? column;
}
