using Retrodict.Autodiff;
using Retrodict.Randomness;

namespace Retrodict.Catalogue.Tests;

/// <summary>What every problem of the catalogue owes.</summary>
public sealed class ProblemContractTests
{
    private const int Few = 5;

    [Theory]
    [MemberData(nameof(Problems.Names), MemberType = typeof(Problems))]
    public void Unknowns_lie_in_the_box(string name)
    {
        BenchmarkProblem problem = ProblemCatalogue.Find(name);
        DataSet data = problem.Generate(Split.Validation, 20);
        for (int i = 0; i < data.Count; i++)
        {
            Assert.False(problem.Bounds.Project(data.Unknown(i).ToArray()));
        }

        Assert.False(problem.Bounds.Project(problem.Start.ToArray()));
    }

    [Theory]
    [MemberData(nameof(Problems.Names), MemberType = typeof(Problems))]
    public void A_sample_does_not_depend_on_how_many_are_drawn(string name)
    {
        BenchmarkProblem problem = ProblemCatalogue.Find(name);
        DataSet many = problem.Generate(Split.Test, (2 * DataGenerator.BlockSize) + 3);
        foreach (int count in new[] { 1, DataGenerator.BlockSize - 1, DataGenerator.BlockSize, DataGenerator.BlockSize + 1 })
        {
            DataSet few = problem.Generate(Split.Test, count);
            Assert.Equal(count, few.Count);
            Assert.Equal(many.X[..few.X.Length], few.X);
            Assert.Equal(many.YClean[..few.YClean.Length], few.YClean);
            Assert.Equal(many.Y[..few.Y.Length], few.Y);
        }
    }

    [Theory]
    [MemberData(nameof(Problems.Names), MemberType = typeof(Problems))]
    public void Data_have_the_same_bits_for_every_number_of_threads(string name)
    {
        BenchmarkProblem problem = ProblemCatalogue.Find(name);
        DataSet alone = problem.Generate(Split.Train, 200, threads: 1);
        foreach (int? threads in new int?[] { 2, 5, null })
        {
            DataSet together = problem.Generate(Split.Train, 200, threads: threads);
            Assert.Equal(alone.X, together.X);
            Assert.Equal(alone.YClean, together.YClean);
            Assert.Equal(alone.Y, together.Y);
        }
    }

    [Theory]
    [MemberData(nameof(Problems.Names), MemberType = typeof(Problems))]
    public void A_sample_can_be_drawn_alone_from_its_documented_stream(string name)
    {
        BenchmarkProblem problem = ProblemCatalogue.Find(name);
        DataSet data = problem.Generate(Split.Test, 40, seed: 11);
        RandomStream stream = new RandomStream(11, $"{name}/test").At(37);
        var x = new double[problem.Unknowns];
        problem.DrawUnknown(stream, x);
        Assert.Equal(data.Unknown(37), x);

        double[] y = problem.Forward.Compile<double>().Evaluate(x)[0];
        AssertClose(data.CleanObservation(37), y, 1e-12);

        y = data.CleanObservation(37).ToArray();
        problem.AddNoise(stream.Child("noise"), y);
        Assert.Equal(data.Observation(37), y);
    }

