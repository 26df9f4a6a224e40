using static Retrodict.Autodiff.Value;

namespace Retrodict.Autodiff.Tests.Models;

/// <summary>Loops against the same steps written out, their memory, and their errors.</summary>
public class LoopTests
{
    private static Function Chain(int steps, LoopOptions? options) =>
        Function.Trace(x => Square(Repeat(steps, x, s => s + (0.01 * Sin(s * 1.5)), options)).Sum(), 16);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_loop_equals_its_steps_written_out(bool backward)
    {
        var random = new Random(4);
        double[] x = [.. Enumerable.Range(0, 10).Select(_ => random.NextDouble())];
        static Value Step(Value s, Value v) => Tanh(s + v) * v;
        Function loop = Function.Trace(
            v =>
            {
                Value sequence = v.Reshape(5, 2);
                (Value[] carry, Value[] outputs) = Scan(
                    5, [Full(0.5, 2)], [sequence], (c, s) => ([Step(c[0], s[0])], [c[0] * s[0]]), new LoopOptions { Backward = backward });
                return Concatenate(0, carry[0], outputs[0].Flatten());
            },
            10);
        Function written = Function.Trace(
            v =>
            {
                Value state = Full(0.5, 2);
                var outputs = new Value[5];
                for (int i = 0; i < 5; i++)
                {
                    int t = backward ? 4 - i : i;
                    Value slice = v.Reshape(5, 2)[t];
                    outputs[t] = state * slice;
                    state = Step(state, slice);
                }

                return Concatenate(0, state, Stack(outputs).Flatten());
            },
            10);
        Assert.Equal(written.Compile<double>().Evaluate(x)[0], loop.Compile<double>().Evaluate(x)[0]);
        double[] expected = written.Jacobian().Compile<double>().Evaluate(x)[0];
        double[] actual = loop.Jacobian().Compile<double>().Evaluate(x)[0];
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-14));
    }

    [Fact]
    public void Checkpoints_let_memory_grow_with_the_square_root_of_the_steps()
    {
        long Reverse(int steps, bool checkpoint) =>
            Chain(steps, new LoopOptions { Checkpoint = checkpoint }).Gradient().Compile<double>().ArenaBytes;
        double plain = Reverse(6400, false) / (double)Reverse(400, false);
        double checkpointed = Reverse(6400, true) / (double)Reverse(400, true);
        Assert.InRange(plain, 14, 16.5);
        Assert.InRange(checkpointed, 3, 4.5);
        Assert.True(Reverse(6400, true) < Reverse(6400, false) / 15);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(37)]
    public void Ragged_checkpoints_change_no_gradient(int steps)
    {
        double[] x = [.. Enumerable.Range(0, 16).Select(i => 0.1 * i)];
        double[] plain = Chain(steps, null).Gradient().Compile<double>().Evaluate(x)[0];
        double[] checkpointed = Chain(steps, new LoopOptions { Checkpoint = true }).Gradient().Compile<double>().Evaluate(x)[0];
        Assert.Equal(plain, checkpointed);
    }

    [Fact]
    public void What_does_not_change_is_computed_once_outside()
    {
        Function f = Function.Trace([("w", [3, 3]), ("x", 3)], v => [("y", Repeat(50, v["x"], s => MatMul(MatMul(v["w"], v["w"]), s)))]);
        Assert.Contains(f.ToString().Split('\n'), line => line.Contains("contract[ab,bc->ac]", StringComparison.Ordinal));
        Assert.Contains("1 constants", f.ToString(), StringComparison.Ordinal);
        Assert.Contains("1 nodes", f.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_warm_loop_allocates_nothing()
    {
        Plan<double> plan = Chain(50, new LoopOptions { Checkpoint = true }).ValueAndGradient()
            .Compile<double>(new PlanOptions { Team = ThreadTeam.SingleThread });
        using Workspace<double> work = plan.Rent();
        work.Run();
        work.Run();
        long before = GC.GetAllocatedBytesForCurrentThread();
        work.Run();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Mistakes_are_named()
    {
        Assert.Contains("sequence 0 has shape [4]", Error(x => Scan(5, [x], [x], (c, s) => (c, [])).Carry[0]), StringComparison.Ordinal);
        Assert.Contains("the carry must keep its shape", Error(x => Repeat(3, x, s => s[..2])), StringComparison.Ordinal);
        Assert.Contains(
            "must return as many", Error(x => Scan(3, [x], [], (c, _) => ([c[0], c[0]], [])).Carry[0]), StringComparison.Ordinal);

        static string Error(Func<Value, Value> body) => Assert.Throws<ShapeException>(() => Function.Trace(body, 4)).Message;
    }

    [Fact]
    public void A_value_of_a_finished_body_cannot_be_used()
    {
        Value? leaked = null;
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => Function.Trace(
            x =>
            {
                Repeat(2, x, s => leaked = Sin(s));
                return x + leaked!;
            },
            3));
        Assert.Contains("trace has ended", error.Message, StringComparison.Ordinal);
    }
}
