using Retrodict.Autodiff.Tests.Execution;

namespace Retrodict.Autodiff.Tests.Fusion;

/// <summary>Members write over operands that are read for the last time, and over nothing else.</summary>
public class InPlaceTests
{
    [Fact]
    public void A_step_writes_over_an_operand_that_dies_there()
    {
        // Reversal cannot be fused: the steps alternate, each sum over the reversed copy.
        Function f = Function.Trace(
            x =>
            {
                for (int i = 0; i < 10; i++)
                {
                    x = Value.Sin(x.Reverse()) + 1;
                }

                return x.Reverse();
            },
            1000);
        Plan<double> plan = GroupingTests.Checked(f);
        Assert.Equal(2 * 1000 * sizeof(double), plan.ArenaBytes);
    }

    [Fact]
    public void An_operand_read_as_a_row_or_by_the_product_before_is_not_written_over()
    {
        Function f = Function.Trace(
            [("x", [64, 64])],
            v =>
            {
                Value a = v[0].Permute();
                Value p = Value.MatMul(a, a);
                Value row = v[0].Sum(0).Reverse();
                return [("y", Value.MatMul(Value.Tanh(p + a), v[0])), ("z", ((row + row.Reverse().Reshape(64, 1)) * 2).Permute())];
            });
        GroupingTests.Checked(f);
        EpilogueTests.OnThreads(f);
    }

    [Fact]
    public void Inputs_constants_and_outputs_are_never_written_over()
    {
        Value constant = Value.Constant([.. Enumerable.Range(0, 50).Select(i => i * 0.1)]);
        Function f = Function.Trace(
            [("x", 50)],
            v =>
            {
                Value r = v[0].Reverse();
                Value s = Value.Sin(r) + constant;
                return [("r", r), ("s", s), ("t", Value.Exp(s.Reverse()) * s), ("x again", v[0]), ("c", constant)];
            });
        GroupingTests.Checked(f);
        double[] x = Programs.Data<double>(50, 3);
        double[] bound = [.. x];
        Plan<double> plan = f.Compile<double>();
        using Workspace<double> workspace = plan.Rent();
        workspace.BindInput(0, bound);
        for (int repeat = 0; repeat < 3; repeat++)
        {
            workspace.Run();
            Assert.Equal(x, bound);
            Assert.Equal(x.Reverse(), workspace.Output(0).ToArray());
            Assert.Equal([.. Enumerable.Range(0, 50).Select(i => i * 0.1)], workspace.Output(4).ToArray());
        }
    }

    [Fact]
    public void An_operand_that_a_later_member_still_reads_is_not_written_over()
    {
        Function f = Function.Trace(
            [("x", 300)],
            v =>
            {
                Value r = v[0].Reverse();
                Value first = Value.Sin(r);
                Value second = Value.Cos(first) + r;
                return [("a", first.Reverse()), ("b", second.Reverse())];
            });
        GroupingTests.Checked(f);
    }

    [Fact]
    public void A_loop_does_not_write_over_its_constants_or_sequences()
    {
        Function f = Function.Trace(
            [("x", 20), ("k", 20)], v => [("y", Value.Repeat(7, v[0], u => Value.Tanh((u * v[1]) + (v[1] * v[1])) - u.Reverse()))]);
        GroupingTests.Checked(f);
        GroupingTests.Checked(f.Vjp());
    }

    [Fact]
    public void Warm_runs_allocate_nothing()
    {
        Function f = Function.Trace(
            [("x", [300, 70]), ("w", [70, 40]), ("b", 40), ("s", [300, 1])],
            v => [("y", Value.Tanh(Value.MatMul(v[0], v[1]) + v[2]) * v[3])]).Vjp();
        foreach (int size in new[] { 1, 2 })
        {
            using var team = new ThreadTeam(size);
            Plan<float> plan = f.Compile<float>(new PlanOptions { Team = team });
            using Workspace<float> workspace = plan.Rent();
            Programs.Fill(workspace, Programs.Inputs<float>(f, 1));
            AllocationTests.AssertAllocatesNothing(workspace.Run);
        }
    }
}
