using Retrodict.Autodiff;

namespace Retrodict.Tests.Problems;

public sealed class TotalVariationPriorTests
{
    public static TheoryData<GridBoundary> Boundaries() => new(GridBoundary.Free, GridBoundary.Zero, GridBoundary.Periodic);

    [Theory]
    [MemberData(nameof(Boundaries))]
    public void Half_the_sum_of_squares_is_the_functional(GridBoundary boundary)
    {
        foreach (int[] grid in new[] { new[] { 7 }, [4, 5], [3, 2, 4], [1, 6] })
        {
            double[] spacing = [.. grid.Select((_, axis) => 0.5 + axis)];
            TotalVariationPrior prior = new(Shape.Of(grid), 0.3) { Boundary = boundary, Spacing = spacing };
            double[] x = Dense.Random(prior.Grid.ElementCount, 1);
            double[] rows = PriorRows.At(prior, prior.Grid, x);
            double expected = Functional(grid, spacing, 0.3, boundary, x);
            Assert.Equal(expected, 0.5 * Dense.Dot(rows, rows), 1e-13 * expected);
        }
    }

    /// <summary>Without smoothing the variation of a monotone line is the difference of its ends, however it gets there.</summary>
    [Fact]
    public void A_jump_costs_what_a_ramp_costs()
    {
        const double Beta = 1e-9;
        TotalVariationPrior prior = new(5, Beta);
        foreach (double[] x in new double[][] { [0, 0, 0, 3, 3], [0, 0.5, 1, 2.5, 3] })
        {
            double[] rows = PriorRows.At(prior, 5, x);
            Assert.Equal(3, 0.5 * Dense.Dot(rows, rows), 6 * Beta);
        }
    }

    /// <summary>v'Hv of the functional is at most that of the rows' Gauss-Newton matrix, which is at most that of lagged diffusivity, sum
    /// of |grad v|^2 / g.</summary>
    [Theory]
    [MemberData(nameof(Boundaries))]
    public void The_Gauss_Newton_curvature_lies_between_the_functionals_own_and_lagged_diffusivity(GridBoundary boundary)
    {
        int[] grid = [4, 3];
        double[] spacing = [1, 2];
        TotalVariationPrior prior = new([4, 3], 0.2) { Boundary = boundary, Spacing = spacing };
        Plan<double> jvp = Function.Trace(prior.Residual, 12).Jvp().Compile<double>();
        for (int seed = 0; seed < 30; seed++)
        {
            // From flat to steep.
            double[] x = [.. Dense.Random(12, seed).Select(value => value * Math.Pow(2, (seed % 10) - 6))];
            double[] v = Dense.Random(12, 1000 + seed);
            double[] product = jvp.Evaluate(x, v)[1];
            double gaussNewton = Dense.Dot(product, product);
            double At(double t) => Functional(grid, spacing, 0.2, boundary, Dense.Plus(x, v, t));
            double own = (At(1e-4) - (2 * At(0)) + At(-1e-4)) / 1e-8;
            Assert.True(gaussNewton >= own * (1 - 1e-5), $"{gaussNewton} of Gauss-Newton, {own} of the functional");
            double lagged = Lagged(grid, spacing, 0.2, boundary, x, v);
            Assert.True(gaussNewton <= lagged * (1 + 1e-12), $"{gaussNewton} of Gauss-Newton, {lagged} of lagged diffusivity");
        }
    }

    [Fact]
    public void An_image_with_an_edge_is_denoised_to_a_stationary_point()
    {
        int[] grid = [6, 7];
        double[] noise = Dense.Random(42, 9);
        double[] y = [.. noise.Select((e, i) => (i % 7 < 3 ? 0 : 2) + (0.2 * e))];
        InverseProblem problem = new(x => x, Shape.Of(grid)) { Noise = 0.2, Prior = new TotalVariationPrior([6, 7], 0.05).Weighted(3) };
        SolveResult result =
            new GaussNewton { Stopping = new StoppingRule { CostTolerance = 1e-14, StepTolerance = 1e-12 } }.Solve(problem, y, y);
        Assert.Equal(SolveStatus.Converged, result.Status);
        double Cost(double[] x) =>
            (0.5 * Dense.Plus(x, y, -1).Sum(d => d * d / 0.04)) + (3 * Functional(grid, [1, 1], 0.05, GridBoundary.Free, x));
        double[] x = [.. result.X];
        Assert.Equal(Cost(x), result.Summary.Cost, 1e-10 * Cost(x));
        for (int i = 0; i < 42; i++)
        {
            double[] above = [.. x], below = [.. x];
            (above[i], below[i]) = (x[i] + 1e-5, x[i] - 1e-5);
            Assert.Equal(0, (Cost(above) - Cost(below)) / 2e-5, 1e-3);
        }

        // Much flatter on both sides, and the jump is still there.
        double Sides(double[] image) =>
            Enumerable.Range(0, 41).Where(i => i % 7 is not (2 or 6)).Sum(i => Math.Abs(image[i + 1] - image[i]));
        Assert.InRange(Sides(x) / Sides(y), 0, 0.3);
        Assert.All(Enumerable.Range(0, 6), row => Assert.InRange(x[(row * 7) + 3] - x[(row * 7) + 2], 1.5, 2.2));
    }

    [Fact]
    public void Misuse_is_named()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new TotalVariationPrior(4, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TotalVariationPrior(4, 1e-200));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TotalVariationPrior(4, double.NaN));
        Assert.Throws<ArgumentException>(() => new TotalVariationPrior(Shape.Scalar, 1));
        Assert.Throws<ArgumentException>(() => new TotalVariationPrior([2, 2], 1) { Spacing = new double[] { 1, 2, 3 } });
    }

    private static double Functional(int[] grid, double[] spacing, double beta, GridBoundary boundary, double[] x) =>
        Points(grid, spacing, boundary, x).Sum(
            slopes => spacing.Aggregate(1.0, (a, b) => a * b) * Math.Sqrt(slopes.Sum(s => s * s) + (beta * beta)));

    private static double Lagged(int[] grid, double[] spacing, double beta, GridBoundary boundary, double[] x, double[] v) =>
        Points(grid, spacing, boundary, x).Zip(Points(grid, spacing, boundary, v), (p, q) =>
            spacing.Aggregate(1.0, (a, b) => a * b) * q.Sum(s => s * s) / Math.Sqrt(p.Sum(s => s * s) + (beta * beta))).Sum();

    /// <summary>The gradient at every point, by the definition.</summary>
    private static IEnumerable<double[]> Points(int[] grid, double[] spacing, GridBoundary boundary, double[] x)
    {
        int first = boundary == GridBoundary.Zero ? -1 : 0;
        int[] position = [.. grid.Select(_ => first)];
        double At(int[] p)
        {
            int index = 0;
            for (int axis = 0; axis < grid.Length; axis++)
            {
                if (boundary != GridBoundary.Periodic && (p[axis] < 0 || p[axis] >= grid[axis]))
                {
                    return 0;
                }

                index = (index * grid[axis]) + ((p[axis] + grid[axis]) % grid[axis]);
            }

            return x[index];
        }

        while (true)
        {
            yield return [.. grid.Select((length, axis) =>
            {
                int[] next = [.. position];
                next[axis]++;
                return boundary == GridBoundary.Free && next[axis] == length ? 0 : (At(next) - At(position)) / spacing[axis];
            })];
            int moving = grid.Length - 1;
            while (moving >= 0 && ++position[moving] == grid[moving])
            {
                position[moving--] = first;
            }

            if (moving < 0)
            {
                yield break;
            }
        }
    }
}
