using Retrodict.Autodiff;
using Retrodict.Randomness;

namespace Retrodict.Learning.Tests.Training;

public class TrainerTests
{
    private static readonly Trainer _trainer = new(Regression.Objective);

    [Fact]
    public void A_network_learns_a_function()
    {
        var options = new TrainingOptions
        {
            Steps = 3000, Optimizer = new Adam { LearningRate = 0.01 }, Schedule = LearningRateSchedule.Cosine(), GradientClip = 5,
            Validation = Regression.Validation(),
        };
        TrainingResult result = _trainer.Train(Regression.Start, Regression.Batches(), options);
        Assert.Equal(TrainingStatus.Completed, result.Status);
        Assert.Equal(3000, result.Steps);
        Assert.Equal(31, result.History.Count);
        Assert.True(double.IsNaN(result.History[0].Loss));
        Assert.InRange(result.History[0].Validation!.Value, 0.05, 2);
        Assert.InRange(result.BestValidation!.Value, 0, 2e-3);
        Assert.Equal(result.BestValidation, result.History.Min(point => point.Validation));
        Assert.Equal(result.BestStep, result.History.First(point => point.Validation == result.BestValidation).Step);
        Assert.Equal(result.BestValidation!.Value, Regression.Validation()(result.Parameters));
        double error = result.History[^1].Terms[0];
        Assert.InRange(error, 1e-4, Math.Sqrt(result.History[^1].Loss));
    }

