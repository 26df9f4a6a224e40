using Retrodict.Solvers;
using Retrodict.Tests.Problems;

namespace Retrodict.Tests.Solvers;

/// <summary>The compact limited-memory matrix and what is built on it, beside the dense matrix made by the update formula.</summary>
public sealed class LimitedMemoryTests
{
    private const int N = 7;

    private static readonly double[] _ones = [.. Enumerable.Repeat(1.0, N)];

    [Theory]
    [InlineData(0, 3)]
    [InlineData(1, 3)]
    [InlineData(3, 3)]
    [InlineData(8, 3)]
    [InlineData(5, 5)]
    public void It_is_the_matrix_that_the_update_formula_makes_of_the_last_pairs(int pairs, int capacity)
    {
        (LimitedMemory memory, double[,] expected) = Make(pairs, capacity, 1);
        Assert.Equal(Math.Min(pairs, capacity), memory.Count);
        for (int j = 0; j < N; j++)
        {
            var unit = new double[N];
            unit[j] = 1;
            Dense.AssertClose([.. Enumerable.Range(0, N).Select(i => expected[i, j])], Times(memory, unit), 1e-9);
        }
    }

    /// <summary>The path, the slopes of the model on it and its first minimizer, piece by piece with dense products.</summary>
    [Fact]
    public void The_generalized_Cauchy_point_is_the_first_minimizer_along_the_projected_path()
    {
        for (int seed = 0; seed < 500; seed++)
        {
            (LimitedMemory memory, double[,] hessian) = Make(seed % 6, 4, seed);
            (Box box, double[] x, double[] g) = Corner(seed);
            var point = new double[N];
            GeneralizedCauchyPoint cauchy = new(memory, N);
            cauchy.SetBounds(box, _ones);
            cauchy.Find(x, g, point);
            Dense.AssertClose(FirstMinimizer(hessian, box, x, g), point, 1e-8);
            var product = new double[N];
            memory.AddTimes(cauchy.Curving, product);
            double[] step = Dense.Plus(point, x, -1);
            Dense.AssertClose(Dense.Plus([.. step.Select(s => memory.Theta * s)], Dense.Times(hessian, step), -1), product, 1e-8);
        }
    }

    [Fact]
    public void The_subspace_minimizer_leaves_no_gradient_on_free_unknowns_and_is_lower_than_the_Cauchy_point()
    {
        int unclipped = 0;
        for (int seed = 0; seed < 500; seed++)
        {
            (LimitedMemory memory, double[,] hessian) = Make(seed % 6, 4, seed);
            (Box box, double[] x, double[] g) = Corner(seed);
            var point = new double[N];
            var held = new bool[N];
            GeneralizedCauchyPoint cauchy = new(memory, N);
            cauchy.SetBounds(box, _ones);
            cauchy.Find(x, g, point);
            double[] before = [.. point];
            SubspaceMinimizer subspace = new(memory, N);
            subspace.SetBounds(box, _ones);
            subspace.Improve(x, g, cauchy.Curving, point, held);
            Assert.False(box.Project([.. point]));
            Assert.Equal(before.Select((p, i) => p == box.Lower(i) || p == box.Upper(i)), held);
            Assert.All(Enumerable.Range(0, N).Where(i => held[i]), i => Assert.Equal(before[i], point[i]));
            Assert.True(Dense.Dot(g, Dense.Plus(point, x, -1)) < 0);
            if (!Enumerable.Range(0, N).Any(i => !held[i] && (point[i] == box.Lower(i) || point[i] == box.Upper(i))))
            {
                unclipped++;
                double[] gradient = Dense.Plus(g, Dense.Times(hessian, Dense.Plus(point, x, -1)));
                Assert.All(Enumerable.Range(0, N).Where(i => !held[i]), i => Assert.Equal(0, gradient[i], 1e-8));
                Assert.True(Model(hessian, g, Dense.Plus(point, x, -1)) <= Model(hessian, g, Dense.Plus(before, x, -1)) + 1e-12);
            }
        }

        Assert.InRange(unclipped, 100, 500);
    }

