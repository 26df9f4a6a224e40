using Retrodict.Data;

namespace Retrodict.Learning.Tests.Training;

/// <summary>Trainings that are killed and go on.</summary>
public class CheckpointTests
{
    private static readonly Trainer _trainer = new(Regression.Objective);

    [Fact]
    public void A_training_killed_anywhere_goes_on_to_the_same_bits()
    {
        using var folder = new TemporaryFolder();
        TrainingOptions plain = Options();
        TrainingResult expected = _trainer.Train(Regression.Start, Regression.Batches(), plain);
        for (int every = 1; every <= 9; every += 4)
        {
            for (int kill = 1; kill <= 40; kill += every == 5 ? 1 : 7)
            {
                string path = folder[$"{every}-{kill}"];
                var options = plain with { Checkpoint = path, CheckpointEvery = every, Resume = true };
                Assert.Throws<OperationCanceledException>(() => _trainer.Train(Regression.Start, new Killer(kill), options));
                AssertSame(expected, _trainer.Train(Regression.Start, Regression.Batches(), options));
            }
        }
    }

    [Fact]
    public void A_cancelled_training_goes_on_from_where_it_was()
    {
        using var folder = new TemporaryFolder();
        TrainingResult expected = _trainer.Train(Regression.Start, Regression.Batches(), Options());
        TrainingOptions options = Options() with { Checkpoint = folder["state"], Resume = true };
        long steps = 0;
        for (int turns = 1; ; turns++)
        {
            using var cancellation = new CancellationTokenSource();
            TrainingResult part = _trainer.Train(
                Regression.Start, new Canceller(cancellation, steps + 6), options with { Prefetch = false }, null, cancellation.Token);
            Assert.True(part.Steps > steps || part.Status == TrainingStatus.Completed);
            steps = part.Steps;
            if (part.Status == TrainingStatus.Completed)
            {
                Assert.InRange(turns, 4, 12);
                AssertSame(expected, part);
                break;
            }
        }
    }

    [Fact]
    public void A_finished_training_is_not_trained_again()
    {
        using var folder = new TemporaryFolder();
        TrainingOptions options = Options() with { Checkpoint = folder["state"], Resume = true };
        TrainingResult first = _trainer.Train(Regression.Start, Regression.Batches(), options);
        AssertSame(first, _trainer.Train(Regression.Start, new Killer(1), options with { Prefetch = false }));
        Assert.Equal(["state"], folder.Files);
    }

    [Fact]
    public void Without_resume_the_file_is_replaced()
    {
        using var folder = new TemporaryFolder();
        TrainingOptions options = Options() with { Checkpoint = folder["state"] };
        TrainingResult first = _trainer.Train(Regression.Start, Regression.Batches(), options);
        AssertSame(first, _trainer.Train(Regression.Start, Regression.Batches(), options));
    }

    [Fact]
    public void A_checkpoint_of_another_training_is_refused()
    {
        using var folder = new TemporaryFolder();
        TrainingOptions options = Options() with { Checkpoint = folder["state"], Resume = true };
        _trainer.Train(Regression.Start, Regression.Batches(), options);
        Refuse("options", options with { Steps = 42 });
        Refuse("options", options with { Optimizer = new Adam { LearningRate = 0.02 } });
        Refuse("options", options with { Averaging = null });
        Refuse("the seed", options with { Identity = new Dictionary<string, string> { ["seed"] = "8" } });
        float[] start = [.. Regression.Start];
        start[0] += 0.01f;
        Assert.Contains("first step", Refused(start, Regression.Batches(), options), StringComparison.Ordinal);
        Assert.Contains("first step", Refused(Regression.Start, Regression.Batches(seed: 8), options), StringComparison.Ordinal);
        File.WriteAllBytes(folder["state"], File.ReadAllBytes(folder["state"])[..^1]);
        Refuse("bytes", options);
        File.WriteAllText(folder["state"], "something else");
        Refuse("header", options);

        void Refuse(string part, TrainingOptions other) =>
            Assert.Contains(part, Refused(Regression.Start, Regression.Batches(), other), StringComparison.Ordinal);

        static string Refused(float[] start, IBatchSource batches, TrainingOptions other) =>
            Assert.Throws<DataFormatException>(() => _trainer.Train(start, batches, other)).Message;
    }

