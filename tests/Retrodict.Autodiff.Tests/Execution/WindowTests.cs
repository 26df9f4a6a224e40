namespace Retrodict.Autodiff.Tests.Execution;

/// <summary>Inputs and outputs bound to windows of the caller's buffers.</summary>
public class WindowTests
{
    private const double Guard = -12345.5;

    private static readonly Function _scale = Function.Trace(
        [("x", 3), ("w", [2, 3])], v => [("y", Value.MatMul(v["w"], v["x"])), ("z", v["x"] * 2)], "scale");

    [Fact]
    public void A_plan_reads_and_writes_windows_of_one_flat_buffer_and_nothing_else()
    {
        Plan<double> plan = _scale.Compile<double>();
        for (int repeat = 0; repeat < 3; repeat++)
        {
            double[] flat = [.. Enumerable.Repeat(Guard, 40)];
            double[] x = [1, 2, 3 + repeat];
            double[] w = [1, 0, 0, 1, 1, 1];
            x.CopyTo(flat, 5);
            w.CopyTo(flat, 11);
            using Workspace<double> workspace = plan.Rent();
            workspace.BindInput("x", flat, 5);
            workspace.BindInput("w", flat, 11);
            workspace.BindOutput("y", flat, 20);
            workspace.BindOutput("z", flat, 37);
            workspace.Run();
            Assert.Equal([1, 6 + repeat], flat[20..22]);
            Assert.Equal([2, 4, 6 + (2 * repeat)], flat[37..40]);
            Assert.Equal(x, flat[5..8]);
            Assert.Equal(w, flat[11..17]);
            int[] own = [5, 6, 7, 11, 12, 13, 14, 15, 16, 20, 21, 37, 38, 39];
            Assert.All(Enumerable.Range(0, 40).Except(own), i => Assert.Equal(Guard, flat[i]));
        }
    }

    [Fact]
    public void Bound_windows_are_read_at_every_run()
    {
        using Workspace<double> workspace = _scale.Compile<double>().Rent();
        var flat = new double[9];
        workspace.BindInput(0, flat);
        workspace.BindInput(1, flat, 3);
        for (int i = 1; i < 4; i++)
        {
            Array.Fill(flat, i);
            workspace.Run();
            Assert.Equal([3 * i * i, 3 * i * i], workspace.Output("y"));
            Assert.Equal([2 * i, 2 * i, 2 * i], workspace.Output(1));
        }
    }

    [Fact]
    public void Accessors_show_the_bound_windows()
    {
        using Workspace<double> workspace = _scale.Compile<double>().Rent();
        double[] input = [0, 1, 2, 3, 4];
        var output = new double[7];
        workspace.BindInput("x", input, 1);
        workspace.BindOutput("z", output, 4);
        workspace.Input("x")[0] = 9;
        Assert.Equal(9, input[1]);
        workspace.Input("w").Clear();
        workspace.Run();
        Assert.Equal([0, 0, 0, 0, 18, 4, 6], output);
        Assert.Equal([18, 4, 6], workspace.Output("z"));
    }

    [Fact]
    public void Two_inputs_may_share_a_window()
    {
        Function f = Function.Trace([("a", 4), ("b", 2)], v => [("y", v[0].Sum() * v[1])]);
        using Workspace<double> workspace = f.Compile<double>().Rent();
        double[] flat = [1, 2, 3, 4];
        workspace.BindInput(0, flat);
        workspace.BindInput(1, flat, 2);
        workspace.Run();
        Assert.Equal([30, 40], workspace.Output(0));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(-1)]
    public void An_output_that_overlaps_an_input_is_refused(int shift)
    {
        using Workspace<double> workspace = _scale.Compile<double>().Rent();
        var flat = new double[20];
        workspace.BindInput("x", flat, 5);
        var e = Assert.Throws<ArgumentException>("buffer", () => workspace.BindOutput("z", flat, 5 + shift));
        Assert.Contains("'z' overlaps that of 'x'", e.Message, StringComparison.Ordinal);
        workspace.BindOutput("z", flat, 8);
        workspace.BindOutput("y", flat, 3);
        Assert.Contains(
            "'x' overlaps", Assert.Throws<ArgumentException>(() => workspace.BindInput("x", flat, 7)).Message, StringComparison.Ordinal);
        Assert.Contains(
            "'y' overlaps that of 'z'", Assert.Throws<ArgumentException>(() => workspace.BindOutput("y", flat, 10)).Message,
            StringComparison.Ordinal);
        workspace.BindOutput("z", flat, 9);
    }

