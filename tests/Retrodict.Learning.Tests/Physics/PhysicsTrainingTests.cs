using Retrodict.Autodiff;
using Retrodict.Data;
using Retrodict.Randomness;

namespace Retrodict.Learning.Tests.Physics;

public sealed class PhysicsTrainingTests
{
    private static readonly HeadTraining _short = new() { Steps = 400, BatchSize = 32, ValidateEvery = 100 };

    private static readonly PhysicsTraining _quick = new()
    {
        Hidden = 8,
        Layers = 1,
        BasisSamples = 2000,
        ValidationSamples = 200,
        CalibrationSamples = 400,
        Estimate = _short,
        Gain = _short,
        Penalty = JacobianPenalty.Bayesian,
    };

    [Fact]
    public void A_linear_Gaussian_problem_is_learned_as_its_posterior_mean()
    {
        DeceptronModel model = DeceptronTrainer.Train(LinearGaussian.Learning, _quick with { BasisSamples = 20000 });
        double[] k = LinearGaussian.Gain();
        RandomStream random = new(3, "test");
        (double error, double spread) = (0, 0);
        for (int i = 0; i < 100; i++)
        {
            var x = new double[LinearGaussian.Unknowns];
            LinearGaussian.Draw(random.At(i), x);
            double[] y = LinearGaussian.Product(LinearGaussian.Matrix, x, LinearGaussian.Observations, LinearGaussian.Unknowns, 1);
            double[] expected = PosteriorMean(k, y);
            float[] learned = model.ReverseFunction.Compile<float>().Evaluate(Standardized(model, y))[0];
            for (int j = 0; j < x.Length; j++)
            {
                error += Square(learned[j] - expected[j]);
                spread += Square(expected[j] - LinearGaussian.Mean[j]);
            }
        }

        Assert.True(error < 2e-3 * spread, $"relative error {Math.Sqrt(error / spread):G3}");
    }

    [Fact]
    public void The_gain_head_of_a_linear_problem_has_the_Kalman_gain_as_its_Jacobian()
    {
        DeceptronModel model = DeceptronTrainer.Train(
            LinearGaussian.Learning, _quick with { BasisSamples = 20000, Gain = _short with { Steps = 1500, LearningRate = 5e-3 } });
        ReverseMap map = model.ToReverseMap();
        Assert.NotNull(map.Gain);
        double[] jacobian = map.Gain.Jacobian(map.Gain.Inputs[0].Name).Compile<double>().Evaluate(
            Standardized(model, [0.1, 0.2, 0.3]).Select(v => (double)v).ToArray())[0];
        double[] k = LinearGaussian.Gain();
        (double error, double size) = (0, 0);
        for (int i = 0; i < k.Length; i++)
        {
            double raw = jacobian[i] / model.ObservationDeviation[i % LinearGaussian.Observations];
            error += Square(raw - k[i]);
            size += Square(k[i]);
        }

        Assert.True(error < Square(0.05) * size, $"relative error {Math.Sqrt(error / size):G3}");
    }

    [Fact]
    public void What_the_gain_lowers_is_the_Bayesian_penalty_less_a_constant()
    {
        // E ‖J_g v - ξ‖² - E ‖J_g v - K v‖² is the same for every reverse map: E ‖K v - ξ‖² = tr(C - K A C).
        LearningProblem problem = LinearGaussian.Learning;
        var prior = new PriorDirections(LinearGaussian.Factor, [1, 1, 1, 1]);
        var architecture = new MlpArchitecture { Hidden = 6 };
        Network network = architecture.ReverseMap(problem.Shapes);
        const int Batch = 40000;
        Plan<float> conditional = PhysicsObjectives.Gain(
            problem, network, network.Parameters, null, prior, Batch).Function.Compile<float>();
        Plan<float> whole = Whole(problem, network, prior, Batch).Compile<float>();
        double constant = Floor() / (LinearGaussian.Unknowns * prior.MeanVariance);
        for (int which = 0; which < 4; which++)
        {
            float[] parameters = network.Initialize(new RandomStream((ulong)which, "weights"));
            double Run(Plan<float> plan)
            {
                using Workspace<float> workspace = plan.Rent();
                foreach (Parameter parameter in network.Parameters.Parameters)
                {
                    network.Parameters.Window(parameter.Name, (ReadOnlySpan<float>)parameters).CopyTo(workspace.Input(parameter.Name));
                }

                Span<float> x = workspace.Input(PhysicsObjectives.Unknown);
                var one = new double[LinearGaussian.Unknowns];
                for (int i = 0; i < Batch; i++)
                {
                    LinearGaussian.Draw(new RandomStream(5, "x").At(i), one);
                    for (int j = 0; j < one.Length; j++)
                    {
                        x[(i * one.Length) + j] = (float)one[j];
                    }
                }

                new RandomStream(5, "noise").FillNormal(workspace.Input(PhysicsObjectives.Noise));
                new RandomStream(5, "probe").FillNormal(workspace.Input(PhysicsObjectives.Probe));
                workspace.Run();
                return workspace.Output(0)[0];
            }

            double loss = Run(conditional);
            double samplingError = 2 * Math.Sqrt(loss * constant / Batch);
            Assert.Equal(constant, Run(whole) - loss, 4 * samplingError);
            Assert.True(4 * samplingError < 0.02 * loss);
        }
    }

