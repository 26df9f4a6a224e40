namespace Retrodict.Autodiff.Tests.Execution;

/// <summary>The contract of a team: every part once, exceptions to the caller, nobody waits for a busy team.</summary>
public class ThreadTeamTests
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void Every_part_runs_exactly_once(int size)
    {
        using var team = new ThreadTeam(size);
        Assert.Equal(size, team.Size);
        foreach (int parts in new[] { 0, 1, 2, 3, 7, 1000 })
        {
            var counts = new int[parts];
            for (int repeat = 1; repeat <= 20; repeat++)
            {
                team.Run(new Work((part, slot) =>
                {
                    Assert.InRange(slot, 0, size - 1);
                    Interlocked.Increment(ref counts[part]);
                }), parts);
                Assert.All(counts, count => Assert.Equal(repeat, count));
            }
        }
    }

    [Fact]
    public void Two_threads_never_share_a_slot()
    {
        using var team = new ThreadTeam(4);
        var inside = new int[4];
        bool shared = false;
        for (int repeat = 0; repeat < 50; repeat++)
        {
            team.Run(new Work((_, slot) =>
            {
                shared |= Interlocked.Increment(ref inside[slot]) != 1;
                Thread.SpinWait(50);
                Interlocked.Decrement(ref inside[slot]);
            }), 64);
        }

        Assert.False(shared);
    }

    [Fact]
    public void Threads_work_at_the_same_time()
    {
        using var team = new ThreadTeam(2);
        using var both = new Barrier(2);
        team.Run(new Work((_, _) => Assert.True(both.SignalAndWait(_patience))), 2);
    }

    [Fact]
    public void An_exception_in_a_helper_reaches_the_caller_and_the_team_stays_usable()
    {
        using var team = new ThreadTeam(2);
        for (int repeat = 0; repeat < 20; repeat++)
        {
            using var both = new Barrier(2);
            var e = Assert.Throws<InvalidTimeZoneException>(() => team.Run(
                new Work((_, slot) =>
                {
                    both.SignalAndWait(_patience);
                    if (slot == 1)
                    {
                        throw new InvalidTimeZoneException("from the helper");
                    }
                }),
                2));
            Assert.Equal("from the helper", e.Message);
            Assert.Contains(nameof(ThreadTeamTests), e.StackTrace, StringComparison.Ordinal);
            AssertUsable(team);
        }
    }

    [Fact]
    public void An_exception_in_the_callers_part_waits_for_the_helpers()
    {
        using var team = new ThreadTeam(2);
        for (int repeat = 0; repeat < 20; repeat++)
        {
            using var both = new Barrier(2);
            bool helperIsDone = false;
            Assert.Throws<InvalidTimeZoneException>(() => team.Run(
                new Work((_, slot) =>
                {
                    both.SignalAndWait(_patience);
                    if (slot == 0)
                    {
                        throw new InvalidTimeZoneException();
                    }

                    Thread.Sleep(5);
                    Volatile.Write(ref helperIsDone, true);
                }),
                2));
            Assert.True(Volatile.Read(ref helperIsDone));
            AssertUsable(team);
        }
    }

    [Fact]
    public void After_an_exception_no_further_parts_begin()
    {
        using var team = new ThreadTeam(2);
        int begun = 0;
        Assert.Throws<InvalidTimeZoneException>(() => team.Run(
            new Work((_, _) =>
            {
                Interlocked.Increment(ref begun);
                throw new InvalidTimeZoneException();
            }),
            1000));
        Assert.InRange(begun, 1, 4);
    }

    [Fact]
    public void Nested_work_is_done_alone_on_every_thread()
    {
        using var team = new ThreadTeam(3);
        var counts = new int[16 * 8];
        RunWithPatience(() =>
        {
            for (int repeat = 0; repeat < 50; repeat++)
            {
                team.Run(
                    new Work((outer, _) => team.Run(
                        new Work((inner, slot) =>
                        {
                            Assert.Equal(0, slot);
                            Interlocked.Increment(ref counts[(outer * 8) + inner]);
                        }),
                        8)),
                    16);
            }
        });
        Assert.All(counts, count => Assert.Equal(50, count));
    }

    [Fact]
    public void A_plan_run_inside_a_part_of_the_same_team_does_not_deadlock()
    {
        using var team = new ThreadTeam(2);
        Plan<double> plan = Programs.Large.Compile<double>(new PlanOptions { Team = team });
        double[][] inputs = Programs.Inputs<double>(Programs.Large, 4);
        double[] expected = plan.Evaluate(inputs)[6];
        var results = new double[4][];
        RunWithPatience(() => team.Run(new Work((part, _) => results[part] = plan.Evaluate(inputs)[6]), 4));
        Assert.All(results, result => Assert.Equal(expected, result));
    }

    [Fact]
    public void A_caller_that_finds_the_team_busy_works_alone()
    {
        using var team = new ThreadTeam(2);
        using var started = new CountdownEvent(2);
        using var finish = new ManualResetEventSlim();
        var first = new Thread(() => team.Run(
            new Work((_, _) =>
            {
                started.Signal();
                finish.Wait(_patience);
            }),
            2));
        first.Start();
        Assert.True(started.Wait(_patience));
        var threads = new HashSet<int>();
        team.Run(new Work((_, slot) =>
        {
            Assert.Equal(0, slot);
            threads.Add(Environment.CurrentManagedThreadId);
        }), 10);
        Assert.Equal([Environment.CurrentManagedThreadId], threads);
        Assert.True(first.IsAlive);
        finish.Set();
        Assert.True(first.Join(_patience));
    }

    [Fact]
    public void Dispose_ends_the_threads_and_callers_then_work_alone()
    {
        var team = new ThreadTeam(3);
        Plan<double> plan = Programs.Large.Compile<double>(new PlanOptions { Team = team });
        double[][] inputs = Programs.Inputs<double>(Programs.Large, 4);
        double[][] before = plan.Evaluate(inputs);
        team.Dispose();
        team.Dispose();
        Assert.Equal(before, plan.Evaluate(inputs));
        team.Run(new Work((_, slot) => Assert.Equal(0, slot)), 100);
    }

    [Fact]
    public void Dispose_waits_for_work_in_progress()
    {
        for (int repeat = 0; repeat < 20; repeat++)
        {
            var team = new ThreadTeam(2);
            using var started = new ManualResetEventSlim();
            int done = 0;
            var caller = new Thread(() => team.Run(
                new Work((_, _) =>
                {
                    started.Set();
                    Thread.SpinWait(2000);
                    Interlocked.Increment(ref done);
                }),
                50));
            caller.Start();
            Assert.True(started.Wait(_patience));
            team.Dispose();
            Assert.True(caller.Join(_patience));
            Assert.Equal(50, done);
        }
    }

    [Fact]
    public void A_team_has_at_least_one_thread() => Assert.Throws<ArgumentOutOfRangeException>(() => new ThreadTeam(0));

    [Fact]
    public void The_shared_team_has_a_thread_per_processor()
    {
        Assert.Equal(Environment.ProcessorCount, ThreadTeam.Shared.Size);
        Assert.Equal(1, ThreadTeam.SingleThread.Size);
        ThreadTeam.SingleThread.Dispose();
        AssertUsable(ThreadTeam.SingleThread);
    }

    private static void AssertUsable(ThreadTeam team)
    {
        int sum = 0;
        team.Run(new Work((part, _) => Interlocked.Add(ref sum, part)), 101);
        Assert.Equal(5050, sum);
    }

    private static void RunWithPatience(Action action)
    {
        Exception? failure = null;
        var thread = new Thread(() => failure = Record.Exception(action)) { IsBackground = true };
        thread.Start();
        Assert.True(thread.Join(_patience), "The team is stuck.");
        Assert.Null(failure);
    }

    private sealed class Work(Action<int, int> part) : IParallelWork
    {
        public void RunPart(int index, int slot) => part(index, slot);
    }
}
