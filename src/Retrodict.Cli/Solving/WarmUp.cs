using System.Diagnostics;

namespace Retrodict.Cli.Solving;

/// <summary>Untimed solves until the just-in-time compiler has settled: rounds of a tenth of a second until one is no faster than the one before.</summary>
internal static class WarmUp
{
    private const int Instances = 8;
    private const int LeastRounds = 3;
    private const double Settled = 0.97;

    private static readonly TimeSpan _round = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan _most = TimeSpan.FromMilliseconds(700);

    public static void Run(Session session, SolveCase solveCase, CancellationToken cancellation)
    {
        var x = new double[session.Problem.Unknowns];
        long begin = Stopwatch.GetTimestamp();
        double before = double.PositiveInfinity;
        for (int round = 1; !cancellation.IsCancellationRequested; round++)
        {
            double best = double.PositiveInfinity;
            long start = Stopwatch.GetTimestamp();
            int solves = 0;
            do
            {
                int instance = solves++ % Math.Min(Instances, solveCase.Count);
                session.Solve(solveCase.Observations[instance], solveCase.Start(instance), x, null, cancellation);
                best = Stopwatch.GetElapsedTime(start).TotalSeconds / solves;
            }
            while (Stopwatch.GetElapsedTime(start) < _round && !cancellation.IsCancellationRequested);

            if (Stopwatch.GetElapsedTime(begin) > _most || (round >= LeastRounds && best > Settled * before))
            {
                return;
            }

            before = best;
        }
    }
}