    [Theory]
    [InlineData(JacobianPenalty.None)]
    [InlineData(JacobianPenalty.Plain)]
    [InlineData(JacobianPenalty.Bayesian)]
    public void The_same_seed_gives_the_same_bits_and_another_seed_others(JacobianPenalty penalty)
    {
        PhysicsTraining training = _quick with
        {
            Penalty = penalty,
            Estimate = _short with { Steps = 60 },
            Gain = _short with { Steps = 60 },
        };
        DeceptronModel first = DeceptronTrainer.Train(LinearGaussian.Learning, training);
        DeceptronModel second = DeceptronTrainer.Train(LinearGaussian.Learning, training);
        DeceptronModel other = DeceptronTrainer.Train(LinearGaussian.Learning, training with { Seed = 8 });
        Assert.Equal(first.ReverseParameters.ToArray(), second.ReverseParameters.ToArray());
        Assert.Equal(first.GainParameters?.ToArray(), second.GainParameters?.ToArray());
        Assert.Equal(first.Errors!.Components, second.Errors!.Components);
        Assert.Equal(penalty == JacobianPenalty.Bayesian, first.GainParameters is not null);
        Assert.NotEqual(first.ReverseParameters.ToArray(), other.ReverseParameters.ToArray());
    }

    [Fact]
    public void A_cancelled_training_goes_on_from_its_checkpoint_to_the_same_bits()
    {
        using var folder = new TemporaryFolder();
        PhysicsTraining training = _quick with { Estimate = _short with { ValidateEvery = 20 }, Gain = _short with { Steps = 60 } };
        DeceptronModel whole = DeceptronTrainer.Train(LinearGaussian.Learning, training);
        training = training with { Checkpoint = folder["model.checkpoint"], Resume = true };
        foreach (int stop in (int[])[40, 200, 430])
        {
            using var cancellation = new CancellationTokenSource();
            int steps = 0;
            var progress = new Synchronous(p =>
            {
                steps = (int)p.Point.Step + (p.StageNumber == 2 ? 400 : 0);
                if (steps >= stop)
                {
                    cancellation.Cancel();
                }
            });
            Assert.ThrowsAny<OperationCanceledException>(
                () => DeceptronTrainer.Train(LinearGaussian.Learning, training, progress, cancellation.Token));
        }

        DeceptronModel resumed = DeceptronTrainer.Train(LinearGaussian.Learning, training);
        Assert.Equal(whole.ReverseParameters.ToArray(), resumed.ReverseParameters.ToArray());
        Assert.Equal(whole.GainParameters!.Value.ToArray(), resumed.GainParameters!.Value.ToArray());
        Assert.Equal(["model.checkpoint.estimate", "model.checkpoint.gain"], folder.Files);
        Assert.Contains("seed", Refused(LinearGaussian.Learning, training with { Seed = 8 }), StringComparison.Ordinal);
        Assert.Contains("first step", Refused(LinearGaussian.Learning, training with { BasisSamples = 300 }), StringComparison.Ordinal);
        var half = new LearningProblem(
            LinearGaussian.Learning.Name,
            LinearGaussian.Learning.Problem,
            (random, x) =>
            {
                LinearGaussian.Learning.Sampler(random, x);
                x[0] /= 2;
            });
        Assert.Contains("first step", Refused(half, training), StringComparison.Ordinal);
        training.DeleteCheckpoint();
        Assert.Empty(folder.Files);

        static string Refused(LearningProblem problem, PhysicsTraining training) =>
            Assert.Throws<DataFormatException>(() => DeceptronTrainer.Train(problem, training)).Message;
    }

