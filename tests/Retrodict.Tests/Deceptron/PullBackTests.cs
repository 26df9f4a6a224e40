using Retrodict.Autodiff;
using Retrodict.Solvers;
using Retrodict.Tests.Problems;
using Retrodict.Tests.Solvers;

namespace Retrodict.Tests.Deceptron;

/// <summary>The forms of the direction beside each other and beside what they stand for.</summary>
public sealed class PullBackTests
{
    /// <summary>g(s) = tanh-like, so that the forms differ.</summary>
    private static ReverseMap Curved(int m, int n, int seed) => new(Function.Trace(
        s => Value.Tanh(Value.MatMul(Value.Constant(Dense.RandomMatrix(n, m, seed)), s)) + Value.Constant(Dense.Random(n, seed + 1)), m))
    {
        Precision = Precision.Float64,
        ObservationMean = Dense.Random(m, seed + 2),
        ObservationDeviation = [.. Dense.Random(m, seed + 3).Select(d => 1.5 + d)],
    };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Increment_and_tangent_agree_to_first_order_and_vanish_with_alpha(bool correlated)
    {
        (PullBack pullBack, _, _) = At(Curved(6, 4, 1), 6, 4, correlated);
        (double[] increment, double[] tangent) = (new double[4], new double[4]);
        double last = 0;
        foreach (double alpha in new[] { 1e-1, 1e-2, 1e-3, 1e-4 })
        {
            pullBack.Increment(alpha, increment);
            pullBack.Tangent(alpha, tangent);
            double difference = Dense.Norm(Dense.Plus(increment, tangent, -1));
            Assert.InRange(Dense.Norm(increment), 0.1 * alpha, 100 * alpha);
            Assert.True(last == 0 || difference < 0.02 * last, $"{alpha}: {difference}, before {last}");
            last = difference;
        }

        pullBack.Increment(0, increment);
        Assert.All(increment, p => Assert.Equal(0, p, 1e-15));
    }

    [Fact]
    public void For_an_affine_map_they_are_the_same_whatever_alpha()
    {
        (PullBack pullBack, _, _) = At(CrudeMaps.Affine(Dense.RandomMatrix(4, 6, 3), Dense.Random(4, 4)), 6, 4, correlated: false);
        (double[] increment, double[] tangent) = (new double[4], new double[4]);
        foreach (double alpha in new[] { 1, 0.5, 0.01 })
        {
            pullBack.Increment(alpha, increment);
            pullBack.Tangent(alpha, tangent);
            Dense.AssertClose(tangent, increment, 1e-13);
        }
    }

