using System.CommandLine;
using System.Diagnostics;
using Retrodict.Catalogue;
using Retrodict.Cli.Deceptron;
using Retrodict.Cli.Hosting;
using Retrodict.Cli.Options;
using Retrodict.Cli.Rendering;
using Retrodict.Cli.Requests;
using Retrodict.Comparison;

namespace Retrodict.Cli.Verbs;

/// <summary><c>train NAME</c>.</summary>
internal sealed class TrainVerb : Verb
{
    private readonly TrainOptions _options = new();

    public TrainVerb(Host host)
        : base(host, "train", "Learns the local inverse of a problem, for 'solve --solver d-ipg'.")
    {
        Add(_options.Source);
        foreach (Option option in _options.All)
        {
            Add(option);
        }
    }

    public override string ExitCodes => "0 done, 1 failure, 2 wrong usage, 130 cancelled (a checkpoint stays, --resume goes on from it)";

    public override IReadOnlyList<(string Title, string Text)> Notes =>
    [
        ("Output", "Progress on standard error; what was learned on standard output, whose last line is JSON: model, seconds, rjcp, and "
            + "validation: the means over fresh instances of the validation split. With --json that line alone."),
        ("Checkpoints", "Files MODEL.checkpoint.STAGE beside the model every 1000 steps and at Ctrl-C, deleted once the model is written. "
            + "A training that was stopped and resumed with the same options gives the same bits as one that was not; a checkpoint of "
            + "another seed, problem, data set or option is refused and says what differs. The number of threads changes nothing. "
            + "While it runs, MODEL.lock keeps another training from the same file."),
    ];

    public override IReadOnlyList<string> Examples =>
    [
        "retrodict train heat-1d --out model.safetensors",
        "retrodict train heat-1d --out model.safetensors --steps 20000 --seed 11 --resume",
        "retrodict train data:pairs.npz --out model.safetensors --architecture mlp",
    ];

    protected override int Run(ParseResult parsed, Settings settings)
    {
        TrainRequest request = _options.Read(parsed, settings);
        string path = request.Out!;
        using OutputClaim claim = OutputClaim.Of(path);
        if (!settings.Quiet && Beginning(request) is { } remark)
        {
            Host.Terminal.Error.WriteLine(remark);
        }

        long begin = Stopwatch.GetTimestamp();
        TrainedModel trained;
        try
        {
            trained = TrainingDisplay.Run(Host.Terminal, settings, progress => ModelTraining.Train(request, progress, Host.Cancellation));
        }
        catch (OperationCanceledException) when (request.HasCheckpoint)
        {
            Host.Terminal.Error.WriteLine(
                $"cancelled: {request.Checkpoint}.* hold the training so far; the same command with --resume goes on");
            return ExitCode.Cancelled;
        }

        Exception? failure = Save(trained, path);
        TimeSpan elapsed = Stopwatch.GetElapsedTime(begin);
        BenchmarkProblem? problem = request.Source.Problem;
        ModelAssessment? assessment =
            problem is not null ? ModelAssessor.Assess(trained.Model, problem, settings.Seed, settings.Threads, Host.Cancellation)
            : trained.HeldOut is { } pairs ? ModelAssessor.Assess(trained.Model, pairs) : null;
        if (!settings.Json && !settings.Quiet)
        {
            var page = Page.For(Host.Terminal);
            ModelReport.Write(page, trained.Model, null);
            page.Line();
            if (assessment is not null)
            {
                ModelReport.WriteAssessment(page, problem, assessment);
                page.Line();
            }

            if (failure is null)
            {
                page.Line($"written in {Format.Seconds(elapsed)}: {path}");
            }
        }

        if (settings.Json || !settings.Quiet)
        {
            ModelJson.WriteTrained(Host.Terminal.Output, failure is null ? path : null, elapsed, assessment);
        }

        return failure is null
            ? ExitCode.Done
            : throw new InputException(
                $"the model could not be written to {path}: {failure.Message} The checkpoint stays: once there is room, the same command "
                    + "with --resume writes the model without training again",
                failure);
    }

    /// <summary>What should be known of a checkpoint before the work; null if there is nothing.</summary>
    private static string? Beginning(TrainRequest request) => (request.Resume, request.HasCheckpoint) switch
    {
        (true, false) => $"there is no checkpoint beside {request.Out}: the training begins anew",
        (false, true) => $"the checkpoint beside {request.Out} is replaced; --resume would go on from it",
        _ => null,
    };

    /// <summary>Writes the model and then deletes its checkpoint; what went wrong, or null.</summary>
    private static Exception? Save(TrainedModel trained, string path)
    {
        try
        {
            trained.Model.Save(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e;
        }

        trained.DeleteCheckpoint();
        return null;
    }
}
