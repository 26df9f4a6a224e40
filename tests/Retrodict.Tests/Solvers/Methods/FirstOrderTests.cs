using Retrodict.Autodiff;
using Retrodict.Solvers;
using Retrodict.Tests.Problems;

namespace Retrodict.Tests.Solvers;

/// <summary>What first-order methods keep to beyond the contract.</summary>
public sealed class FirstOrderTests
{
    public static TheoryData<string> Cases => [.. ContractCases.All.Keys];

    /// <summary>In u, with x = B u + c and J^T J as first matrix, every iterate is the same point (Nocedal and Wright, section
    /// 6.1).</summary>
    [Theory]
    [InlineData("exponential fit")]
    [InlineData("linear")]
    [InlineData("one unknown")]
    public void Bfgs_from_the_Gauss_Newton_matrix_does_not_know_its_coordinates(string name)
    {
        ContractCase c = ContractCases.All[name];
        int n = c.Problem.Unknowns;
        for (int seed = 0; seed < 10; seed++)
        {
            double[,] b = Dense.Plus(Dense.RandomMatrix(n, n, seed), Dense.Identity(n, 2));
            double[] offset = Dense.Random(n, seed + 1);
            ContractCase mapped = c with
            {
                Problem = new InverseProblem(
                    u => c.Problem.Forward.Apply(
                        Value.MatMul(Value.Constant(b), u) + Value.Constant(offset))[0], n) { Noise = c.Problem.Noise },
                Start = Dense.Times(Dense.Inverse(b), Dense.Plus(c.Start, offset, -1)),
            };
            for (int k = 0; k <= 6; k++)
            {
                Bfgs limited = new() { InitialHessian = InitialHessian.GaussNewton, Stopping = new StoppingRule { MaxIterations = k } };
                SolveResult expected = c.SolveWith(limited);
                double[] back = Dense.Plus(Dense.Times(b, [.. mapped.SolveWith(limited).X]), offset);
                Assert.All(Enumerable.Range(0, n), i => Assert.Equal(expected.X[i], back[i], 1e-6));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_fused_evaluation_is_the_evaluation_and_its_gradient(string name)
    {
        ContractCase c = ContractCases.All[name];
        Objective model = Objective.Compile(c.Problem, Precision.Float64, null);
        IObjectiveRun run = model.NewRun();
        run.Begin(c.Observation);
        double[] x = [.. c.Start];
        c.Problem.Bounds.Project(x);
        (double[] expected, double[] actual) = (new double[model.Rows], new double[model.Rows]);
        (double[] gradient, double[] fused) = (new double[model.Unknowns], new double[model.Unknowns]);
        double cost = run.Evaluate(x, expected);
        run.Vjp(x, expected, gradient);
        Assert.Equal(new EvaluationCounts(1, 0, 1, 0, 0), run.Counts);
        Assert.Equal(cost, run.EvaluateWithGradient(x, actual, fused));
        Assert.Equal(new EvaluationCounts(2, 0, 2, 0, 0), run.Counts);
        Assert.Equal(expected, actual);
        Dense.AssertClose(gradient, fused, 1e-14);
    }

    /// <summary>Every evaluation of the searches is fused, so the start alone has a product of its own; before the first step and the end
    /// the columns of J are measured, and one product gives the first length.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void Lbfgs_needs_an_evaluation_with_gradient_a_trial_and_few_forward_products(string name)
    {
        EvaluationCounts counts = ContractCases.All[name].SolveWith(new LBfgs()).Summary.Evaluations;
        Assert.Equal(counts.Model, counts.Vjp);
        int n = ContractCases.All[name].Problem.Unknowns;
        Assert.Contains(counts.Jvp, new long[] { n + 1, (2 * n) + 1 });
    }

    /// <summary>With c = 1e-4 and the slope -8, factors 1 and 1/2 need decreases of 8e-4 and 4e-4 below the largest of the last three
    /// objectives.</summary>
    [Fact]
    public void A_nonmonotone_search_compares_with_the_largest_of_the_last_objectives()
    {
        ScriptedObjective model = new(new InverseProblem(x => x, 2), [-1, -2], 10, 9, 9.5, 9.9, 9.6);
        ProjectedArmijo search = new(new ArmijoOptions { Memory = 3 }, withGradient: true);
        search.Begin();
        DescentState state = Searching.At(model, [0, 0], [4, 2]);
        foreach ((double cost, double factor) in new[] { (9.0, 1.0), (9.5, 1), (9.9, 1), (9.6, 1) })
        {
            Assert.Equal(SearchOutcome.Accepted, state.Search(search));
            Assert.Equal((cost, factor), (state.Point.Cost, state.Trial.StepFactor));
        }

        state.Point.ReturnToBest();
        Assert.Equal(9, state.Point.Cost);
        Assert.All(state.Point.Residual.ToArray(), r => Assert.Equal(9, r));
    }

    /// <summary>Convex, so the first-order conditions decide; by all 3^n ways in which bounds can hold.</summary>
    [Theory]
    [InlineData("l-bfgs")]
    [InlineData("bfgs")]
    [InlineData("nonlinear-cg")]
    [InlineData("gradient-descent")]
    public void Bounded_linear_least_squares_are_solved_as_by_trying_all_active_sets(string name)
    {
        Solver solver =
            new Solver[] { new LBfgs(), new Bfgs(), new NonlinearConjugateGradients(), new GradientDescent() }.Single(s => s.Name == name);
        for (int seed = 0; seed < 60; seed++)
        {
            int n = 1 + (seed % 5);
            int m = n + 2;
            double[,] a = Dense.RandomMatrix(m, n, seed);
            double[] y = Dense.Random(m, seed + 1000);
            Box box = (seed % 3) switch { 0 => new Box(0, 1), 1 => new Box(-0.1, 0.2), _ => new Box(0, double.PositiveInfinity) };
            SolveResult result = solver.Solve(
                new InverseProblem(x => Value.MatMul(Value.Constant(a), x), n) { Bounds = box }, y, Dense.Random(n, seed + 2000));
            Assert.True(result.Status == SolveStatus.Converged, $"Seed {seed}: {result}");
            Dense.AssertClose(BoundedLeastSquares.Solve(a, y, box), [.. result.X], 1e-4);
        }
    }
}