    [Fact]
    public void Only_the_options_that_differ_are_named()
    {
        using var folder = new TemporaryFolder();
        TrainingOptions options = Options() with { Checkpoint = folder["state"], Resume = true };
        _trainer.Train(Regression.Start, Regression.Batches(), options);
        string message = Assert.Throws<DataFormatException>(
            () => _trainer.Train(Regression.Start, Regression.Batches(), options with { Steps = 42 })).Message;
        Assert.Contains("there is 'steps 41', of this training it is 'steps 42'", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_checkpoint_is_refused_and_nothing_else_happens()
    {
        using var folder = new TemporaryFolder();
        TrainingOptions options = Options() with { Checkpoint = folder["state"], Resume = true };
        using var cancellation = new CancellationTokenSource();
        TrainingResult whole = _trainer.Train(Regression.Start, Regression.Batches(), Options());
        _trainer.Train(
            Regression.Start, new Canceller(cancellation, 20), options with { Prefetch = false }, null, cancellation.Token);
        byte[] content = File.ReadAllBytes(folder["state"]);
        var random = new Random(3);
        int refused = 0;
        for (int trial = 0; trial < 300; trial++)
        {
            byte[] damaged = [.. content];
            damaged[random.Next(trial % 2 == 0 ? 2000 : damaged.Length)] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(folder["state"], damaged);
            try
            {
                AssertSame(whole, _trainer.Train(Regression.Start, Regression.Batches(), options));
            }
            catch (DataFormatException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 200, 300);
    }

    [Theory]
    [InlineData(0, 99L, "the step is 99")]
    [InlineData(0, -1L, "the step is -1")]
    [InlineData(1, 3L, "the optimizer's step is 3")]
    [InlineData(2, 40L, "the best step is 40")]
    [InlineData(3, -2L, "since the best is -2")]
    [InlineData(4, 9L, "since the last point is 9")]
    public void Impossible_counters_are_named(int counter, long value, string message)
    {
        using var folder = new TemporaryFolder();
        TrainingOptions options = Options() with { Checkpoint = folder["state"], Resume = true };
        using var cancellation = new CancellationTokenSource();
        _trainer.Train(
            Regression.Start, new Canceller(cancellation, 20), options with { Prefetch = false }, null, cancellation.Token);
        SafetensorsFile file = SafetensorsFile.Read(folder["state"]);
        long[] counters = file["counters"].ToInt64();
        counters[counter] = value;
        SafetensorsTensor[] tensors =
            [.. file.Tensors.Select(t => t.Name == "counters" ? new SafetensorsTensor("counters", [5], (ReadOnlySpan<long>)counters) : t)];
        var metadata = new Dictionary<string, string>(file.Metadata) { ["checksum"] = TrainingCheckpoint.Checksum(tensors) };
        new SafetensorsFile(tensors, metadata).Write(folder["state"]);
        Assert.Contains(
            message,
            Assert.Throws<DataFormatException>(() => _trainer.Train(Regression.Start, Regression.Batches(), options)).Message,
            StringComparison.Ordinal);
    }

    private static TrainingOptions Options() => new()
    {
        Steps = 41,
        Optimizer = new Adam { LearningRate = 0.01, WeightDecay = 1e-4 },
        Schedule = LearningRateSchedule.Cosine(warmUp: 3),
        GradientClip = 0.5,
        Averaging = 0.8, Validation = Regression.Validation(), ValidateEvery = 4,
    };

    private static void AssertSame(TrainingResult expected, TrainingResult actual)
    {
        Assert.Equal(expected.Status, actual.Status);
        Assert.Equal(expected.Steps, actual.Steps);
        Assert.Equal(expected.LastParameters, actual.LastParameters);
        Assert.Equal(expected.Parameters, actual.Parameters);
        Assert.Equal(expected.BestStep, actual.BestStep);
        Assert.Equal(expected.History.Select(Row), actual.History.Select(Row));

        static (long, double, double, double?, double) Row(TrainingPoint point) =>
            (point.Step, point.Loss, point.GradientNorm, point.Validation, point.Terms[0]);
    }

    /// <summary>Ends a training from within, as a killed process would end: nothing is written any more.</summary>
    private sealed class Killer(long at) : IBatchSource
    {
        private readonly SampleBatches _whole = Regression.Batches();

        public void Fill(long step, TrainingBatch batch)
        {
            if (step == at)
            {
                throw new OperationCanceledException();
            }

            _whole.Fill(step, batch);
        }
    }

    private sealed class Canceller(CancellationTokenSource cancellation, long at) : IBatchSource
    {
        private readonly SampleBatches _whole = Regression.Batches();

        public void Fill(long step, TrainingBatch batch)
        {
            if (step == at)
            {
                cancellation.Cancel();
            }

            _whole.Fill(step, batch);
        }
    }
}