    [Fact]
    public void A_pair_without_curvature_is_not_remembered()
    {
        CurvaturePairs pairs = new(2, 3);
        Assert.False(pairs.Add([1, 0], [-1, 0]));
        Assert.False(pairs.Add([1, 0], [0, 1]));
        Assert.Equal(0, pairs.Count);
        Assert.True(pairs.Add([1, 0], [1, 1]));
        Assert.Equal((1, 2.0), (pairs.Count, pairs.Scale));
    }

    private static (LimitedMemory Memory, double[,] Hessian) Make(int pairs, int capacity, int seed)
    {
        LimitedMemory memory = new(new CurvaturePairs(N, capacity));
        memory.Clear(1.5);
        double[,] curvature = Dense.RandomCovariance(N, seed);
        double[][] steps = [.. Enumerable.Range(0, pairs).Select(k => Dense.Random(N, (100 * seed) + k))];
        double[][] changes = [.. steps.Select(s => Dense.Times(curvature, s))];
        for (int k = 0; k < pairs; k++)
        {
            memory.Pairs.Add(steps[k], changes[k]);
        }

        Assert.True(memory.Factor());
        double[,] b = Dense.Identity(N, memory.Theta);
        for (int k = Math.Max(0, pairs - capacity); k < pairs; k++)
        {
            double[] product = Dense.Times(b, steps[k]);
            (double old, double now) = (Dense.Dot(steps[k], product), Dense.Dot(steps[k], changes[k]));
            for (int i = 0; i < N; i++)
            {
                for (int j = 0; j < N; j++)
                {
                    b[i, j] += (changes[k][i] * changes[k][j] / now) - (product[i] * product[j] / old);
                }
            }
        }

        return (memory, b);
    }

    private static double[] Times(LimitedMemory memory, double[] v)
    {
        var product = new double[memory.Width];
        var middle = new double[memory.Width];
        var row = new double[memory.Width];
        memory.TransposedTimes(v, product);
        memory.Middle(product, middle);
        return [.. v.Select((value, i) =>
        {
            memory.Row(i, row);
            return (memory.Theta * value) - Dense.Dot(row, middle);
        })];
    }

    /// <summary>A box with an infinite bound, a fixed unknown and unknowns that start at bounds.</summary>
    private static (Box Box, double[] X, double[] Gradient) Corner(int seed)
    {
        Box box = new([-0.3, 0, -1, 0.2, -0.5, 0, double.NegativeInfinity], [0.4, 1, 0.1, 0.2, 0.5, double.PositiveInfinity, 0.3]);
        double[] x = [.. Dense.Random(N, seed + 7)];
        box.Project(x);
        return (box, x, Dense.Random(N, seed + 8));
    }

    private static double[] FirstMinimizer(double[,] hessian, Box box, double[] x, double[] g)
    {
        double[] At(double time)
        {
            double[] point = Dense.Plus(x, g, -time);
            box.Project(point);
            return point;
        }

        double[] bends =
            [0,
                .. g.Select((s, i) => s > 0 ? (x[i] - box.Lower(i)) / s : (x[i] - box.Upper(i)) / s).Where(
                    t => t > 0 && double.IsFinite(t)).Order()];
        for (int k = 0; k < bends.Length; k++)
        {
            double end = k + 1 < bends.Length ? bends[k + 1] : bends[k] + 1;
            if (end == bends[k])
            {
                continue;
            }

            double[] from = At(bends[k]);
            double[] direction = [.. Dense.Plus(At(end), from, -1).Select(d => d / (end - bends[k]))];
            double slope = Dense.Dot(direction, Dense.Plus(g, Dense.Times(hessian, Dense.Plus(from, x, -1))));
            double length = -slope / Dense.Dot(direction, Dense.Times(hessian, direction));
            if (!(slope < -1e-14) || length <= end - bends[k] || k + 1 == bends.Length)
            {
                return slope < -1e-14 ? Dense.Plus(from, direction, length) : from;
            }
        }

        return At(bends[^1]);
    }

    private static double Model(double[,] hessian, double[] g, double[] step) =>
        Dense.Dot(g, step) + (0.5 * Dense.Dot(step, Dense.Times(hessian, step)));
}
