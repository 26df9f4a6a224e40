using System.Diagnostics;
using Retrodict.Autodiff;

namespace Retrodict.Comparison;

/// <summary>One method at work, with its results.</summary>
internal sealed class CaseWork
{
    private readonly SolveCase _case;
    private readonly Session _session;
    private readonly Judge _judge;
    private readonly InstanceResult[] _results;
    private readonly double[] _x;
    private readonly CancellationToken _cancellation;

    public CaseWork(SolveCase solveCase, ThreadTeam team, CancellationToken cancellation)
    {
        (_case, _cancellation) = (solveCase, cancellation);
        _session = (solveCase.Solver with { Team = team }).Prepare(solveCase.Problem);
        _judge = new Judge(solveCase.Instances, solveCase.Moments);
        _results = new InstanceResult[solveCase.Count];
        Array.Fill(_results, InstanceResult.NotBegun);
        _x = new double[solveCase.Count * solveCase.Problem.Unknowns];
        for (int i = 0; i < solveCase.Count; i++)
        {
            solveCase.Start(i).CopyTo(Point(i));
            solveCase.Problem.Bounds.Project(Point(i));
        }
    }

    public void WarmUp() => Comparison.WarmUp.Run(_session, _case, _cancellation);

    /// <summary>The first solve of a thread makes its memory, so it is not timed.</summary>
    public void Begin() => _session.Solve(_case.Observation(0), _case.Start(0), new double[_case.Problem.Unknowns], null, _cancellation);

    public void Solve(int instance)
    {
        Span<double> x = Point(instance);
        long start = Stopwatch.GetTimestamp();
        SolveSummary summary = _session.Solve(_case.Observation(instance), _case.Start(instance), x, null, _cancellation);
        double microseconds = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        _results[instance] = new InstanceResult(summary, _judge.Measure(instance, x), microseconds);
    }

    public SolveRun ToRun(TimeSpan elapsed, int threads) => new()
    {
        Case = _case,
        Results = _results,
        X = new RowTable(_x, _case.Problem.Unknowns),
        Elapsed = elapsed,
        Threads = threads,
    };

    private Span<double> Point(int instance) => _x.AsSpan(instance * _case.Problem.Unknowns, _case.Problem.Unknowns);
}
