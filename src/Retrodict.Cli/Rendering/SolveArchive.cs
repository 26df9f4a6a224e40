using System.Text;
using Retrodict.Cli.Hosting;
using Retrodict.Cli.Solving;
using Retrodict.Data;

namespace Retrodict.Cli.Rendering;

/// <summary>The file of <c>--out</c>: solutions and measures of all instances.</summary>
internal static class SolveArchive
{
    public static void Write(string path, SolveCase solveCase, SolveRun run)
    {
        try
        {
            NpzFile.Write(path, Arrays(solveCase, run), compressed: false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"--out: {e.Message}", e);
        }
    }

    private static IEnumerable<(string Name, NumpyArray Array)> Arrays(SolveCase solveCase, SolveRun run)
    {
        InstanceResult[] results = run.Results;
        yield return ("x", NumpyArray.Create<double>(run.X, results.Length, solveCase.Problem.Unknowns));
        yield return ("status", Column(results, result => (int)result.Summary.Status));
        yield return ("criterion", Column(results, result => (int)result.Summary.Criterion));
        yield return ("iterations", Column(results, result => result.Summary.Iterations));
        yield return ("residual", Column(results, result => result.Residual));
        yield return ("discrepancy", Column(results, result => result.Discrepancy));
        yield return ("rmse_x", Column(results, result => result.RmseX));
        yield return ("microseconds", Column(results, result => result.Microseconds));
        yield return ("model", Column(results, result => result.Summary.Evaluations.Model));
        yield return ("jvp", Column(results, result => result.Summary.Evaluations.Jvp));
        yield return ("vjp", Column(results, result => result.Summary.Evaluations.Vjp));
        yield return ("reverse_map", Column(results, result => result.Summary.Evaluations.ReverseMap));
        yield return ("linear_solves", Column(results, result => result.Summary.Evaluations.LinearSolves));
        yield return ("y_mean", NumpyArray.Create<double>(solveCase.Moments.Mean));
        yield return ("y_std", NumpyArray.Create<double>(solveCase.Moments.Deviation));
        yield return ("status_names", Lines(Names.Statuses));
        yield return ("criterion_names", Lines(Names.Criteria));
    }

    private static NumpyArray Column<T>(InstanceResult[] results, Func<InstanceResult, T> measure)
        where T : unmanaged => NumpyArray.Create<T>([.. results.Select(measure)]);

    private static NumpyArray Lines(IEnumerable<string> names) => NumpyArray.Create<byte>(Encoding.UTF8.GetBytes(string.Join('\n', names)));
}
