using Retrodict.Autodiff;

namespace Retrodict.Tests.Solvers;

/// <content>The same bits every time, and no garbage.</content>
public abstract partial class SolverContract
{
    [Theory]
    [MemberData(nameof(Cases))]
    public void Repeated_solves_and_fresh_sessions_give_the_same_bits(string name)
    {
        ContractCase c = Case(name);
        Session session = Solver.Prepare(c.Problem);
        SolveResult first = session.Solve(c.Observation, c.Start);

        // Something else in between, so that nothing may be left over from it.
        session.Solve([.. c.Observation.Select(y => (0.5 * y) + 0.1)], c.Start);
        AssertSameBits(first, session.Solve(c.Observation, c.Start));
        AssertSameBits(first, c.SolveWith(Solver));
    }

    [Fact]
    public void The_number_of_threads_does_not_change_a_bit()
    {
        ContractCase c = ContractCases.Saturating(96, 160, 77);
        using ThreadTeam team = new(2);
        AssertSameBits(c.SolveWith(Solver with { Team = ThreadTeam.SingleThread }), c.SolveWith(Solver with { Team = team }));
    }

    [Fact]
    public void Eight_threads_share_a_session_without_disturbing_each_other()
    {
        ContractCase c = Case("prior, box");
        Session session = Solver.Prepare(c.Problem);
        double[][] observations = [.. Enumerable.Range(0, 8).Select(t => c.Observation.Select(y => y * (1 - (0.1 * t))).ToArray())];
        SolveResult[] expected = [.. observations.Select(y => session.Solve(y, c.Start))];
        Thread[] threads = [.. Enumerable.Range(0, 8).Select(t => new Thread(() =>
        {
            for (int repeat = 0; repeat < 25; repeat++)
            {
                SolveResult found = session.Solve(observations[t], c.Start);
                if (!found.X.SequenceEqual(expected[t].X) || found.Summary != expected[t].Summary)
                {
                    expected[t] = expected[t] with { X = [] };
                }
            }
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        Assert.All(expected, result => Assert.NotEmpty(result.X));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_warm_solve_allocates_nothing(string name)
    {
        ContractCase c = Case(name);
        Session session = Solver.Prepare(c.Problem);
        var x = new double[c.Problem.Unknowns];
        session.Solve(c.Observation, c.Start, x);
        session.Solve(c.Observation, c.Start, x);

        // The runtime itself may allocate once on this thread, as when it refills a pool that a collection has trimmed; a solve that does,
        // does every time.
        long least = long.MaxValue;
        for (int repeat = 0; repeat < 3; repeat++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            session.Solve(c.Observation, c.Start, x);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
    }

    [Fact]
    public void The_start_and_the_solution_may_share_memory()
    {
        ContractCase c = Case("exponential fit");
        double[] x = [.. c.Start];
        Solver.Prepare(c.Problem).Solve(c.Observation, x, x);
        Assert.Equal(c.SolveWith(Solver).X, x);
    }

    [Fact]
    public void A_listener_may_solve_with_the_same_session()
    {
        ContractCase c = Case("exponential fit");
        Session session = Solver.Prepare(c.Problem);
        SolveResult? inner = null;
        SolveResult outer = session.Solve(c.Observation, c.Start, new Listener(_ => inner ??= session.Solve(c.Observation, c.Start)));
        AssertSameBits(outer, inner!);
    }
}
