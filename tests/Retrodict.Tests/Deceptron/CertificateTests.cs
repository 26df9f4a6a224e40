using Retrodict.Autodiff;
using Retrodict.Tests.Problems;
using Retrodict.Tests.Solvers;

namespace Retrodict.Tests.Deceptron;

/// <summary>Theorem 4.2 and what else a certificate says.</summary>
public sealed class CertificateTests
{
    public static TheoryData<string, string> Combinations =>
        [.. from problem in LearnedProblems.Problems from map in new[] { "good", "noisy", "half", "random",
            "flipped" } select new TheoryDataRow<string, string>(problem, map)];

    [Theory]
    [MemberData(nameof(Combinations))]
    public void At_every_step_the_tangent_is_as_near_to_Gauss_Newton_as_the_bound_says(string problem, string map)
    {
        ContractCase c = LearnedProblems.Case(problem, 17);
        DeceptronGradient solver =
            new() { ReverseMap = LearnedProblems.Map(map, c, 2), Form = PullBackForm.Tangent,
                Stopping = new LevenbergMarquardt().Stopping };
        for (int limit = 0; limit <= 4; limit++)
        {
            Session session = (solver with { Stopping = solver.Stopping with { MaxIterations = limit } }).Prepare(c.Problem);
            double[] x = [.. session.Solve(c.Observation, c.Start).X];
            LearnedCertificate certificate = session.Certify(c.Observation, x);
            Assert.True(
                certificate.Deviation <= (certificate.Bound * (1 + 1e-6)) + (1e-5 * certificate.GaussNewtonLength) + 1e-9,
                $"{limit}: {certificate}");
            Assert.True(certificate.OutsideRange <= certificate.Bound);
            Assert.InRange(certificate.Rank, 1, Math.Min(c.Problem.Unknowns, c.Problem.Observations));
            double error = certificate.CompositionError;
        Assert.True(certificate.MeanSquareComposition * c.Problem.Unknowns >= error * error * (1 - 1e-9));
        }
    }

    /// <summary>Of a tall model a pseudo-inverse makes no step from what is outside of the range; anything else does, and the bound of the
    /// paper alone would be too small.</summary>
    [Fact]
    public void What_no_step_can_remove_counts_for_tall_models()
    {
        ContractCase c = LearnedProblems.Case("tall", 17);
        LearnedCertificate exact = Certify(c, LearnedProblems.Map("good", c, 2));
        Assert.InRange(exact.OutsideRange, 0, 1e-10);
        Assert.InRange(exact.CompositionError, 0, 1e-10);
        Assert.InRange(exact.Deviation, 0, 1e-9);
        Assert.InRange(exact.Rjcp, 0, 1e-20);

        // Another left inverse: J⁺ + N with N J = 0.
        double[] jacobian = c.Problem.Forward.Jacobian().Compile<double>().Evaluate(c.Start)[0];
        double[,] j = Dense.Matrix(jacobian, 9, 4);
        double[,] inverse = CrudeMaps.PseudoInverse(jacobian, 9, 4);
        double[,] outside = Dense.Plus(Dense.Identity(9), Negated(Dense.Times(j, inverse)));
        ReverseMap other = CrudeMaps.Affine(Dense.Plus(inverse, Dense.Times(Dense.RandomMatrix(4, 9, 1), outside)), new double[4]);
        LearnedCertificate certificate = Certify(c, other);
        Assert.InRange(certificate.CompositionError, 0, 1e-10);
        Assert.True(certificate.OutsideRange > 1e-3);
        Assert.Equal(certificate.OutsideRange, certificate.Deviation, 1e-9);
        Assert.InRange(certificate.Deviation, 0, certificate.Bound * (1 + 1e-9));
    }

    [Theory]
    [InlineData("square")]
    [InlineData("tall")]
    [InlineData("wide, prior")]
    public void Probes_estimate_the_composition_error_without_bias(string problem)
    {
        ContractCase c = LearnedProblems.Case(problem, 23);
        ReverseMap map = LearnedProblems.Map("random", c, 2);
        const int Count = 20_000;
        LearnedCertificate certificate =
            new DeceptronGradient { ReverseMap = map, Probes = Count }.Prepare(c.Problem).Certify(c.Observation, c.Start);

        // Dense Jacobians of the parts themselves.
        (int m, int n) = (c.Problem.Observations, c.Problem.Unknowns);
        double[] raw = c.Problem.Forward.Jacobian().Compile<double>().Evaluate(c.Start)[0];
        double[,] forward = Dense.Matrix([.. raw.Select((j, i) => j / map.ObservationDeviation[i / n])], m, n);
        double[,] reverse = Dense.Matrix(map.Map.Jacobian().Compile<double>().Evaluate(c.Observation)[0], n, m);
        double[,] composition = Dense.Plus(Dense.Times(reverse, forward), Negated(Dense.Identity(n)));
        double expected = Dense.Flat(composition).Sum(e => e * e) / n;
        Assert.Equal(expected, certificate.MeanSquareComposition, 1e-10 * expected);

        // The variance of the estimator for signs: 2 times the squares off the diagonal of C^T C.
        double[,] gram = Dense.Times(Dense.Transpose(composition), composition);
        double variance = 0;
        for (int i = 0; i < n; i++)
        {
            for (int k = 0; k < n; k++)
            {
                variance += i == k ? 0 : 2 * gram[i, k] * gram[i, k];
            }
        }

        Assert.Equal(expected, certificate.Rjcp, 4 * Math.Sqrt(variance / Count) / n);
    }

    [Fact]
    public void The_composition_error_of_a_solve_is_that_of_its_certificate()
    {
        ContractCase c = LearnedProblems.Case("tall", 31);
        DeceptronGradient solver =
            new() { ReverseMap = LearnedProblems.Map("half", c, 2), StartAtEstimate = false, Probes = 3,
                Stopping = new LevenbergMarquardt().Stopping };
        Session session = solver.Prepare(c.Problem);
        Assert.Equal(session.Certify(c.Observation, c.Start).Rjcp, session.Solve(c.Observation, c.Start).Summary.Learned!.Value.FirstRjcp);
    }

    [Fact]
    public void Only_methods_with_a_reverse_map_have_one()
    {
        ContractCase c = LearnedProblems.Case("tall", 31);
        Assert.Throws<InvalidOperationException>(() => new LevenbergMarquardt().Prepare(c.Problem).Certify(c.Observation, c.Start));
    }

    private static double[,] Negated(double[,] a) => Dense.Times(a, Dense.Identity(a.GetLength(1), -1));

    private static LearnedCertificate Certify(ContractCase c, ReverseMap map) =>
        new DeceptronGradient { ReverseMap = map }.Prepare(c.Problem).Certify(c.Observation, c.Start);
}