    /// <summary>
    /// For a linear least-squares problem in full batches the gradient is known, so gradient descent can be followed by hand.
    /// </summary>
    [Fact]
    public void Steps_follow_the_gradient_of_the_objective()
    {
        var network = new Network("a", 2, new Affine(2, 1));
        Function sample = Function.Trace(
            [.. network.Parameters.Inputs, ("x", 2), ("y", 1)],
            inputs => [("loss", (network.Apply(inputs, inputs["x"]) - inputs["y"] is var r ? r * r : r).Sum())]);
        float[] x = [1, 2, -1, 0.5f, 0, 1], y = [1, -1, 2], start = [0.1f, -0.2f, 0.3f];
        var batches = new SampleBatches(new EpochSampler(3, 3, new RandomStream(0)), ("x", x), ("y", y));
        var options = new TrainingOptions { Steps = 25, Optimizer = new Sgd { Momentum = 0, LearningRate = 0.05 } };
        TrainingResult result = new Trainer(TrainingObjective.MeanOverBatch(sample, 3, network.Parameters)).Train(start, batches, options);
        double[] p = [.. start.Select(e => (double)e)];
        for (int step = 0; step < 25; step++)
        {
            double[] g = new double[3];
            for (int i = 0; i < 3; i++)
            {
                double r = (p[0] * x[2 * i]) + (p[1] * x[(2 * i) + 1]) + p[2] - y[i];
                (g[0], g[1], g[2]) = (g[0] + (2 * r * x[2 * i] / 3), g[1] + (2 * r * x[(2 * i) + 1] / 3), g[2] + (2 * r / 3));
            }

            p = [.. p.Select((e, i) => e - (0.05 * g[i]))];
        }

        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(p[i], result.Parameters[i], 2e-6);
        }
    }

    [Fact]
    public void Frozen_parameters_stay_and_only_the_others_are_trained()
    {
        var f = new Network("f", 1, new Affine(1, 1));
        var g = new Network("g", 1, new Affine(1, 1));
        Function sample = Function.Trace(
            [.. g.Parameters.Inputs, .. f.Parameters.Inputs, ("x", 1)],
            inputs => [("loss", Value.Square(g.Apply(inputs, f.Apply(inputs, inputs["x"])) - inputs["x"]).Sum())]);
        float[] frozen = [4, -2];
        TrainingObjective objective = TrainingObjective.MeanOverBatch(sample, 4, g.Parameters, new FrozenParameters(f.Parameters, frozen));
        Assert.Equal(["x"], objective.Data.Select(data => data.Name));
        var batches = new SampleBatches(new EpochSampler(8, 4, new RandomStream(0)), ("x", [-2, -1, -0.5f, 0, 0.25f, 0.5f, 1, 2]));
        TrainingResult result = new Trainer(objective).Train(
            [0, 0],
            batches,
            new TrainingOptions { Steps = 4000, Optimizer = new Adam { LearningRate = 0.02 }, Schedule = LearningRateSchedule.Cosine() });
        Assert.Equal(0.25, result.Parameters[0], 1e-3);
        Assert.Equal(0.5, result.Parameters[1], 1e-3);
        Assert.Equal([4f, -2f], frozen);
    }

    [Fact]
    public void Results_have_the_same_bits_for_any_threads_and_with_or_without_batches_ahead()
    {
        var options = new TrainingOptions
        {
            Steps = 300,
            Averaging = 0.99,
            GradientClip = 0.2,
            Validation = Regression.Validation(),
            ValidateEvery = 30,
        };
        TrainingResult expected = _trainer.Train(Regression.Start, Regression.Batches(), options);
        using var two = new ThreadTeam(2);
        foreach (ThreadTeam team in new[] { ThreadTeam.SingleThread, two })
        {
            var trainer = new Trainer(Regression.Objective, new PlanOptions { Team = team });
            foreach (bool ahead in new[] { false, true })
            {
                AssertSame(expected, trainer.Train(Regression.Start, Regression.Batches(), options with { Prefetch = ahead }));
            }
        }

        Assert.NotEqual(expected.LastParameters, _trainer.Train(Regression.Start, Regression.Batches(8), options).LastParameters);
    }

    [Fact]
    public void The_average_is_validated_and_returned()
    {
        List<float[]> seen = [];
        var options = new TrainingOptions
        {
            Steps = 3, Averaging = 0.5, ValidateEvery = 1, Optimizer = new Sgd { LearningRate = 0.1 },
            Validation = parameters =>
            {
                seen.Add(parameters.ToArray());
                return -seen.Count;
            },
        };
        TrainingResult result = _trainer.Train(Regression.Start, Regression.Batches(), options);
        List<float[]> plain = [];
        _trainer.Train(Regression.Start, Regression.Batches(), options with
        {
            Averaging = null,
            Validation = parameters =>
            {
                plain.Add(parameters.ToArray());
                return 0;
            },
        });
        float[] average = [.. Regression.Start];
        for (int step = 1; step <= 3; step++)
        {
            double decay = Math.Min(0.5, (1.0 + step) / (10.0 + step));
            average = [.. average.Select((a, i) => (float)(a + ((1 - decay) * (plain[step][i] - a))))];
            for (int i = 0; i < average.Length; i++)
            {
                Assert.Equal(average[i], seen[step][i], 1e-6f);
            }
        }

        Assert.Equal(seen[3], result.Parameters);
        Assert.Equal(plain[3], result.LastParameters);
    }

    [Fact]
    public void Warm_steps_allocate_nothing_on_either_thread()
    {
        foreach (bool ahead in new[] { false, true })
        {
            // Called on the training thread alone where nothing is filled ahead.
            var watch = new AllocationWatch(400);
            var options = new TrainingOptions
            {
                Steps = 400,
                ValidateEvery = 1000,
                Averaging = 0.9,
                GradientClip = 1,
                Prefetch = ahead,
                Optimizer = new Adam { DecoupledWeightDecay = true },
            };
            _trainer.Train(Regression.Start, watch, options);
            foreach (int thread in watch.Threads.Distinct())
            {
                long[] allocated = [.. watch.Allocated.Where((_, step) => step >= 20 && watch.Threads[step] == thread)];
                Assert.All(allocated, bytes => Assert.Equal(allocated[0], bytes));
            }
        }

        // With batches ahead the training thread itself is measured by trainings of two lengths.
        Assert.Equal(Bytes(100), Bytes(1000));

        static long Bytes(int steps)
        {
            long least = long.MaxValue;
            for (int round = 0; round < 3; round++)
            {
                var watch = new AllocationWatch(1000);
                var options = new TrainingOptions { Steps = steps, ValidateEvery = 10_000 };
                long before = GC.GetAllocatedBytesForCurrentThread();
                _trainer.Train(Regression.Start, watch, options);
                least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            }

            return least;
        }
    }

    private static void AssertSame(TrainingResult expected, TrainingResult actual)
    {
        Assert.Equal(expected.LastParameters, actual.LastParameters);
        Assert.Equal(expected.Parameters, actual.Parameters);
        Assert.Equal(expected.BestStep, actual.BestStep);
        Assert.Equal(
            expected.History.Select(point => (point.Step, point.Loss, point.GradientNorm, point.Validation, point.Terms[0])),
            actual.History.Select(point => (point.Step, point.Loss, point.GradientNorm, point.Validation, point.Terms[0])));
    }

    /// <summary>Data without allocations, which notes what the filling thread has allocated so far.</summary>
    private sealed class AllocationWatch(int steps) : IBatchSource
    {
        public long[] Allocated { get; } = new long[steps];

        public int[] Threads { get; } = new int[steps];

        public void Fill(long step, TrainingBatch batch)
        {
            Threads[step] = Environment.CurrentManagedThreadId;
            batch["x"].Fill(0.01f * step % 1);
            batch["y"].Fill(0.5f);
            Allocated[step] = GC.GetAllocatedBytesForCurrentThread();
        }
    }
}
