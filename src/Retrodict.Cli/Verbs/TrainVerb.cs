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
        ("Checkpoints", "Files MODEL.checkpoint.STAGE beside the model every 1000 steps and at Ctrl-C, deleted when the model is written. "
            + "A training that was stopped and resumed with the same options gives the same bits as one that was not. The number of "
            + "threads changes nothing either."),
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
        long begin = Stopwatch.GetTimestamp();
        TrainedModel trained;
        try
        {
            trained = TrainingDisplay.Run(Host.Terminal, settings, progress => ModelTraining.Train(request, progress, Host.Cancellation));
        }
        catch (OperationCanceledException) when (HasCheckpoint(request.Checkpoint!))
        {
            Host.Terminal.Error.WriteLine(
                $"cancelled: {request.Checkpoint}.* hold the training so far; the same command with --resume goes on");
            return ExitCode.Cancelled;
        }

        trained.Model.Save(path);
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

            page.Line($"written in {Format.Seconds(elapsed)}: {path}");
        }

        if (settings.Json || !settings.Quiet)
        {
            ModelJson.WriteTrained(Host.Terminal.Output, path, elapsed, assessment);
        }

        return ExitCode.Done;
    }

    private static bool HasCheckpoint(string path) =>
        Directory.EnumerateFiles(Path.GetDirectoryName(Path.GetFullPath(path))!, $"{Path.GetFileName(path)}.*").Any();
}
