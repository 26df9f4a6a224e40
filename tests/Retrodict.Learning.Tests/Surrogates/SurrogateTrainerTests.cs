using Retrodict.Autodiff;
using Retrodict.Data;
using Retrodict.Randomness;

namespace Retrodict.Learning.Tests.Surrogates;

public class SurrogateTrainerTests
{
    private const int N = 3;

    private static readonly SurrogateTraining _short = new()
    {
        Stages = SurrogateTraining.ThreeStages([6, 6, 6], [0.02, 0.02, 0.01]), BatchSize = 16, PenaltySamples = 4,
    };

    private static readonly SurrogateTraining _joint = new()
    {
        Architecture = new AffineArchitecture(),
        Stages = [new SurrogateStage("joint", TrainedMaps.Both, 10, 1e-3, new SurrogateLosses()) { Ramp = new PenaltyRamp() }],
        BatchSize = 16,
        GaussianProbes = true,
    };

    [Fact]
    public void A_short_training_lowers_the_loss_of_every_stage()
    {
        var heard = new List<TrainingProgress>();
        SurrogateTrainer.Train(Pairs(1), Pairs(2), _short, new Listener(heard));
        Assert.Equal(["forward", "reverse", "penalty"], heard.Select(entry => entry.Stage).Distinct());
        foreach (IGrouping<string, TrainingProgress> stage in heard.GroupBy(entry => entry.Stage))
        {
            double[] validation = [.. stage.Select(entry => entry.Point.Validation!.Value)];
            Assert.Equal(7, validation.Length);
            Assert.True(
                validation.Min() < (stage.Key == "penalty" ? 0.999 : 0.8) * validation[0], $"{stage.Key}: {string.Join(", ", validation)}");
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits_and_another_does_not()
    {
        ReadOnlyMemory<float> first = SurrogateTrainer.Train(Pairs(1), Pairs(2), _short).ReverseParameters;
        Assert.Equal(first.ToArray(), SurrogateTrainer.Train(Pairs(1), Pairs(2), _short).ReverseParameters.ToArray());
        Assert.NotEqual(first.ToArray(), SurrogateTrainer.Train(Pairs(1), Pairs(2), _short with { Seed = 8 }).ReverseParameters.ToArray());
        Assert.Equal(
            SurrogateTrainer.Train(Pairs(1), Pairs(2), _joint).ReverseParameters.ToArray(),
            SurrogateTrainer.Train(Pairs(1), Pairs(2), _joint).ReverseParameters.ToArray());
    }

    [Theory]
    [InlineData(false, new[] { 3, 11, 20 })]
    [InlineData(true, new[] { 2, 7 })]
    public void A_cancelled_training_goes_on_from_its_checkpoint_to_the_same_bits(bool joint, int[] stops)
    {
        using var folder = new TemporaryFolder();
        SurrogateTraining training = joint ? _joint : _short;
        DeceptronModel whole = SurrogateTrainer.Train(Pairs(1), Pairs(2), training);
        training = training with { Checkpoint = folder["model.checkpoint"], Resume = true };
        foreach (int stop in stops)
        {
            using var cancellation = new CancellationTokenSource();
            int reports = 0;
            var progress = new Synchronous(p =>
            {
                reports = ((p.StageNumber - 1) * 7) + (int)(p.Point.Step * (joint ? 10 : 6) / Math.Max(p.Steps, 1));
                if (reports >= stop)
                {
                    cancellation.Cancel();
                }
            });
            Assert.ThrowsAny<OperationCanceledException>(
                () => SurrogateTrainer.Train(Pairs(1), Pairs(2), training, progress, cancellation.Token));
        }

        DeceptronModel resumed = SurrogateTrainer.Train(Pairs(1), Pairs(2), training);
        Assert.Equal(whole.ReverseParameters.ToArray(), resumed.ReverseParameters.ToArray());
        Assert.Equal(whole.ForwardParameters!.Value.ToArray(), resumed.ForwardParameters!.Value.ToArray());
        Assert.Equal(training.Stages.Count, training.CheckpointFiles.Count);
        Assert.Throws<DataFormatException>(() => SurrogateTrainer.Train(Pairs(3), Pairs(2), training));
        training.DeleteCheckpoint();
        Assert.Empty(folder.Files);
    }

    [Fact]
    public void Later_stages_leave_the_forward_map_and_the_first_the_reverse_map()
    {
        SurrogateTraining one = _short with { Stages = [_short.Stages[0]] };
        DeceptronModel forward = SurrogateTrainer.Train(Pairs(1), Pairs(2), one);
        DeceptronModel all = SurrogateTrainer.Train(Pairs(1), Pairs(2), _short);
        DeceptronModel none = SurrogateTrainer.Train(Pairs(1), Pairs(2), one with { Stages = [_short.Stages[0] with { Epochs = 0 }] });
        Assert.Equal(forward.ForwardParameters!.Value.ToArray(), all.ForwardParameters!.Value.ToArray());
        Assert.NotEqual(none.ForwardParameters!.Value.ToArray(), all.ForwardParameters!.Value.ToArray());
        Assert.Equal(none.ReverseParameters.ToArray(), forward.ReverseParameters.ToArray());
        Assert.NotEqual(none.ReverseParameters.ToArray(), all.ReverseParameters.ToArray());
    }

    [Fact]
    public void Ablations_leave_out_what_they_say()
    {
        AssertLosses(SurrogateAblation.JacobianComposition, losses => losses with { JacobianComposition = 0 });
        AssertLosses(SurrogateAblation.Compositions, losses => losses with { JacobianComposition = 0, Composition = 0 });
        AssertLosses(SurrogateAblation.Reconstruction, losses => losses with { Reconstruction = 0 });
        AssertLosses(SurrogateAblation.Cycle, losses => losses with { Cycle = 0 });
        Assert.True(_joint.Without(SurrogateAblation.UntiedWeights).Tied);
        Assert.Same(_joint, _joint.Without(SurrogateAblation.None));

        static void AssertLosses(SurrogateAblation ablation, Func<SurrogateLosses, SurrogateLosses> change)
        {
            Assert.Equal(
                _joint.Stages.Select(stage => change(stage.Losses)), _joint.Without(ablation).Stages.Select(stage => stage.Losses));
            Assert.Equal(
                _short.Stages.Select(stage => change(stage.Losses)), _short.Without(ablation).Stages.Select(stage => stage.Losses));
        }
    }

    [Fact]
    public void Tied_weights_stay_tied()
    {
        DeceptronModel model = SurrogateTrainer.Train(Pairs(1), Pairs(2), _joint.Without(SurrogateAblation.UntiedWeights));
        ReadOnlySpan<float> w = model.ForwardParameters!.Value.Span, v = model.ReverseParameters.Span;
        for (int i = 0; i < N * N; i++)
        {
            Assert.Equal(w[i], v[(i % N * N) + (i / N)]);
        }
    }

    [Fact]
    public void The_affine_module_begins_with_a_fit_and_its_regularized_inverse()
    {
        SurrogateTraining start = _joint with { Stages = [_joint.Stages[0] with { Epochs = 0 }] };
        DeceptronModel model = SurrogateTrainer.Train(Pairs(1, bend: 0), Pairs(2, bend: 0), start);

        // y is affine in x, so that f is exact, and g nearly its inverse.
        Assert.True(model.CompositionError(Pairs(2).Unknowns) < 1e-4);
        using Workspace<double> forward = model.ForwardFunction.Compile<double>().Rent();
        PairedData pairs = Pairs(2, bend: 0);
        for (int i = 0; i < pairs.Count; i++)
        {
            pairs.Unknowns.Slice(i * N, N).CopyTo(forward.Input(0));
            forward.Run();
            for (int j = 0; j < N; j++)
            {
                Assert.Equal(pairs.Observations[(i * N) + j], forward.Output(0)[j], 1e-5);
            }
        }

        Assert.NotEqual(
            model.ForwardParameters!.Value.ToArray(),
            SurrogateTrainer.Train(
                Pairs(1, bend: 0), Pairs(2, bend: 0), start with { RidgeStart = false }).ForwardParameters!.Value.ToArray());
    }

    [Fact]
    public void Models_are_kept_in_files_with_both_maps()
    {
        using var folder = new TemporaryFolder();
        DeceptronModel model = SurrogateTrainer.Train(Pairs(1), Pairs(2), _short);
        model.Save(folder["model"]);
        DeceptronModel read = DeceptronModel.Load(folder["model"]);
        Assert.Equal(model.ForwardParameters!.Value.ToArray(), read.ForwardParameters!.Value.ToArray());
        Assert.Equal(model.ReverseParameters.ToArray(), read.ReverseParameters.ToArray());
        Assert.Equal("surrogate", read.Training["mode"]);
        Assert.NotNull(read.Errors);
        Assert.NotNull(read.Calibration?.CompositionThreshold);
    }

    [Fact]
    public void What_contradicts_itself_is_refused()
    {
        PairedData line = new("line", new ModelShapes(4, 4), new double[16], new double[16]);
        Refused(
            "spectral",
            () => SurrogateTrainer.Train(line, line, _short with { Architecture = new ResidualConvolutionArchitecture(1, 2, 1) }));
        Refused("tied", () => SurrogateTrainer.Train(Pairs(1), Pairs(2), _short with { Tied = true }));
        Refused("shapes", () => SurrogateTrainer.Train(Pairs(1), line, _short));
        Refused(
            "not all 0",
            () => SurrogateTrainer.Train(
                Pairs(1),
                Pairs(2),
                _short with { Stages = [_short.Stages[0] with { Losses = SurrogateLosses.TaskOnly with { Task = 0 } }] }));
        Refused("two pairs", () => new PairedData("", new ModelShapes(2, 2), new double[4], new double[2]));
        Refused("Component 1 of observation 0", () => new PairedData("", new ModelShapes(1, 2), new double[2], [0, double.NaN, 0, 0]));
        Assert.Throws<OperationCanceledException>(
            () => SurrogateTrainer.Train(Pairs(1), Pairs(2), _short, null, new CancellationToken(true)));

        static void Refused(string part, Func<object> work) =>
            Assert.Contains(part, Assert.Throws<ArgumentException>(work).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_penalty_grows_between_two_shares_of_the_epochs()
    {
        var ramp = new PenaltyRamp();
        Assert.Equal([0, 0.2, 0.6, 1, 1], new[] { 0.19, 0.2, 0.5, 0.8, 1 }.Select(ramp.Factor), (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void The_penalty_waits_for_the_validation_error()
    {
        SurrogateLosses losses = new() { Composition = 0, JacobianComposition = 1 };
        ReadOnlySpan<float> Reverse(double threshold) => SurrogateTrainer.Train(
            Pairs(1),
            Pairs(2),
            _joint with
            {
                RidgeStart = false,
                Stages = [_joint.Stages[0] with { LearningRate = 0.02, Losses = losses, Ramp = new PenaltyRamp(Threshold: threshold) }],
            }).ReverseParameters.Span;
        Assert.True(Reverse(0).SequenceEqual(Reverse(1e-30)));
        Assert.False(Reverse(0).SequenceEqual(Reverse(1e30)));
    }

    /// <summary>100 pairs with y = A x + a bend.</summary>
    private static PairedData Pairs(ulong seed, double bend = 0.3)
    {
        double[] x = new double[100 * N], y = new double[100 * N];
        new RandomStream(seed).FillNormal<double>(x);
        for (int i = 0; i < x.Length; i++)
        {
            int next = (i / N * N) + ((i + 1) % N);
            y[i] = 2 + x[i] + (0.5 * x[next]) + (bend * x[i] * x[i]);
        }

        return new PairedData("small", new ModelShapes(N, N), x, y);
    }

    private sealed class Listener(List<TrainingProgress> heard) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => heard.Add(value);
    }
}
