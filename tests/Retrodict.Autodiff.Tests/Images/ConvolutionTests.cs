using System.Numerics;
using System.Runtime.InteropServices;
using Retrodict.Autodiff.Primitives;
using Retrodict.Autodiff.Tests.Execution;
using Retrodict.Autodiff.Tests.Laws;

namespace Retrodict.Autodiff.Tests.Images;

/// <summary>Convolutions against nested loops, and their plans.</summary>
public class ConvolutionTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 200)];

    /// <summary>Sizes that reach every way of cutting the work: tails of tiles, several samples at once, slabs, parts.</summary>
    public static TheoryData<string> Sizes => [.. _sizes.Keys];

    private static readonly Dictionary<string, (int Samples, Shape Input, Shape Kernel, ConvolutionOptions Options)> _sizes = new()
    {
        ["12 channels of 8^3"] = (3, [12, 8, 8, 8], [12, 12, 3, 3, 3], new() { Padding = Padding.Same }),
        ["periodic 12 channels of 8^3"] =
            (2, [12, 8, 8, 8], [12, 12, 3, 3, 3], new() { Padding = Padding.Same, PaddingKind = PaddingKind.Circular }),
        ["16 channels of 64^2"] = (2, [16, 64, 64], [16, 16, 3, 3], new() { Padding = Padding.Same }),
        ["periodic plane"] = (3, [5, 70, 90], [4, 5, 3, 5], new() { Padding = Padding.Same, PaddingKind = PaddingKind.Circular }),
        ["periodic strided plane"] =
            (3, [5, 80, 81], [4, 5, 3, 5], new() { Padding = Padding.Same, PaddingKind = PaddingKind.Circular, Stride = [2, 3] }),
        ["periodic, of no whole number of strides"] =
            (2, [2, 61, 41], [3, 2, 4, 3], new() { Padding = Padding.Of(3), PaddingKind = PaddingKind.Circular, Stride = [2, 3] }),
        ["wound several times"] =
            (2, [2, 6, 200], [3, 2, 4, 3], new() { Padding = Padding.Of([20, 3]), PaddingKind = PaddingKind.Circular }),
        ["48 channels of 16 x 32"] = (1, [48, 16, 32], [48, 48, 3, 3], new() { Padding = Padding.Same }),
        ["one channel of 65 x 130"] = (3, [1, 65, 130], [1, 1, 5, 5], new() { Padding = Padding.Same }),
        ["one to seven channels"] = (2, [1, 33, 41], [7, 1, 3, 3], new()),
        ["five to one channel"] = (2, [5, 33, 41], [1, 5, 3, 3], new()),
        ["long line"] = (1, [3, 40_000], [5, 3, 9], new() { Padding = Padding.Same }),
        ["long strided line"] = (2, [3, 30_001], [2, 3, 8], new() { Stride = 3, Dilation = 2, Padding = Padding.Of(5) }),
        ["wide image"] = (1, [4, 7, 5000], [4, 4, 3, 3], new() { Padding = Padding.Same }),
        ["tall image"] = (1, [4, 5000, 7], [4, 4, 3, 3], new() { Padding = Padding.Same }),
        ["many small images"] = (100, [6, 4, 4], [9, 6, 3, 3], new() { Padding = Padding.Same }),
        ["strided plane"] = (3, [8, 63, 64], [10, 8, 3, 4], new() { Stride = 2, Padding = Padding.Of(1) }),
        ["strided space"] = (2, [4, 17, 18, 16], [5, 4, 3, 2, 3], new() { Stride = [2, 3, 2], Padding = Padding.Of(1) }),
        ["dilated plane"] = (2, [6, 50, 50], [6, 6, 3, 3], new() { Dilation = 4, Padding = Padding.Same }),
        ["depthwise"] = (2, [40, 30, 30], [40, 1, 3, 3], new() { Groups = 40, Padding = Padding.Same }),
        ["grouped"] = (2, [24, 20, 20], [36, 6, 3, 3], new() { Groups = 4, Stride = [1, 2] }),
        ["edge"] = (2, [4, 30, 31], [4, 4, 5, 5], new() { Padding = Padding.Same, PaddingKind = PaddingKind.Edge }),
        ["one by one"] = (2, [20, 30, 30], [30, 20, 1, 1], new()),
        ["short lines in pairs"] = (5, [7, 6, 8], [9, 7, 3, 3], new() { Padding = Padding.Same }),
        ["an odd number of short lines"] = (3, [5, 7, 8], [13, 5, 3, 3], new() { Padding = Padding.Same }),
        ["pairs of one vector and a half"] = (3, [3, 20, 24], [7, 3, 3, 3], new() { Padding = Padding.Same }),
        ["pairs across planes"] = (3, [3, 4, 1, 8], [8, 3, 3, 1, 3], new() { Padding = Padding.Same }),
        ["planes that run on"] = (2, [3, 9, 10, 13], [5, 3, 3, 3, 3], new() { Padding = Padding.Same }),
        ["whole lines, the last slab shorter"] = (2, [16, 37, 64], [17, 16, 3, 3], new() { Padding = Padding.Same }),
        ["one by one in whole lines"] = (4, [11, 5, 32], [14, 11, 1, 1], new()),
        ["groups of short lines"] =
            (3, [12, 8, 8], [16, 3, 3, 3], new() { Groups = 4, Padding = Padding.Same, PaddingKind = PaddingKind.Circular }),
        ["large kernel"] = (1, [2, 40, 40], [3, 2, 31, 29], new() { Padding = Padding.Of(10) }),
    };

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_primitive_follows_its_definition(int seed)
    {
        var random = new Random(seed);
        int windows = random.Next(1, 4);
        int Step() => (random.Next(5) == 0 ? random.Next(2, 5) : random.Next(1, 3)) * (random.Next(2) == 0 ? 1 : -1);
        Indices Some(Func<int> next) => Indices.Generate(windows, _ => next());

        // Labels: windows, then groups (in all three), samples (left and result), outer (right and result), inner (left and right)
        // channels.
        var left = new List<int>(Enumerable.Range(0, windows));
        var right = new List<int>(left);
        var result = new List<int>(left);
        var lengths = new Dictionary<int, int>();
        for (int label = windows; label < windows + 4; label++)
        {
            for (int kind = random.Next(1, 7); kind < 5; kind = 9)
            {
                lengths.Add(label, random.Next(1, 4));
                (kind != 3 ? left : right).Add(label);
                if (kind is 1 or 4)
                {
                    right.Add(label);
                }

                if (kind != 4)
                {
                    result.Add(label);
                }
            }
        }

        int longest = windows == 3 ? 5 : windows == 2 ? 9 : 30;
        Shape Of(int[] labels) =>
            Shape.Of([.. labels.Select(label => label < windows ? random.Next(random.Next(20) == 0 ? 0 : 1, longest) : lengths[label])]);
        int[] Shuffled(List<int> labels)
        {
            int[] shuffled = [.. labels];
            random.Shuffle(shuffled);
            return shuffled;
        }

        (int[] l, int[] r, int[] y) = (Shuffled(left), Shuffled(right), Shuffled(result));
        var c = new Convolve(
            [.. l], [.. r], [.. y], Some(Step), Some(Step), Some(Step), Some(() => random.Next(-8, 12)),
            Some(() => random.Next(1, longest)), Some(() => random.Next(3) == 0 ? random.Next(1, 12) : 0)).Normalized();
        (Shape x, Shape k) = (Of(l), Of(r));
        Function function = Function.Trace([("x", x), ("k", k)], v => [("y", Value.Emit(c, v[0], v[1]))]);
        double[][] inputs = Programs.Inputs<double>(function, seed);
        Numbers.AssertClose("convolution", Reference.Convolution(c, x, k, inputs[0], inputs[1]), Numbers.Run(function, inputs)[0], 1e-13);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void All_sizes_agree_with_nested_loops(string name)
    {
        (int samples, Shape input, Shape kernel, ConvolutionOptions options) = _sizes[name];
        Function function = Traced(name).Batch(samples, "x");
        double[][] inputs = Programs.Inputs<double>(function, 5);
        int axes = input.Rank - 1;
        int[] stride = [.. options.Stride.For("", "", axes, 1)];
        int[] dilation = [.. options.Dilation.For("", "", axes, 1)];
        var extents = Indices.Generate(axes, i => ((kernel[i + 2] - 1) * dilation[i]) + 1);
        Indices before = options.Padding.For("", Indices.Of(input.Lengths[1..]), extents, [.. stride]).Before;
        double[] expected = Reference.Convolve(
            function.Inputs[0].Shape, kernel, function.Outputs[0].Shape, inputs[0], inputs[1], stride, dilation, [.. before],
            options.PaddingKind, options.Groups);
        Numbers.AssertClose("double", expected, Numbers.Run(function, inputs)[0], 1e-13);
        float[][] narrow = Numbers.Narrowed(inputs);
        Numbers.AssertClose("float", expected, Numbers.Widened(function.Compile<float>(Numbers.Simplified).Evaluate(narrow))[0], 3e-6);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void All_sizes_have_adjoint_derivatives_summed_over_the_samples(string name)
    {
        Function function = Traced(name).Batch(_sizes[name].Samples, "x");
        AdjointLaw.Check(new Subject(function, [Domain.Plain, Domain.Plain]), new Random(7));
        double[][] inputs = Programs.Inputs<double>(function.Vjp(), 5);

        // The kernel's gradient over samples is the sum of theirs.
        Function single = Traced(name).Vjp();
        int samples = _sizes[name].Samples;
        var sum = new double[inputs[1].Length];
        for (int sample = 0; sample < samples; sample++)
        {
            double[] Part(double[] all) => all[(all.Length / samples * sample)..(all.Length / samples * (sample + 1))];
            double[] gradient = Numbers.Run(single, Part(inputs[0]), inputs[1], Part(inputs[2]))[2];
            sum = [.. sum.Zip(gradient, (a, b) => a + b)];
        }

        Numbers.AssertClose("kernel's gradient", sum, Numbers.Run(function.Vjp(), inputs)[2], 1e-12);
        int perSample = Math.Max(function.Outputs[0].Shape.ElementCount / samples, function.Inputs[0].Shape.ElementCount / samples);
        Assert.DoesNotContain(
            function.Vjp().Simplify().Shapes, shape => shape.ElementCount > (Math.Max(1, samples) * 2 * perSample) + sum.Length);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void All_sizes_give_the_same_bits_for_one_two_and_three_threads(string name)
    {
        Function function = Traced(name).Batch(_sizes[name].Samples, "x").Vjp();
        Check<float>();
        Check<double>();

        void Check<T>()
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            T[][] inputs = Programs.Inputs<T>(function, 1);
            T[][] expected = function.Compile<T>(new PlanOptions { Team = ThreadTeam.SingleThread }).Evaluate(inputs);
            for (int size = 2; size <= 3; size++)
            {
                using var team = new ThreadTeam(size);
                T[][] actual = function.Compile<T>(new PlanOptions { Team = team }).Evaluate(inputs);
                Assert.All(expected.Zip(actual), pair =>
                    Assert.True(MemoryMarshal.AsBytes(pair.First.AsSpan()).SequenceEqual(MemoryMarshal.AsBytes(pair.Second.AsSpan()))));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void A_sample_has_the_same_bits_in_any_batch(string name)
    {
        Function single = Traced(name);
        Function function = single.Batch(5, "x");
        float[][] inputs = Programs.Inputs<float>(function, 4);
        float[] all = function.Compile<float>().Evaluate(inputs)[0];
        int length = inputs[0].Length / 5;
        for (int sample = 0; sample < 5; sample++)
        {
            float[] one = single.Compile<float>().Evaluate([inputs[0][(length * sample)..(length * (sample + 1))], inputs[1]])[0];
            Assert.True(
                MemoryMarshal.AsBytes(one.AsSpan()).SequenceEqual(MemoryMarshal.AsBytes(all.AsSpan(one.Length * sample, one.Length))));
        }
    }

    [Theory]
    [InlineData("x", "w")]
    [InlineData("w")]
    [InlineData("x")]
    public void Samples_of_input_and_kernel_agree_with_a_loop(params string[] batched)
    {
        Function function = Function.Trace(
            [("x", [5, 9, 11]), ("w", [7, 5, 3, 2])],
            v => [("y", Value.Convolve(v[0], v[1], new() { Stride = [1, 2], Padding = Padding.Same }))]);
        bool[] flags = [batched.Contains("x"), batched.Contains("w")];
        var subject = new Subject(function, [Domain.Plain, Domain.Plain]);
        BatchLaw.Check(subject, 13, flags, new Random(3));
        BatchLaw.Check(subject.Derive("V"), 13, [.. flags, true], new Random(3));
        BatchLaw.CheckBatchOfBatch(subject.Derive("V"), new Random(4));
    }

    [Fact]
    public void The_transposed_convolution_is_the_transpose()
    {
        foreach (ConvolutionOptions options in (ConvolutionOptions[])
            [
                new(), new() { Stride = 3 }, new() { Stride = 2, Padding = Padding.Same },
                new() { Dilation = 2, Padding = Padding.Of(1, 2) }, new() { Groups = 2, Stride = [2, 1] },
                new() { Padding = Padding.Same, PaddingKind = PaddingKind.Circular },
                new() { Padding = Padding.Same, PaddingKind = PaddingKind.Edge, Stride = 2 },
            ])
        {
            Shape kernel = [6, 4 / options.Groups, 3, 3];
            Function forward = Function.Trace([("x", [4, 12, 13]), ("w", kernel)], v => [("y", Value.Convolve(v[0], v[1], options))]);
            Shape y = forward.Outputs[0].Shape;
            Function transposed = Function.Trace(
                [("y", y), ("w", kernel)], v => [("x", Value.ConvolveTransposed(v[0], v[1], options, [12, 13]))]);
            double[][] inputs = Programs.Inputs<double>(transposed, 2);
            double[] expected = Numbers.Run(forward.Vjp("x"), new double[4 * 12 * 13], inputs[1], inputs[0])[1];
            Numbers.AssertClose($"transpose of {options}", expected, Numbers.Run(transposed, inputs)[0], 1e-13);
        }
    }

    [Fact]
    public void Warm_runs_allocate_nothing()
    {
        foreach (string name in (string[])["12 channels of 8^3", "strided plane", "depthwise", "long line"])
        {
            Function function = Traced(name).Batch(2, "x").Vjp();
            Plan<float> plan = function.Compile<float>();
            using Workspace<float> workspace = plan.Rent();
            Programs.Fill(workspace, Programs.Inputs<float>(function, 1));
            AllocationTests.AssertAllocatesNothing(workspace.Run);
        }
    }

    [Fact]
    public void An_infinity_outside_of_a_window_does_not_reach_it()
    {
        Function function = Function.Trace(
            [("x", [2, 5, 9]), ("w", [1, 2, 3, 3])], v => [("y", Value.Convolve(v[0], v[1], new() { Padding = Padding.Same }))]);
        var x = new double[90];
        (x[0], x[44], x[45]) = (double.PositiveInfinity, double.NaN, double.NegativeInfinity);
        double[] w = [.. Enumerable.Repeat(1.0, 18)];
        double[] y = Numbers.Run(function, x, w)[0];
        Assert.All(Enumerable.Range(0, 45), i =>
        {
            (int row, int column) = (i / 9, i % 9);
            bool nearFirst = row <= 1 && column <= 1;
            bool nearLast = row >= 3 && column >= 7;
            Assert.Equal(!nearFirst && !nearLast, double.IsFinite(y[i]));
        });
    }

    private static Function Traced(string name)
    {
        (_, Shape input, Shape kernel, ConvolutionOptions options) = _sizes[name];
        return Function.Trace([("x", input), ("w", kernel)], v => [("y", Value.Convolve(v[0], v[1], options))], "convolution");
    }
}
