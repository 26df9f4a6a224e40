namespace Retrodict.Autodiff.Tests.Execution;

/// <summary>What outputs may be, empty tensors, checked runs and the arena.</summary>
public class OutputTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Outputs_may_be_inputs_constants_repeats_and_aliases(bool simplify)
    {
        Value constant = Value.Constant([7, 8]);
        Function f = Function.Trace(
            [("x", [2, 3]), ("unused", 5)],
            v =>
            {
                Value sum = v["x"] + 1;
                return
                [
                    ("input", v["x"]), ("input again", v["x"]), ("reshaped input", v["x"].Reshape(6)), ("constant", constant),
                    ("constant again", constant), ("reshaped constant", constant.Reshape(2, 1)), ("number", 3.5), ("sum", sum),
                    ("sum again", sum), ("flat sum", sum.Flatten()), ("flat sum again", sum.Flatten().Reshape(3, 2)),
                    ("identity", Value.Eye(2)), ("zeros", Value.Full(0, [2, 2])), ("after", sum.Flatten() * 2),
                    ("stopped", Value.StopGradient(v["x"])),
                ];
            });
        Plan<double> plan = f.Compile<double>(new PlanOptions { Simplify = simplify });
        for (int repeat = 0; repeat < 2; repeat++)
        {
            double[] x = [1, 2, 3, 4, 5, 6 + repeat];
            double[] sum = [.. x.Select(e => e + 1)];
            double[][] y = plan.Evaluate(x, new double[5]);
            double[][] expected =
                [x, x, x, [7, 8], [7, 8], [7, 8], [3.5], sum, sum, sum, sum, [1, 0, 0, 1], [0, 0, 0, 0], [.. sum.Select(e => 2 * e)], x];
            Assert.Equal(expected, y);
        }
    }

    [Fact]
    public void A_plan_without_inputs_runs()
    {
        Function f = Function.Trace([], _ => [("a", Value.Sin(Value.Constant([0, 1, 2])) * 2), ("b", 4)]);
        foreach (bool simplify in new[] { true, false })
        {
            double[][] y = f.Compile<double>(new PlanOptions { Simplify = simplify }).Evaluate();
            Assert.Equal([0, 2 * Math.Sin(1), 2 * Math.Sin(2)], y[0], (p, q) => Math.Abs(p - q) < 1e-15);
            Assert.Equal([4], y[1]);
        }

        Assert.Equal([8], f.Batch(3).Compile<float>().Evaluate()[1].Select(e => 2.0 * e).Distinct());
    }

    [Fact]
    public void Outputs_of_earlier_runs_do_not_leak_into_later_ones()
    {
        Plan<double> plan = Function.Trace(x => x.ScatterAdd(0, 4, 1, 1, 3).Pad(0, 1, 1), 3).Compile<double>();
        Assert.Equal([0, 0, 3, 0, 4, 0], plan.Evaluate([1, 2, 4])[0]);
        Assert.Equal([0, 0, 2, 0, 1, 0], plan.Evaluate([1, 1, 1])[0]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Empty_tensors_go_through_every_kind_of_operation(bool simplify)
    {
        Function f = Function.Trace(
            [("e", [0, 3]), ("n", 0), ("w", [3, 2])],
            v =>
            {
                Value e = v["e"];
                Value n = v["n"];
                return
                [
                    ("elementwise", Value.Tanh(e) + Value.Constant([1, 2, 3])), ("rows", e.Sum(1)), ("columns", e.Sum(0)),
                    ("total", e.Sum()), ("largest", e.Max(0)), ("least", n.Min()), ("product", Value.MatMul(e, v["w"])),
                    ("zeros", Value.MatMul(e.Permute(), e)), ("dot", Value.Dot(n, n)),
                    ("outer", Value.Einsum("i,j->ij", n, Value.Constant([1, 2]))), ("joined", Value.Concatenate(0, e, v["w"].Permute(), e)),
                    ("padded", e.Pad(0, 1, 1, 5)), ("gathered", v["w"].Gather(0)), ("scattered", e.ScatterAdd(0, 2)),
                    ("reversed", e.Reverse()), ("permuted", e.Permute()), ("slice", e.Slice(1, 1, 2)),
                    ("select", Value.Select(n > 0, n, -n)), ("broadcast", n.BroadcastTo([4, 0])), ("reshaped", e.Reshape(3, 0, 5)),
                    ("batched", Value.MatMul(e.Reshape(0, 1, 3), e.Reshape(0, 3, 1))), ("mean", n.Mean()),
                    ("cholesky", Value.Cholesky(e.Reshape(0, 3).Slice(1, 0, 0))),
                    ("solve", Value.SolvePositiveDefinite(Value.Eye(3), e.Permute())),
                ];
            });
        double[][] y = f.Compile<double>(new PlanOptions { Simplify = simplify }).Evaluate([], [], [1, 2, 3, 4, 5, 6]);
        double[] At(string name) => y[f.Outputs.Index().First(output => output.Item.Name == name).Index];
        Assert.Equal([0, 0, 0], At("columns"));
        Assert.Equal([0], At("total"));
        Assert.Equal([0], At("dot"));
        Assert.Equal([0, 0, 0, 0, 0, 0, 0, 0, 0], At("zeros"));
        Assert.Equal([double.NegativeInfinity, double.NegativeInfinity, double.NegativeInfinity], At("largest"));
        Assert.Equal([double.PositiveInfinity], At("least"));
        Assert.Equal([1, 3, 5, 2, 4, 6], At("joined"));
        Assert.Equal([5, 5, 5, 5, 5, 5], At("padded"));
        Assert.Equal([0, 0, 0, 0, 0, 0], At("scattered"));
        Assert.Equal([double.NaN], At("mean"));
        foreach (string name in new[] { "elementwise", "rows", "product", "outer", "gathered", "reversed", "permuted", "slice", "select",
            "broadcast", "reshaped", "batched", "cholesky", "solve" })
        {
            Assert.Empty(At(name));
        }
    }

    [Fact]
    public void Empty_tensors_have_derivatives_batches_and_Jacobians()
    {
        Function f = Function.Trace(x => Value.Square(Value.Tanh(x)).Sum() + 1, [0, 3]);
        Assert.Empty(f.Gradient().Compile<double>().Evaluate([[]])[0]);
        Assert.Equal([1, 1], f.Batch(2).Compile<double>().Evaluate([[]])[0]);
        Assert.Empty(f.Batch(0).Compile<double>().Evaluate([[]])[0]);
        Assert.Equal([5, 0], Function.Trace(x => x.Sum() * Value.Constant([1, 2, 3, 4, 5]), 0).Jacobian().Outputs[0].Shape);
        Assert.Empty(Function.Trace(x => x.Sum() * Value.Constant([1, 2, 3, 4, 5]), 0).Jacobian().Compile<double>().Evaluate([[]])[0]);

    }

    [Fact]
    public void A_checked_run_names_the_first_node_that_is_not_finite()
    {
        Function f = Function.Trace([("x", 2)], v => [("y", Value.Exp(Value.Log(v["x"]) * 2) + Value.Sqrt(v["x"] - 1))]);
        using Workspace<double> workspace = f.Compile<double>().Rent();
        Programs.Fill(workspace, [[2, 3]]);
        Assert.Null(workspace.RunChecked());
        Programs.Fill(workspace, [[2, 0]]);
        Assert.StartsWith("%1: [2] = log(%0)", workspace.RunChecked(), StringComparison.Ordinal);
        Programs.Fill(workspace, [[2, 0.5]]);
        Assert.Contains("= sqrt(", workspace.RunChecked(), StringComparison.Ordinal);
        Programs.Fill(workspace, [[2, 1e200]]);
        Assert.Contains("= exp(", workspace.RunChecked(), StringComparison.Ordinal);
        Assert.Equal(f.Compile<double>().Evaluate([2, 1e200])[0], workspace.Output(0).ToArray());
    }

    [Fact]
    public void A_chain_of_a_thousand_nodes_lives_in_a_few_buffers()
    {
        Function f = Function.Trace(
            x =>
            {
                for (int i = 0; i < 1000; i++)
                {
                    x = i % 3 == 0 ? Value.Sin(x) : i % 3 == 1 ? x * 1.5 : x + Value.Cos(x);
                }

                return x;
            },
            1000);
        Plan<double> plan = f.Compile<double>();
        Assert.InRange(plan.StepCount, 1000 / 64, 1400 / 32);
        Assert.InRange(f.Compile<double>(new PlanOptions { Fuse = false }).StepCount, 1000, 1400);
        Assert.InRange(plan.ArenaBytes, 1, 4 * 1024 * sizeof(double));
        Assert.InRange(f.Compile<float>().ArenaBytes, 1, 4 * 1024 * sizeof(float));
        Assert.Equal((double)plan.ArenaBytes, f.Compile<double>(new PlanOptions { Team = ThreadTeam.SingleThread }).ArenaBytes);
    }

    [Fact]
    public void A_value_used_late_keeps_its_place()
    {
        Function f = Function.Trace(
            x =>
            {
                Value first = Value.Sin(x);
                Value flat = first.Reshape(5, 20);
                Value y = x;
                for (int i = 0; i < 50; i++)
                {
                    y = Value.Tanh(y + 1);
                }

                return y + first + flat.Flatten();
            },
            100);
        double[] x = Programs.Data<double>(100, 1);
        double[] y = f.Compile<double>().Evaluate([x])[0];
        for (int i = 0; i < 100; i++)
        {
            double expected = x[i];
            for (int k = 0; k < 50; k++)
            {
                expected = Math.Tanh(expected + 1);
            }

            Assert.Equal(expected + (2 * Math.Sin(x[i])), y[i], 12);
        }
    }

    [Fact]
    public void Plans_exist_for_float_and_double_alone()
    {
        Function f = Function.Trace(x => x * 2, 3).Named("twice");
        Assert.Equal(
            "Plans exist for float and double, not for Half.", Assert.Throws<NotSupportedException>(() => f.Compile<Half>()).Message);
        Assert.Equal([2f, 4f, 6f], f.Compile<float>().Evaluate([1f, 2f, 3f])[0]);
    }

    [Fact]
    public void Runs_check_numbers_and_lengths()
    {
        Plan<double> one = Function.Trace(x => x * 2, [2, 2]).Named("twice").Compile<double>();
        Assert.Contains(
            "'twice' takes 1 inputs (x: [2, 2]), but 0 were given", Assert.Throws<ArgumentException>(() => one.Evaluate()).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "'x' has shape [2, 2], 4 elements, but 3 were given", Assert.Throws<ArgumentException>(() => one.Evaluate([1.0, 2, 3])).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>("inputs", () => one.Evaluate((double[])null!));
        Assert.Throws<ArgumentException>("output", () => one.Run(new double[4].AsSpan(), new double[3]));
        Assert.Throws<ArgumentException>("input", () => one.Run(new double[5].AsSpan(), new double[4]));
        Plan<double> two = Programs.Small.Compile<double>();
        Assert.Contains(
            "'small' has 4 inputs and 2 outputs; this form takes one of each",
            Assert.Throws<ArgumentException>(() => two.Run(new double[4].AsSpan(), new double[4])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Input_and_output_of_the_span_form_may_be_the_same()
    {
        double[] x = [1, 2, 3];
        Function.Trace(v => v.Reverse() + v, 3).Compile<double>().Run(x.AsSpan(), x);
        Assert.Equal([4, 4, 4], x);
    }
}