    [Fact]
    public void A_refused_binding_leaves_the_old_one()
    {
        using Workspace<double> workspace = _scale.Compile<double>().Rent();
        double[] flat = [1, 2, 3, 0, 0, 0];
        workspace.BindInput("x", flat);
        workspace.BindOutput("z", flat, 3);
        Assert.Throws<ArgumentException>(() => workspace.BindOutput("z", flat, 2));
        Assert.Throws<ArgumentException>(() => workspace.BindInput("x", flat, 5));
        workspace.Input("w").Clear();
        workspace.Run();
        Assert.Equal([1, 2, 3, 2, 4, 6], flat);
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(1, 6)]
    [InlineData(-1, 20)]
    [InlineData(15, 20)]
    [InlineData(int.MaxValue, 20)]
    [InlineData(int.MinValue, 20)]
    public void A_window_that_does_not_fit_is_refused(int offset, int length)
    {
        using Workspace<double> workspace = _scale.Compile<double>().Rent();
        var e = Assert.Throws<ArgumentException>("buffer", () => workspace.BindInput("w", new double[length], offset));
        Assert.Contains($"'w' needs 6 elements from {offset}, but the buffer has {length}", e.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => workspace.BindOutput("z", new double[2], 0));
        Assert.Throws<ArgumentNullException>(() => workspace.BindInput("w", null!));
    }

    [Fact]
    public void Unknown_names_and_positions_are_answered()
    {
        using Workspace<double> workspace = _scale.Compile<double>().Rent();
        Assert.Contains(
            "there are: x, w", Assert.Throws<KeyNotFoundException>(() => workspace.BindInput("v", [])).Message, StringComparison.Ordinal);
        Assert.Contains(
            "there are: y, z", Assert.Throws<KeyNotFoundException>(() => workspace.Output("x").Length).Message, StringComparison.Ordinal);
        Assert.Contains(
            "There is no input 2; the plan has 2.", Assert.Throws<ArgumentOutOfRangeException>(() => workspace.Input(2).Length).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => workspace.Output(-1).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => workspace.BindOutput(2, []));
    }

    [Fact]
    public void Giving_back_ends_the_bindings()
    {
        Plan<double> plan = _scale.Compile<double>();
        double[] x = [1, 2, 3];
        var z = new double[3];
        Workspace<double> first = plan.Rent();
        first.BindInput("x", x);
        first.BindOutput("z", z);
        first.Dispose();
        using Workspace<double> second = plan.Rent();
        Assert.Same(first, second);
        second.Input("x").Fill(7);
        second.Run();
        Assert.Equal([1, 2, 3], x);
        Assert.Equal([0, 0, 0], z);
        Assert.Equal([14, 14, 14], second.Output("z"));
    }

    [Fact]
    public void A_workspace_given_back_is_refused()
    {
        Workspace<double> workspace = _scale.Compile<double>().Rent();
        workspace.Run();
        workspace.Dispose();
        workspace.Dispose();
        Assert.Throws<ObjectDisposedException>(workspace.Run);
        Assert.Throws<ObjectDisposedException>(workspace.RunChecked);
        Assert.Throws<ObjectDisposedException>(() => workspace.Input(0).Length);
        Assert.Throws<ObjectDisposedException>(() => workspace.Output(0).Length);
        Assert.Throws<ObjectDisposedException>(() => workspace.BindInput(0, new double[3]));
    }

    [Fact]
    public void Windows_of_empty_tensors_overlap_nothing()
    {
        Function f = Function.Trace([("none", 0), ("x", 3)], v => [("y", v["x"] + 1), ("nothing", v["none"] * 2)]);
        using Workspace<double> workspace = f.Compile<double>().Rent();
        double[] flat = [1, 2, 3, 0, 0, 0];
        workspace.BindInput("x", flat);
        workspace.BindInput("none", flat, 4);
        workspace.BindOutput("nothing", flat, 1);
        workspace.BindOutput("y", flat, 3);
        workspace.Run();
        Assert.Equal([1, 2, 3, 2, 3, 4], flat);
        workspace.BindInput("none", flat, 6);
    }

    [Fact]
    public void Kernels_of_every_kind_stay_inside_their_windows()
    {
        Function f = Programs.Large;
        Plan<float> plan = f.Compile<float>();
        float[][] inputs = Programs.Inputs<float>(f, 2);
        float[][] expected = plan.Evaluate(inputs);
        using Workspace<float> workspace = plan.Rent();
        var buffers = new float[expected.Length][];
        for (int i = 0; i < inputs.Length; i++)
        {
            workspace.BindInput(i, [7, .. inputs[i], 7], 1);
        }

        for (int i = 0; i < expected.Length; i++)
        {
            buffers[i] = new float[expected[i].Length + 37];
            buffers[i].AsSpan().Fill((float)Guard);
            workspace.BindOutput(i, buffers[i], 19);
        }

        workspace.Run();
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(buffers[i].AsSpan(19, expected[i].Length).SequenceEqual(expected[i]), $"output {i}");
            Assert.False(buffers[i].AsSpan(0, 19).ContainsAnyExcept((float)Guard));
            Assert.False(buffers[i].AsSpan(19 + expected[i].Length).ContainsAnyExcept((float)Guard));
        }
    }
}