    /// <summary>g(y) = mean + K (y - F mean) with the gain K: a step from anywhere is the maximum a posteriori.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void With_the_gain_the_bayesian_form_is_the_Gauss_Newton_step_to_the_maximum_a_posteriori(bool correlated)
    {
        (ContractCase c, double[,] gain, GaussianPrior prior, double[] value) = Gaussian(correlated);
        double[] deviation = [2, 3, 0.5, 1, 1.5, 0.7];
        ReverseMap map = CrudeMaps.Affine(
            Dense.Times(gain, Diagonal(deviation)), prior.Mean.ToArray()) with { ObservationMean =
                value, ObservationDeviation = deviation };
        double[] expected = [.. c.SolveWith(new LevenbergMarquardt()).X];
        foreach (int seed in new[] { 1, 2, 3 })
        {
            SolveResult found = (c with { Start = Dense.Random(4, seed) }).SolveWith(new DeceptronGradient
            {
                ReverseMap =
                    map, Form =
                        PullBackForm.Bayesian, StartAtEstimate =
                            false, Safeguard = false, Stopping = new StoppingRule { MaxIterations = 1 },
            });
            Assert.Equal((1, 1.0), (found.Summary.Iterations, found.History[1].StepFactor));
            Dense.AssertClose(expected, [.. found.X], 1e-11);
        }

        LearnedCertificate exact = new DeceptronGradient { ReverseMap = map }.Prepare(c.Problem).Certify(c.Observation, c.Start);
        Assert.InRange(exact.GainError, 0, 1e-12);
        ReverseMap scaled = CrudeMaps.Affine(
            Dense.Times(gain, Diagonal([.. deviation.Select(d => 1.25 * d)])), new double[4]) with { ObservationDeviation = deviation };
        Assert.Equal(
            0.25, new DeceptronGradient { ReverseMap = scaled }.Prepare(c.Problem).Certify(c.Observation, c.Start).GainError, 1e-12);

        // A head for the gain serves a map whose own Jacobian is another.
        ReverseMap headed = (
            CrudeMaps.Affine(
                Dense.RandomMatrix(4, 6, 9), new double[4]) with { ObservationMean =
                    value, ObservationDeviation = deviation }) with { Gain = map.Map };
        Assert.InRange(
            new DeceptronGradient { ReverseMap = headed }.Prepare(c.Problem).Certify(c.Observation, c.Start).GainError, 0, 1e-12);
        SolveResult single = c.SolveWith(
            new DeceptronGradient { ReverseMap = headed, Form = PullBackForm.Bayesian, StartAtEstimate = false,
                Stopping = new StoppingRule { MaxIterations = 1 } });
        Dense.AssertClose(expected, [.. single.X], 1e-11);
    }

    private static (PullBack PullBack, Objective Model, double[] X) At(ReverseMap map, int m, int n, bool correlated)
    {
        InverseProblem problem = new(x => Value.MatMul(Value.Constant(Dense.RandomMatrix(m, n, 5)), x), n)
        {
            Noise = correlated ? Noise.FromCovariance(Dense.Flat(Dense.RandomCovariance(m, 6))) : 0.3,
        };
        Objective model = Objective.Compile(problem, Precision.Float64, null);
        var pullBack = new PullBack(model, map, ReverseMapPlans.Compile(map, null));
        double[] y = Dense.Random(m, 7);
        double[] x = Dense.Random(n, 8);
        IObjectiveRun run = model.NewRun();
        run.Begin(y);
        var rows = new double[model.Rows];
        run.Evaluate(x, rows);
        pullBack.Begin(y);
        pullBack.MoveTo(rows);
        double[] expected =
            [.. problem.Forward.Compile<double>().Evaluate(x)[0].Select((f,
                i) => (f - map.ObservationMean[i]) / map.ObservationDeviation[i])];
        Dense.AssertClose(expected, pullBack.Point, 1e-12);
        return (pullBack, model, x);
    }

    private static double[,] Diagonal(double[] d)
    {
        var matrix = new double[d.Length, d.Length];
        for (int i = 0; i < d.Length; i++)
        {
            matrix[i, i] = d[i];
        }

        return matrix;
    }

    private static (ContractCase Case, double[,] Gain, GaussianPrior Prior, double[] ValueAtMean) Gaussian(bool correlated)
    {
        (int m, int n) = (6, 4);
        double[,] a = Dense.RandomMatrix(m, n, 1);
        double[,] c = Dense.RandomCovariance(n, 2);
        double[,] s = correlated ? Dense.RandomCovariance(m, 3) : Dense.Identity(m, 0.09);
        GaussianPrior prior = GaussianPrior.FromCovariance(Dense.Random(n, 4), Dense.Flat(c));
        double[,] ca = Dense.Times(c, Dense.Transpose(a));
        double[,] gain = Dense.Times(ca, Dense.Inverse(Dense.Plus(Dense.Times(a, ca), s)));
        InverseProblem problem = new(
            x => Value.MatMul(Value.Constant(a), x), n) { Noise = correlated ? Noise.FromCovariance(Dense.Flat(s)) : 0.3, Prior = prior };
        return (new(problem, Dense.Random(m, 5), new double[n]), gain, prior, Dense.Times(a, prior.Mean));
    }
}
