using System.Numerics;

namespace Retrodict.Autodiff.Tests.Execution;

/// <summary>A warm run allocates nothing.</summary>
public class AllocationTests
{
    public static TheoryData<int> Teams => [1, 2];

    [Fact]
    public void A_small_plan_in_a_rented_workspace_allocates_nothing() => RentedRun<float>(Programs.Small, ThreadTeam.Shared);

    [Theory]
    [MemberData(nameof(Teams))]
    public void A_large_plan_in_a_rented_workspace_allocates_nothing(int size)
    {
        using var team = new ThreadTeam(size);
        RentedRun<float>(Programs.Large, team);
        RentedRun<double>(Programs.Large, team);
    }

    [Fact]
    public void Renting_and_giving_back_allocates_nothing()
    {
        Plan<double> plan = Programs.Small.Compile<double>();
        AssertAllocatesNothing(() =>
        {
            using Workspace<double> workspace = plan.Rent();
            workspace.Run();
        });
    }

    [Fact]
    public void Several_workspaces_at_once_allocate_nothing_once_there()
    {
        Plan<double> plan = Programs.Small.Compile<double>();
        AssertAllocatesNothing(() =>
        {
            using Workspace<double> a = plan.Rent();
            using Workspace<double> b = plan.Rent();
            using Workspace<double> c = plan.Rent();
            a.Run();
            b.Run();
            c.Run();
        });
    }

    [Fact]
    public void The_form_with_spans_allocates_nothing()
    {
        Plan<float> small = Function.Trace(x => Value.Tanh(x) * 2, 5).Compile<float>();
        Plan<double> large = Function.Trace(x => Value.Tanh(x) * 2, [300, 500]).Compile<double>();
        float[] x = new float[5];
        double[] y = new double[150_000];
        AssertAllocatesNothing(() =>
        {
            small.Run(x.AsSpan(), x);
            large.Run(y.AsSpan(), y);
        });
    }

    [Fact]
    public void Binding_windows_by_position_or_name_allocates_nothing()
    {
        Plan<double> plan = Programs.Small.Compile<double>();
        var parameters = new double[200];
        var results = new double[10];
        AssertAllocatesNothing(() =>
        {
            using Workspace<double> workspace = plan.Rent();
            workspace.BindInput("w1", parameters, 3);
            workspace.BindInput(3, parameters, 100);
            workspace.BindOutput("y", results, 5);
            workspace.Run();
        });
    }

    [Fact]
    public void Derivatives_batches_and_solves_allocate_nothing()
    {
        Function solve = Function.Trace(
            [("a", [6, 6]), ("b", 6)],
            v => [("y", Value.SolvePositiveDefinite(Value.MatMul(v["a"], v["a"].Permute()) + Value.Eye(6), v["b"]).Sum())]);
        RentedRun<double>(solve.Gradient().Batch(5), ThreadTeam.Shared);
        Function rearrange = Function.Trace(
            x => Value.Concatenate(0, x.Gather(0, 3, 1, 1), x.Reverse(), x[1..].Pad(1, 1, -1), x.ScatterAdd(0, 9, 0, 4, 4, 2, 8)).Max(1)
                .Sum(), [5, 4]);
        RentedRun<float>(rearrange.ValueAndGradient(), ThreadTeam.Shared);
    }

    private static void RentedRun<T>(Function function, ThreadTeam team)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Plan<T> plan = function.Compile<T>(new PlanOptions { Team = team });
        using Workspace<T> workspace = plan.Rent();
        Programs.Fill(workspace, Programs.Inputs<T>(function, 1));
        AssertAllocatesNothing(workspace.Run);
    }

    internal static void AssertAllocatesNothing(Action action)
    {
        // A collection that another test causes meanwhile charges this thread with the rest of its allocation quantum, so one clean round
        // of a few counts; a run that allocates has none.
        long allocated = 0;
        for (int round = 0; round < 5; round++)
        {
            action();
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 10; i++)
            {
                action();
            }

            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            if (allocated == 0 && round > 0)
            {
                return;
            }
        }

        Assert.Equal(0, allocated);
    }
}
