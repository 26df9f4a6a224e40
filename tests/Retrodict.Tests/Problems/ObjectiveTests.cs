using Retrodict.Autodiff;
using Retrodict.Solvers;

namespace Retrodict.Tests.Problems;

public sealed class ObjectiveTests
{
    /// <summary>F = (x0 x1, x0 - x1) at (2, 3) is (6, -1); y = (5, 1) and noise (0.5, 2) give residuals (2, -1). C = [[2, 1], [1, 2]] has
    /// the inverse [[2, -1], [-1, 2]] / 3, and x - mean = (1, 4) gives (2 - 8 + 32) / 3. In all (4 + 1 + 26/3) / 2.</summary>
    [Fact]
    public void The_objective_is_the_one_computed_by_hand()
    {
        InverseProblem problem = new(x => Value.Stack(x[0] * x[1], x[0] - x[1]), 2)
        {
            Noise = new[] { 0.5, 2 },
            Prior = GaussianPrior.FromCovariance([1, -1], [2, 1, 1, 2]),
        };
        Objective model = Objective.Compile(problem, Precision.Float64, null);
        IObjectiveRun run = model.NewRun();
        run.Begin([5, 1]);
        var residual = new double[4];
        Assert.Equal((4 + 1 + (26.0 / 3)) / 2, run.Evaluate([2, 3], residual), 1e-13);
        Dense.AssertClose([2, -1], residual.AsSpan(0, 2), 1e-15);
        Assert.Equal(Math.Sqrt(5.0 / 2), model.Discrepancy(residual), 1e-14);
        Assert.Equal(1, run.Counts.Model);

        var jacobian = new double[4 * 2];
        run.Jacobian([2, 3], jacobian);
        Dense.AssertClose([3 / 0.5, 2 / 0.5, 1 / 2.0, -1 / 2.0], jacobian.AsSpan(0, 4), 1e-15);

        // L^-1 of C = L L^T, whose product with itself is the inverse covariance.
        double[,] whitening = Dense.Matrix(jacobian.AsSpan(4), 2, 2);
        Dense.AssertClose([2 / 3.0, -1 / 3.0, -1 / 3.0, 2 / 3.0], Dense.Flat(Dense.Times(Dense.Transpose(whitening), whitening)), 1e-14);
        Assert.Equal(2, run.Counts.Jvp);
    }

    [Fact]
    public void The_normalized_residual_is_measured_in_the_observation_scale()
    {
        InverseProblem problem = new(x => x, 2) { Noise = new[] { 0.5, 2 }, ObservationScale = new[] { 10.0, 5 } };
        Objective model = Objective.Compile(problem, Precision.Float64, null);
        IObjectiveRun run = model.NewRun();
        run.Begin([0, 0]);
        var residual = new double[2];
        run.Evaluate([30, 20], residual);
        Assert.Equal(Math.Sqrt(((3 * 3) + (4 * 4)) / 2.0), model.NormalizedResidual(residual), 1e-14);
        Assert.Equal(Math.Sqrt(((60 * 60) + (10 * 10)) / 2.0), model.Discrepancy(residual), 1e-14);
    }

    [Theory]
    [InlineData(3, 8)]
    [InlineData(8, 3)]
    public void The_objective_is_the_textbook_formula(int n, int m)
    {
        double[,] a = Dense.RandomMatrix(m, n, 5);
        InverseProblem problem = new(x => Value.Tanh(Value.MatMul(Value.Constant(a), x)), n)
        {
            Noise = Dense.Random(m, 6).Select(s => 0.2 + (s * s)).ToArray(),
            Prior = GaussianPrior.FromCovariance(Dense.Random(n, 7), Dense.Flat(Dense.RandomCovariance(n, 8))),
        };
        double[] y = Dense.Random(m, 9);
        ReferenceObjective objective = new(problem, y);
        Objective model = Objective.Compile(problem, Precision.Float64, null);
        IObjectiveRun run = model.NewRun();
        run.Begin(y);
        var residual = new double[model.Rows];
        var jacobian = new double[model.Rows * n];
        for (int seed = 0; seed < 10; seed++)
        {
            double[] x = Dense.Random(n, 100 + seed);
            double expected = objective.Cost(x);
            Assert.Equal(expected, run.Evaluate(x, residual), 1e-12 * expected);
            run.Jacobian(x, jacobian);
            double[] gradient = Dense.Times(Dense.Transpose(Dense.Matrix(jacobian, model.Rows, n)), residual);
            Dense.AssertClose([.. Enumerable.Range(0, n).Select(i => objective.Derivative(x, i))], gradient, 1e-7);
        }
    }

    [Fact]
    public void The_unknown_keeps_its_shape_in_the_model()
    {
        InverseProblem problem = new(x => x.Permute() * 2, Shape.Of([2, 3]));
        IObjectiveRun run = Objective.Compile(problem, Precision.Float64, null).NewRun();
        run.Begin(new double[6]);
        var residual = new double[6];
        run.Evaluate([1, 2, 3, 4, 5, 6], residual);
        Assert.Equal([2.0, 8, 4, 10, 6, 12], residual);
    }

    [Fact]
    public void A_point_where_the_model_is_not_finite_has_a_cost_that_is_not_finite()
    {
        IObjectiveRun run = Objective.Compile(new InverseProblem(x => Value.Log(x), 2), Precision.Float64, null).NewRun();
        run.Begin([0, 0]);
        Assert.Equal(double.NaN, run.Evaluate([1, -1], new double[2]));
        Assert.Equal(double.PositiveInfinity, run.Evaluate([1, 0], new double[2]));
    }
}
