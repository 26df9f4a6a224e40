using Retrodict.Autodiff;
using Retrodict.Randomness;

namespace Retrodict.Learning.Tests.Training;

/// <summary>How trainings end: early, cancelled, out of time, at numbers that are not finite, at failures.</summary>
public class EndingTests
{
    private static readonly Trainer _trainer = new(Regression.Objective);

    [Fact]
    public void Patience_counts_validations_without_progress()
    {
        double[] script = [5, 4, 4.5, double.NaN, 3, 3, 3.5, 7, 1];
        int call = 0;
        var options = new TrainingOptions { Steps = 1000, ValidateEvery = 10, Patience = 3, Validation = _ => script[call++] };
        TrainingResult result = _trainer.Train(Regression.Start, Regression.Batches(), options);
        Assert.Equal(TrainingStatus.EarlyStopped, result.Status);
        Assert.Equal((70, 40L, 3.0), (result.Steps, result.BestStep!.Value, result.BestValidation!.Value));
        TrainingResult shorter = _trainer.Train(Regression.Start, Regression.Batches(), new TrainingOptions { Steps = 40 });
        Assert.Equal(shorter.Parameters, result.Parameters);
    }

    [Fact]
    public void A_cancelled_training_returns_the_best_so_far()
    {
        using var cancellation = new CancellationTokenSource();
        var options = new TrainingOptions { Steps = 1_000_000, ValidateEvery = 10, Validation = Regression.Validation() };
        var cancel = new Listener(progress =>
        {
            if (progress.Point.Step == 50)
            {
                cancellation.Cancel();
            }
        });
        TrainingResult result = _trainer.Train(Regression.Start, Regression.Batches(), options, cancel, cancellation.Token);
        Assert.Equal(TrainingStatus.Cancelled, result.Status);
        Assert.Equal(50, result.Steps);
        Assert.Equal(result.BestValidation!.Value, Regression.Validation()(result.Parameters));
        Assert.Equal([0L, 10, 20, 30, 40, 50], cancel.Heard.Select(progress => progress.Point.Step));
        Assert.All(cancel.Heard, progress => Assert.Equal(1_000_000, progress.Steps));
    }

    [Fact]
    public void A_time_limit_of_nothing_takes_no_step()
    {
        TrainingResult result = _trainer.Train(
            Regression.Start, Regression.Batches(), new TrainingOptions { Steps = 10, TimeLimit = TimeSpan.Zero });
        Assert.Equal(TrainingStatus.TimeLimit, result.Status);
        Assert.Equal(Regression.Start, result.Parameters);
    }

