using System.Diagnostics;
using System.Runtime.ExceptionServices;
using Retrodict.Autodiff;

namespace Retrodict.Cli.Solving;

/// <summary>
/// Solves all instances, each on one thread and timed there; several at a time where there are several threads. Several methods take turns at every instance, so that drift of the
/// machine hits all alike.
/// </summary>
internal static class InstanceRunner
{
    /// <summary>A run for every case; all have the same instances.</summary>
    public static IReadOnlyList<SolveRun> Run(IReadOnlyList<SolveCase> cases, int threads, IProgressCounter progress, CancellationToken cancellation)
    {
        int workers = Math.Min(threads, cases[0].Count);

        // Threads go to instances first; a single instance may use them inside.
        using ThreadTeam? team = workers == 1 && threads > 1 ? new ThreadTeam(threads) : null;
        Method[] methods = [.. cases.Select(each => new Method(each, (each.Solver with { Team = team ?? ThreadTeam.SingleThread }).Prepare(each.Problem), cancellation))];
        Array.ForEach(methods, method => method.WarmUp());
        var work = new Work(methods, cases[0].Count, cancellation);
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
        TimeSpan elapsed = Stopwatch.GetElapsedTime(begin);
        return [.. methods.Select(method => new SolveRun { Results = method.Results, X = method.X, Elapsed = elapsed, Threads = workers })];
    }

    /// <summary>One method with its results.</summary>
    private sealed class Method
    {
        private readonly SolveCase _case;
        private readonly Session _session;
        private readonly Judge _judge;
        private readonly CancellationToken _cancellation;

        public Method(SolveCase solveCase, Session session, CancellationToken cancellation)
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

        public void WarmUp() => Solving.WarmUp.Run(_session, _case, _cancellation);

        /// <summary>The first solve of a thread makes its memory, so it is not timed.</summary>
        public void Begin() => _session.Solve(_case.Observations[0], _case.Start(0), new double[_session.Problem.Unknowns], null, _cancellation);

        public void Solve(int instance)
        {
            Span<double> x = Point(instance);
            long start = Stopwatch.GetTimestamp();
            SolveSummary summary = _session.Solve(_case.Observations[instance], _case.Start(instance), x, null, _cancellation);
            double microseconds = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
            (double residual, double discrepancy, double error) = _judge.Measure(instance, x);
            Results[instance] = new InstanceResult(summary, residual, discrepancy, error, microseconds);
        }

        private Span<double> Point(int instance) => X.AsSpan(instance * _session.Problem.Unknowns, _session.Problem.Unknowns);
    }

    private sealed class Work(Method[] methods, int count, CancellationToken cancellation)
    {
        private int _next = -1;
        private int _finished;

        public int Finished => Volatile.Read(ref _finished);

        public ExceptionDispatchInfo? Failure { get; private set; }

        public void Serve()
        {
#pragma warning disable CA1031 // Caught on one thread to be thrown on another.
            try
            {
                foreach (Method method in methods)
                {
                    if (!cancellation.IsCancellationRequested)
                    {
                        method.Begin();
                    }
                }

                int instance;
                while (!cancellation.IsCancellationRequested && Failure is null && (instance = Interlocked.Increment(ref _next)) < count)
                {
                    foreach (Method method in methods)
                    {
                        if (!cancellation.IsCancellationRequested)
                        {
                            method.Solve(instance);
                        }
                    }

                    Interlocked.Increment(ref _finished);
                }
            }
            catch (Exception e)
            {
                Failure = ExceptionDispatchInfo.Capture(e);
            }
#pragma warning restore CA1031
        }
    }
}
