using System.Diagnostics;

namespace Retrodict.Comparison;

/// <summary>
/// Untimed solves until the just-in-time compiler has settled: rounds of a tenth of a second over a few instances, until for two rounds the
/// least times have not improved. Least times, and processor time besides wall time, because on a busy machine the others tell about the
/// machine.
/// </summary>
internal static class WarmUp
{
    private const int MaxInstances = 8;
    private const int PatientRounds = 2;
    private const double Improvement = 0.97;

    private static readonly TimeSpan _round = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan _mostProcessor = TimeSpan.FromMilliseconds(700);
    private static readonly TimeSpan _mostWall = TimeSpan.FromMilliseconds(1500);

    public static void Run(Session session, SolveCase solveCase, CancellationToken cancellation)
    {
        var x = new double[session.Problem.Unknowns];
        var least = new double[Math.Min(MaxInstances, solveCase.Count)];
        Array.Fill(least, double.PositiveInfinity);
        Period begin = Period.Begin();
        double before = double.PositiveInfinity;
        int patience = PatientRounds;
        while (patience > 0 && !begin.IsOver && !cancellation.IsCancellationRequested)
        {
            Period round = Period.Begin();
            do
            {
                for (int i = 0; i < least.Length && !begin.IsOver && !cancellation.IsCancellationRequested; i++)
                {
                    long start = Stopwatch.GetTimestamp();
                    session.Solve(solveCase.Observation(i), solveCase.Start(i), x, null, cancellation);
                    least[i] = Math.Min(least[i], Stopwatch.GetElapsedTime(start).TotalSeconds);
                }
            }
            while (!(round.Wall >= _round && round.Processor >= _round) && !begin.IsOver && !cancellation.IsCancellationRequested);

            double now = least.Sum();
            patience = now > Improvement * before ? patience - 1 : PatientRounds;
            before = now;
        }
    }

    private readonly record struct Period(long Start, TimeSpan ProcessorStart)
    {
        public TimeSpan Wall => Stopwatch.GetElapsedTime(Start);

        public TimeSpan Processor => ProcessorTime() - ProcessorStart;

        public bool IsOver => Processor >= _mostProcessor || Wall >= _mostWall;

        public static Period Begin() => new(Stopwatch.GetTimestamp(), ProcessorTime());

        // Where the platform does not tell, wall time stands in for it.
        private static TimeSpan ProcessorTime() => OperatingSystem.IsIOS() || OperatingSystem.IsTvOS() || OperatingSystem.IsBrowser()
            ? Stopwatch.GetElapsedTime(0)
            : Environment.CpuUsage.TotalTime;
    }
}