    [Theory]
    [MemberData(nameof(Problems.Names), MemberType = typeof(Problems))]
    public void Splits_and_seeds_share_no_sample(string name)
    {
        BenchmarkProblem problem = ProblemCatalogue.Find(name);
        HashSet<(double, double)> seen = [];
        foreach (Split split in Enum.GetValues<Split>())
        {
            foreach (ulong seed in new ulong[] { 7, 8 })
            {
                DataSet data = problem.Generate(split, Few, seed);
                for (int i = 0; i < Few; i++)
                {
                    ReadOnlySpan<double> x = data.Unknown(i);
                    Assert.True(seen.Add((x[x.Length / 3], x[(x.Length / 2) + 1])));
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Problems.Names), MemberType = typeof(Problems))]
    public void Without_a_count_a_split_has_its_size_and_the_default_seed(string name)
    {
        BenchmarkProblem problem = ProblemCatalogue.Find(name);
        DataSet data = problem.Generate(Split.Validation);
        Assert.Equal(problem.Sizes.Validation, data.Count);
        Assert.Equal(7UL, data.Seed);
        Assert.Equal(data.X, problem.Generate(Split.Validation, data.Count, 7).X);
        Assert.Equal(data.Count * problem.Observations, data.Y.Length);
        Assert.Equal(data.Y.Length, data.YClean.Length);
    }

    [Theory]
    [MemberData(nameof(Problems.Names), MemberType = typeof(Problems))]
    public void The_derivative_is_the_limit_of_differences(string name)
    {
        BenchmarkProblem problem = ProblemCatalogue.Find(name);
        Plan<double> forward = problem.Forward.Compile<double>();
        Plan<double> derivative = problem.Forward.Jvp().Compile<double>();
        DataSet data = problem.Generate(Split.Test, Few);
        const double Step = 1e-4;
        for (int i = 0; i < Few; i++)
        {
            double[] x = data.Unknown(i).ToArray();
            double[] direction = Normal(problem.Unknowns, "direction", i);
            double[] At(double distance) => forward.Evaluate(x.Zip(direction, (a, d) => a + (distance * d)).ToArray())[0];

            // Of order four: of order two, an oscillator's third derivatives alone would be above the tolerance.
            double[] near = At(Step).Zip(At(-Step), (a, b) => a - b).ToArray(), far = At(2 * Step).Zip(
                At(-2 * Step), (a, b) => a - b).ToArray();
            double[] differences = near.Zip(far, (n, f) => ((8 * n) - f) / (12 * Step)).ToArray();
            AssertClose(differences, derivative.Evaluate(x, direction)[1], 1e-8);
        }
    }

    [Theory]
    [MemberData(nameof(Problems.Names), MemberType = typeof(Problems))]
    public void The_transposed_derivative_is_the_adjoint(string name)
    {
        BenchmarkProblem problem = ProblemCatalogue.Find(name);
        Plan<double> jvp = problem.Forward.Jvp().Compile<double>();
        Plan<double> vjp = problem.Forward.Vjp().Compile<double>();
        DataSet data = problem.Generate(Split.Test, Few);
        for (int i = 0; i < Few; i++)
        {
            double[] x = data.Unknown(i).ToArray();
            double[] v = Normal(problem.Unknowns, "tangent", i);
            double[] w = Normal(problem.Observations, "cotangent", i);
            double[] jv = jvp.Evaluate(x, v)[1];
            double[] jw = vjp.Evaluate(x, w)[1];
            double scale = Math.Sqrt(Dot(jv, jv) * Dot(w, w));
            Assert.Equal(0, (Dot(jv, w) - Dot(v, jw)) / scale, 1e-13);
        }
    }

    /// <summary>Mean, variance, fourth moment and the correlation of neighbors, each within five standard errors.</summary>
    [Theory]
    [MemberData(nameof(Problems.Names), MemberType = typeof(Problems))]
    public void Noise_is_independent_and_normal_with_the_deviation_of_the_problem(string name)
    {
        BenchmarkProblem problem = ProblemCatalogue.Find(name);
        DataSet data = problem.Generate(Split.Test);
        int count = data.Y.Length;
        (double sum, double squares, double fourth, double neighbors, double previous) = (0, 0, 0, 0, 0);
        for (int i = 0; i < count; i++)
        {
            double noise = (data.Y[i] - data.YClean[i]) / problem.Noise[i % problem.Observations];
            sum += noise;
            squares += noise * noise;
            fourth += noise * noise * noise * noise;
            neighbors += noise * previous;
            previous = noise;
        }

        Assert.Equal(problem.Sizes.Test * problem.Observations, count);
        Assert.Equal(0, sum / count, 5 / Math.Sqrt(count));
        Assert.Equal(1, squares / count, 5 * Math.Sqrt(2.0 / count));
        Assert.Equal(3, fourth / count, 5 * Math.Sqrt(96.0 / count));
        Assert.Equal(0, neighbors / count, 5 / Math.Sqrt(count));
    }

    [Theory]
    [MemberData(nameof(Problems.Names), MemberType = typeof(Problems))]
    public void The_recovery_error_is_the_root_mean_square_over_the_recovered_quantities(string name)
    {
        BenchmarkProblem problem = ProblemCatalogue.Find(name);
        DataSet data = problem.Generate(Split.Test, 2);
        double[] a = new double[problem.RecoveredCount], b = new double[problem.RecoveredCount];
        problem.Recover(data.Unknown(0), a);
        problem.Recover(data.Unknown(1), b);
        Assert.Equal(problem.RecoveredQuantities.Count == 0 ? problem.Unknowns : problem.RecoveredQuantities.Count, problem.RecoveredCount);
        double expected = Math.Sqrt(a.Zip(b, (p, q) => (p - q) * (p - q)).Average());
        Assert.Equal(expected, problem.RecoveryError(data.Unknown(0), data.Unknown(1)), 1e-14 * expected);
        Assert.Equal(0, problem.RecoveryError(data.Unknown(0), data.Unknown(0)));
        Assert.Equal("estimate", Assert.Throws<ArgumentException>(() => problem.RecoveryError([], new double[problem.Unknowns])).ParamName);
        Assert.Equal("truth", Assert.Throws<ArgumentException>(() => problem.RecoveryError(new double[problem.Unknowns], [])).ParamName);
        Assert.Equal("quantities", Assert.Throws<ArgumentException>(() => problem.Recover(new double[problem.Unknowns], [])).ParamName);
    }

    [Theory]
    [MemberData(nameof(Problems.Names), MemberType = typeof(Problems))]
    public void The_inverse_problem_carries_bounds_noise_scale_and_prior(string name)
    {
        BenchmarkProblem problem = ProblemCatalogue.Find(name);
        InverseProblem inverse = problem.ToInverseProblem();
        Assert.Same(problem.Forward, inverse.Forward);
        Assert.Equal(problem.Bounds, inverse.Bounds);
        Assert.Same(problem.Noise, inverse.Noise.Deviation);
        for (int i = 0; i < inverse.Observations; i++)
        {
            Assert.Equal(problem.Statistics.ObservationDeviation[i], inverse.ObservationScale[i]);
        }

        Assert.Equal(problem.Statistics.UnknownMean, Assert.IsType<GaussianPrior>(inverse.Prior).Mean);
        Assert.Null((inverse with { Prior = null }).Prior);
    }

    [Fact]
    public void Wrong_use_is_named()
    {
        BenchmarkProblem problem = ProblemCatalogue.Heat1D;
        RandomStream stream = problem.Stream(Split.Test);
        Assert.Equal("count", Assert.Throws<ArgumentOutOfRangeException>(() => problem.Generate(Split.Test, 0)).ParamName);
        Assert.Equal("count", Assert.Throws<ArgumentOutOfRangeException>(() => problem.Generate(Split.Test, int.MaxValue)).ParamName);
        Assert.Equal("threads", Assert.Throws<ArgumentOutOfRangeException>(() => problem.Generate(Split.Test, 1, threads: 0)).ParamName);
        Assert.Equal("split", Assert.Throws<ArgumentOutOfRangeException>(() => problem.Generate((Split)3, 1)).ParamName);
        Assert.Equal("split", Assert.Throws<ArgumentOutOfRangeException>(() => problem.Generate((Split)3)).ParamName);
        Assert.Equal("x", Assert.Throws<ArgumentException>(() => problem.DrawUnknown(stream, new double[63])).ParamName);
        Assert.Equal("y", Assert.Throws<ArgumentException>(() => problem.AddNoise(stream, new double[65])).ParamName);
    }

    [Fact]
    public void Generation_can_be_cancelled()
        => Assert.ThrowsAny<OperationCanceledException>(
            () => ProblemCatalogue.Heat1D.Generate(Split.Test, cancellationToken: new CancellationToken(canceled: true)));

    private static double[] Normal(int length, string name, int index)
    {
        var values = new double[length];
        new RandomStream(1, name).At(index).FillNormal(values.AsSpan());
        return values;
    }

    private static double Dot(double[] a, double[] b) => a.Zip(b, (p, q) => p * q).Sum();

    private static void AssertClose(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], tolerance * Math.Max(1, Math.Abs(expected[i])));
        }
    }
}