    [Fact]
    public void A_time_limit_ends_a_training_by_its_clock()
    {
        var clock = new StepClock();
        TrainingResult result = _trainer.Train(
            Regression.Start,
            Regression.Batches(),
            new TrainingOptions { Steps = 1000, TimeLimit = TimeSpan.FromSeconds(20), Clock = clock });
        Assert.Equal(TrainingStatus.TimeLimit, result.Status);
        Assert.InRange(result.Steps, 10, 20);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_loss_that_is_not_finite_is_a_status(float bad)
    {
        var options = new TrainingOptions { Steps = 100, ValidateEvery = 5, Validation = Regression.Validation() };
        TrainingResult result = _trainer.Train(Regression.Start, new Spoilt(32, bad), options);
        Assert.Equal(TrainingStatus.NonFinite, result.Status);
        Assert.Equal(32, result.Steps);
        Assert.All(result.LastParameters, parameter => Assert.True(float.IsFinite(parameter)));
        TrainingResult before = _trainer.Train(Regression.Start, new Spoilt(-1, 0), options with { Steps = 32 });
        Assert.Equal(before.LastParameters, result.LastParameters);
        Assert.Equal(result.BestValidation!.Value, Regression.Validation()(result.Parameters));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_failing_source_fails_the_training(bool ahead)
    {
        var options = new TrainingOptions { Steps = 100, Prefetch = ahead };
        Assert.Equal("step 17", Assert.Throws<IOException>(() => _trainer.Train(Regression.Start, new Failing(), options)).Message);
        Assert.Equal(TrainingStatus.Completed, _trainer.Train(Regression.Start, Regression.Batches(), options).Status);
    }

    [Fact]
    public void No_steps_return_the_start()
    {
        TrainingResult result = _trainer.Train(
            Regression.Start, Regression.Batches(), new TrainingOptions { Steps = 0, Validation = _ => 2 });
        Assert.Equal((TrainingStatus.Completed, 0L, 0L), (result.Status, result.Steps, result.BestStep!.Value));
        Assert.Equal(Regression.Start, result.Parameters);
    }

    [Fact]
    public void Mistakes_are_named()
    {
        Assert.Throws<ArgumentException>(() => _trainer.Train(new float[3], Regression.Batches(), new TrainingOptions { Steps = 1 }));
        Assert.Throws<ArgumentException>(
            () => _trainer.Train(Regression.Start, Regression.Batches(), new TrainingOptions { Steps = 1, Patience = 2 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TrainingOptions { Steps = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new TrainingOptions { Steps = 1, Averaging = 1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new TrainingOptions { Steps = 1, GradientClip = 0 });
        var missing = new SampleBatches(
            new EpochSampler(Regression.Samples, Regression.Batch, new RandomStream(0)), ("x", Regression.Inputs));
        Assert.Contains(
            "'y: [16, 1]'",
            Assert.Throws<KeyNotFoundException>(() => _trainer.Train(Regression.Start, missing, new TrainingOptions { Steps = 1 })).Message,
            StringComparison.Ordinal);
        Function vector = Function.Trace(x => x * 2, 3);
        Assert.Throws<ShapeException>(() => new TrainingObjective(vector, new ParameterLayout([])));
        Function scalar = Function.Trace(x => (x * x).Sum(), 3);
        Assert.Contains(
            "not an input",
            Assert.Throws<ArgumentException>(() => new TrainingObjective(scalar, Regression.Network.Parameters)).Message,
            StringComparison.Ordinal);
        var layout = new ParameterLayout([new Parameter("x", 4, Initializer.Constant())]);
        Assert.Contains(
            "another shape",
            Assert.Throws<ArgumentException>(() => new TrainingObjective(scalar, layout)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Every_sample_is_taken_once_in_a_pass_and_steps_can_be_asked_in_any_order()
    {
        var sampler = new EpochSampler(10, 4, new RandomStream(3));
        Assert.Equal(5, sampler.StepsFor(2));
        int[] taken = new int[20];
        for (int step = 0; step < 5; step++)
        {
            sampler.Fill(step, taken.AsSpan(step * 4, 4));
        }

        Assert.Equal(Enumerable.Range(0, 10), taken[..10].Order());
        Assert.Equal(Enumerable.Range(0, 10), taken[10..].Order());
        Assert.NotEqual(taken[..10], taken[10..]);
        var other = new EpochSampler(10, 4, new RandomStream(3));
        int[] again = new int[4];
        foreach (int step in new[] { 3, 0, 4, 2, 2 })
        {
            other.Fill(step, again);
            Assert.Equal(taken.AsSpan(step * 4, 4).ToArray(), again);
        }
    }

    private sealed class Spoilt(long at, float bad) : IBatchSource
    {
        private readonly SampleBatches _whole = Regression.Batches();

        public void Fill(long step, TrainingBatch batch)
        {
            _whole.Fill(step, batch);
            if (step == at)
            {
                batch["y"][3] = bad;
            }
        }
    }

    private sealed class Failing : IBatchSource
    {
        public void Fill(long step, TrainingBatch batch)
        {
            if (step == 17)
            {
                throw new IOException("step 17");
            }
        }
    }

    private sealed class Listener(Action<TrainingProgress> react) : IProgress<TrainingProgress>
    {
        public List<TrainingProgress> Heard { get; } = [];

        public void Report(TrainingProgress value)
        {
            Heard.Add(value);
            react(value);
        }
    }

    /// <summary>Every look at it is a second later.</summary>
    private sealed class StepClock : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => _now++;
    }
}
