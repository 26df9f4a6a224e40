using Retrodict.Autodiff.Tests.Execution;
using Retrodict.Autodiff.Tests.Laws;

namespace Retrodict.Autodiff.Tests.Fusion;

/// <summary>Which nodes run as one step, read off the printed plan, and that the bits are those of a step for every node.</summary>
public class GroupingTests
{
    [Fact]
    public void A_chain_is_one_step_without_memory_between()
    {
        Plan<double> plan = Checked(Function.Trace(x => Value.Exp(Value.Sin(x) * 2) - 1, 5000));
        Assert.Equal(1, plan.StepCount);
        Assert.Equal(0, plan.ArenaBytes);
        Assert.Equal((2.0 * 5000 + 2) * sizeof(double), plan.BytesMoved);
    }

    [Fact]
    public void A_diamond_and_a_value_of_several_readers_are_one_step() => Assert.Equal(
        1, Checked(Function.Trace(
            x =>
            {
                Value s = Value.Sin(x);
                Value t = Value.Tanh(s);
                return (t * s) + (Value.Cos(s) * t);
            },
            [7, 100])).StepCount);

    [Fact]
    public void A_group_may_have_several_results()
    {
        Plan<double> plan = Checked(Function.Trace(
            [("x", 1000)],
            v =>
            {
                Value s = Value.Sin(v[0]);
                Value t = Value.Exp(s);
                return [("s", s), ("t", t), ("u", t + 1), ("sum", (t * t).Sum())];
            }));
        Assert.Equal(2, plan.StepCount);
        Assert.Contains(Steps(plan), step => step.Contains("%1: [1000], %2: [1000]", StringComparison.Ordinal));
    }

    [Fact]
    public void Operands_that_are_broadcast_are_read_in_place()
    {
        foreach (Shape shape in new Shape[] { [300, 7], [7, 300], [2000, 1], [1, 5], [3, 2000], [65, 64] })
        {
            Plan<double> plan = Checked(Function.Trace(
                [("x", shape), ("row", shape[1]), ("column", [shape[0], 1]), ("one", [])],
                v => [("y", Value.Tanh((v["x"] * v["row"]) + v["column"]) * v["one"])]));
            Assert.Equal(1, plan.StepCount);
        }
    }

    [Fact]
    public void A_bias_of_channels_between_samples_and_positions_is_read_in_place()
    {
        foreach (Shape shape in new Shape[] { [5, 3, 40], [4, 6, 2, 3], [2, 3, 1500], [9, 2, 1] })
        {
            Plan<double> plan = Checked(Function.Trace(
                [("x", shape), ("b", Shape.Of([shape[1], .. Enumerable.Repeat(1, shape.Rank - 2)]))],
                v => [("y", Value.Exp(v["x"] + v["b"]))]));
            Assert.Equal(1, plan.StepCount);
        }
    }

    [Fact]
    public void Reshapes_do_not_part_a_group() => Assert.Equal(
        1, Checked(Function.Trace(x => Value.Sin((Value.Cos(x).Reshape(6, 50) * 3).Flatten()), [30, 10])).StepCount);

    [Fact]
    public void Rows_of_different_lengths_are_different_steps()
    {
        Plan<double> plan = Checked(Function.Trace(
            [("x", [6, 10]), ("a", 10), ("b", 15)], v => [("y", Value.Sin(Value.Cos(v["x"] + v["a"]).Reshape(4, 15) * v["b"]))]));
        Assert.Equal(2, plan.StepCount);
    }

    [Fact]
    public void A_path_through_another_operation_is_no_cycle()
    {
        // x -> sum -> y and x -> y: what comes before the sum and what comes after are two steps.
        Plan<double> plan = Checked(Function.Trace(x => { Value s = Value.Sin(x); return Value.Exp(s - s.Sum()) * s; }, 200));
        Assert.Equal(3, plan.StepCount);
        Checked(Function.Trace(
            x =>
            {
                Value y = x;
                for (int i = 0; i < 6; i++)
                {
                    y = (Value.Sin(y) - y.Reverse()) * (y.Sum() + Value.Cos(x));
                }

                return y + x;
            },
            30));
    }

    [Fact]
    public void Readers_of_one_computed_value_are_one_step() => Assert.Equal(
        2, Checked(Function.Trace(
            [("x", 100)],
            v =>
            {
                Value r = v[0].Reverse();
                return [("a", Value.Sin(r)), ("b", Value.Cos(r)), ("c", r * r)];
            })).StepCount);

    [Fact]
    public void Long_chains_are_cut()
    {
        Function f = Function.Trace(
            x =>
            {
                Value start = x;
                for (int i = 0; i < 1000; i++)
                {
                    x = i % 2 == 0 ? Value.Sin(x) : x + start;
                }

                return x;
            },
            17);
        Assert.InRange(Checked(f).StepCount, 1000 / 64, 1000 / 32);
    }

    [Fact]
    public void The_body_of_a_loop_is_fused_too()
    {
        Function f = Function.Trace(x => Value.Repeat(20, x, u => u + (0.1 * Value.Sin(u * 2))), 50);
        Checked(f);
        Checked(f.Vjp());
        Assert.True(f.Compile<double>().ArenaBytes < f.Compile<double>(new PlanOptions { Fuse = false }).ArenaBytes);
    }

    [Fact]
    public void Infinities_NaN_and_signed_zeros_pass_through()
    {
        Function f = Function.Trace(
            [("x", [3, 6]), ("b", 6)],
            v => [("y", Value.Select(v[0] + v[1] > 0, Value.Log(v[0]), Value.Sqrt(v[0])) * (v[0] - v[0])), ("z", -(v[0] * 0) + v[1])]);
        double[] special = [0, -0.0, double.NaN, double.PositiveInfinity, double.NegativeInfinity, 1];
        FusionLaw.AssertSameBits(f, [[.. special, .. special.Reverse(), 1, 2, 3, -4, 5, -6], special]);
        double[][] y = f.Compile<double>().Evaluate([.. special, .. special, .. special], special);
        Assert.True(double.IsNaN(y[0][2]) && double.IsNaN(y[0][3]) && double.IsNaN(y[1][3]));
    }

    [Fact]
    public void A_checked_run_names_the_member_of_a_group()
    {
        Function f = Function.Trace([("x", 3)], v => [("y", Value.Exp(Value.Log(v[0]) + Value.Sqrt(v[0] - 1)))]);
        Plan<double> plan = f.Compile<double>();
        Assert.Equal(1, plan.StepCount);
        using Workspace<double> workspace = plan.Rent();
        Programs.Fill(workspace, [[2, 0.5, 3]]);
        Assert.Contains("= sqrt(", workspace.RunChecked(), StringComparison.Ordinal);
        double[] own = new double[3];
        workspace.BindOutput(0, own);
        Programs.Fill(workspace, [[2, 4, 3]]);
        Assert.Null(workspace.RunChecked());
        Assert.Equal(plan.Evaluate([2.0, 4, 3])[0], own);
    }

    internal static string[] Steps<T>(Plan<T> plan)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> =>
            plan.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..];

    /// <summary>The fused plan, after its bits and those of the plan with a step for every node were found equal.</summary>
    internal static Plan<double> Checked(Function function)
    {
        FusionLaw.AssertSameBits(function, Programs.Inputs<double>(function, 5));
        FusionLaw.AssertSameBits(function, Programs.Inputs<float>(function, 6));
        return function.Compile<double>();
    }
}
