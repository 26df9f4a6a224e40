using System.Diagnostics;
using System.Runtime.ExceptionServices;
using Retrodict.Autodiff;

namespace Retrodict.Cli.Solving;

/// <summary>Solves all instances, each on one thread and timed there; several at a time where there are several threads.</summary>
internal static class InstanceRunner
{
    public static SolveRun Run(SolveCase solveCase, int threads, IProgressCounter progress, CancellationToken cancellation)
    {
        int workers = Math.Min(threads, solveCase.Count);

        // Threads go to instances first; a single instance may use them inside.
        using ThreadTeam? team = workers == 1 && threads > 1 ? new ThreadTeam(threads) : null;
        Session session = (solveCase.Solver with { Team = team ?? ThreadTeam.SingleThread }).Prepare(solveCase.Problem);
        var work = new Work(solveCase, session, cancellation);
        WarmUp.Run(session, solveCase, cancellation);
        long begin = Stopwatch.GetTimestamp();
        Thread[] crew = [.. Enumerable.Range(0, workers).Select(_ => new Thread(work.Serve) { IsBackground = true })];
        Array.ForEach(crew, thread => thread.Start());
        foreach (Thread thread in crew)
        {
            while (!thread.Join(progress.Interval ?? Timeout.InfiniteTimeSpan))
            {
                progress.Show(work.Finished);
            }
        }

        work.Failure?.Throw();
        return new SolveRun { Results = work.Results, X = work.X, Elapsed = Stopwatch.GetElapsedTime(begin), Threads = workers };
    }

    private sealed class Work
    {
        private readonly SolveCase _case;
        private readonly Session _session;
        private readonly Judge _judge;
        private readonly CancellationToken _cancellation;
        private int _next = -1;
        private int _finished;

        public Work(SolveCase solveCase, Session session, CancellationToken cancellation)
        {
            (_case, _session, _cancellation) = (solveCase, session, cancellation);
            _judge = new Judge(solveCase);
            Results = new InstanceResult[solveCase.Count];
            Array.Fill(Results, InstanceResult.NotBegun);
            X = new double[solveCase.Count * session.Problem.Unknowns];
            for (int i = 0; i < solveCase.Count; i++)
            {
                solveCase.Start(i).CopyTo(Point(i));
                session.Problem.Bounds.Project(Point(i));
            }
        }

        public InstanceResult[] Results { get; }

        public double[] X { get; }

        public int Finished => Volatile.Read(ref _finished);

        public ExceptionDispatchInfo? Failure { get; private set; }

        public void Serve()
        {
#pragma warning disable CA1031 // Caught on one thread to be thrown on another.
            try
            {
                // The first solve of a thread makes its memory, so it is not timed.
                if (!_cancellation.IsCancellationRequested)
                {
                    _session.Solve(_case.Observations[0], _case.Start(0), new double[_session.Problem.Unknowns], null, _cancellation);
                }

                int instance;
                while (!_cancellation.IsCancellationRequested && Failure is null && (instance = Interlocked.Increment(ref _next)) < Results.Length)
                {
                    Results[instance] = Solve(instance);
                    Interlocked.Increment(ref _finished);
                }
            }
            catch (Exception e)
            {
                Failure = ExceptionDispatchInfo.Capture(e);
            }
#pragma warning restore CA1031
        }

        private Span<double> Point(int instance) => X.AsSpan(instance * _session.Problem.Unknowns, _session.Problem.Unknowns);

        private InstanceResult Solve(int instance)
        {
            Span<double> x = Point(instance);
            long start = Stopwatch.GetTimestamp();
            SolveSummary summary = _session.Solve(_case.Observations[instance], _case.Start(instance), x, null, _cancellation);
            double microseconds = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
            (double residual, double discrepancy, double error) = _judge.Measure(instance, x);
            return new InstanceResult(summary, residual, discrepancy, error, microseconds);
        }
    }
}