    [Fact]
    public void A_model_without_derivatives_can_be_learned_and_a_fixed_set_of_unknowns_is_enough()
    {
        var external = new ExternalModel
        {
            Name = "cube root of a sum",
            Input = 2,
            Output = 3,
            Evaluate = (x, y) => (y[0], y[1], y[2]) = (x[0] + x[1], x[0] - x[1], Math.Cbrt(x[0])),
        };
        var samples = new double[2 * 500];
        new RandomStream(1, "samples").FillUniform(samples, 0.5, 2);
        var problem = new LearningProblem(
            "external", new InverseProblem(external.Apply, 2) { Noise = 0.01, Bounds = new Box(0.5, 2) }, samples);
        DeceptronModel model = DeceptronTrainer.Train(problem, _quick with { Penalty = JacobianPenalty.None });
        Plan<float> g = model.ReverseFunction.Compile<float>();
        float[] estimate = g.Evaluate(Standardized(model, [1.7, 0.3, Math.Cbrt(1)]))[0];
        Assert.Equal(1, estimate[0], 0.05);
        Assert.Equal(0.7, estimate[1], 0.05);
    }

    [Fact]
    public void A_loss_that_is_not_finite_is_said_with_the_step()
    {
        var problem = new LearningProblem(
            "infinite", new InverseProblem(x => Value.Exp(x * 1e3), 2), (random, x) => x.Fill(1 + random.NextDouble()))
        {
            ObservationMean = [0, 0],
            ObservationDeviation = [1, 1],
        };
        TrainingException e = Assert.Throws<TrainingException>(
            () => DeceptronTrainer.Train(problem, _quick with { Architecture = new MlpArchitecture(), Penalty = JacobianPenalty.None }));
        Assert.Contains("step 0", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Masks_and_losses_are_refused()
    {
        InverseProblem problem = LinearGaussian.Problem;
        Assert.Throws<ArgumentException>(
            () => new LearningProblem("masked", problem with { Observed = [true, false, true] }, LinearGaussian.Draw));
        Assert.Throws<ArgumentException>(() => new LearningProblem("few", problem, new double[4]));
        Assert.Throws<ArgumentException>(() => new LearningProblem("odd", problem, new double[9]));
    }

    private static Function Whole(LearningProblem problem, Network network, PriorDirections prior, int batch)
    {
        (int n, int m, int r) = (problem.Shapes.Unknowns, problem.Shapes.Observations, prior.Count);
        Function jvp = problem.Standardized().Jvp("x");
        Function tangent = network.Function.Jvp(Network.InputName);
        Function sample = Function.Trace(
            [.. network.Parameters.Inputs, (PhysicsObjectives.Unknown, n), (PhysicsObjectives.Noise, m), (PhysicsObjectives.Probe, r)],
            values =>
            {
                Value probe = Value.MatMul(values[PhysicsObjectives.Probe], Value.Constant(prior.Columns, [r, n]));
                Value[] pushed = jvp.Apply(values[PhysicsObjectives.Unknown], probe);
                Value v = pushed[1] + problem.StandardizedNoise(values[PhysicsObjectives.Noise]);
                Value pulled = tangent.Apply([.. network.Parameters.Inputs.Select(input => values[input.Name]), pushed[0], v])[^1];
                return [("loss", Value.Square(pulled - probe).Mean() * (1 / prior.MeanVariance))];
            });
        return TrainingObjective.MeanOverBatch(sample, batch, network.Parameters).Function;
    }

    /// <summary>tr(C - K A C).</summary>
    private static double Floor()
    {
        const int N = LinearGaussian.Unknowns;
        double[] applied = LinearGaussian.Product(LinearGaussian.Gain(), LinearGaussian.Matrix, N, LinearGaussian.Observations, N);
        double trace = 0;
        for (int i = 0; i < N; i++)
        {
            for (int j = 0; j < N; j++)
            {
                double covariance = Enumerable.Range(0, N).Sum(
                    k => LinearGaussian.Factor[(i * N) + k] * LinearGaussian.Factor[(j * N) + k]);
                trace += ((i == j ? 1 : 0) - applied[(i * N) + j]) * covariance;
            }
        }

        return trace;
    }

    private static float[] Standardized(DeceptronModel model, double[] y) =>
        [.. y.Select((value, i) => (float)((value - model.ObservationMean[i]) / model.ObservationDeviation[i]))];

    private static double[] PosteriorMean(double[] k, double[] y)
    {
        double[] center = LinearGaussian.Product(
            LinearGaussian.Matrix, LinearGaussian.Mean, LinearGaussian.Observations, LinearGaussian.Unknowns, 1);
        double[] correction = LinearGaussian.Product(
            k, [.. y.Select((value, i) => value - center[i])], LinearGaussian.Unknowns, LinearGaussian.Observations, 1);
        return [.. correction.Select((value, i) => value + LinearGaussian.Mean[i])];
    }

    private static double Square(double x) => x * x;
}
