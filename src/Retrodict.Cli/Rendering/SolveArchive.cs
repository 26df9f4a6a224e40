using System.Text;
using Retrodict.Cli.Hosting;
using Retrodict.Comparison;
using Retrodict.Data;

namespace Retrodict.Cli.Rendering;

/// <summary>The file of <c>--out</c>: solutions and measures of all instances.</summary>
internal static class SolveArchive
{
    public static void Write(string path, SolveRun run)
    {
        try
        {
            NpzFile.Write(path, Arrays(run), compressed: false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"--out: {e.Message}", e);
        }
    }

    private static IEnumerable<(string Name, NumpyArray Array)> Arrays(SolveRun run)
    {
        IReadOnlyList<InstanceResult> results = run.Results;
        yield return ("x", NumpyArray.Create(run.X.Values, run.X.Count, run.X.Length));
        yield return ("status", Column(results, result => Names.Code(result.Summary.Status)));
        yield return ("criterion", Column(results, result => (int)result.Summary.Criterion));
        yield return ("iterations", Column(results, result => result.Summary.Iterations));
        yield return ("residual", Column(results, result => result.Measures.Residual));
        yield return ("discrepancy", Column(results, result => result.Measures.Discrepancy));
        yield return ("rmse_x", Column(results, result => result.Measures.RmseX));
        yield return ("microseconds", Column(results, result => result.Microseconds));
        yield return ("model", Column(results, result => result.Summary.Evaluations.Model));
        yield return ("jvp", Column(results, result => result.Summary.Evaluations.Jvp));
        yield return ("vjp", Column(results, result => result.Summary.Evaluations.Vjp));
        yield return ("reverse_map", Column(results, result => result.Summary.Evaluations.ReverseMap));
        yield return ("linear_solves", Column(results, result => result.Summary.Evaluations.LinearSolves));
        yield return ("y_mean", NumpyArray.Create(run.Case.Moments.Mean));
        yield return ("y_std", NumpyArray.Create(run.Case.Moments.Deviation));
        yield return ("status_names", Lines(Names.Statuses));
        yield return ("criterion_names", Lines(Names.Criteria));
    }

    private static NumpyArray Column<T>(IReadOnlyList<InstanceResult> results, Func<InstanceResult, T> measure)
        where T : unmanaged => NumpyArray.Create<T>([.. results.Select(measure)]);

    private static NumpyArray Lines(IEnumerable<string> names) => NumpyArray.Create<byte>(Encoding.UTF8.GetBytes(string.Join('\n', names)));
}
