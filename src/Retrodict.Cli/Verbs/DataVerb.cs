using System.CommandLine;
using System.Globalization;
using Retrodict.Catalogue;
using Retrodict.Cli.Hosting;
using Retrodict.Cli.Options;
using Retrodict.Cli.Rendering;
using Retrodict.Cli.Requests;

namespace Retrodict.Cli.Verbs;

/// <summary><c>data NAME</c>.</summary>
internal sealed class DataVerb : Verb
{
    private readonly Argument<BenchmarkProblem> _problem = ProblemArgument.Create();

    private readonly Option<Split> _split = ValueOption.Of(
        "--split",
        "train|validation|test",
        "Which part of the data.",
        ValueParsers.OneOf(("train", Split.Train), ("validation", Split.Validation), ("test", Split.Test)));

    private readonly Option<int?> _count = ValueOption.Of(
        "--count", "N", "How many samples (default: as many as the split has).", ValueParsers.Count(Most.Rows));
    private readonly Option<string> _out = ValueOption.Of("--out", "FILE.npz", "The file to write.", ValueParsers.OutputFile);

    public DataVerb(Host host)
        : base(host, "data", "Writes samples of a problem: unknowns, their noise-free and their noisy observations.")
    {
        _split.Required = true;
        _out.Required = true;
        Add(_problem);
        Add(_split);
        Add(_count);
        Add(_out);
    }

    public override IReadOnlyList<(string Title, string Text)> Notes =>
    [
        ("The file", "Arrays x [count, unknowns], y and y_clean [count, observations], y_mean and y_std [observations], all float64 and in "
            + "raw units; one row a sample. A sample depends on the seed, the split and its number alone."),
    ];

    public override IReadOnlyList<string> Examples => ["retrodict data heat-1d --split train --out train.npz"];

    protected override int Run(ParseResult parsed, Settings settings)
    {
        BenchmarkProblem problem = parsed.GetRequiredValue(_problem);
        Split split = parsed.GetRequiredValue(_split);
        string path = parsed.GetRequiredValue(_out);
        int most = Array.MaxLength / Math.Max(problem.Unknowns, problem.Observations);
        if (parsed.GetValue(_count) > most)
        {
            throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"--count is {parsed.GetValue(_count)}; for "
                + $"{problem.Name} it must be from 1 to {most}"));
        }

        DataSet data = problem.Generate(split, parsed.GetValue(_count), settings.Seed, settings.Threads, Host.Cancellation);
        data.Write(path);
        if (settings.Json)
        {
            DataJson.Write(Host.Terminal.Output, data, path);
        }
        else if (!settings.Quiet)
        {
            Host.Terminal.Output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{data.Count} {Names.Of(split)} samples of {problem.Name} (seed {data.Seed}) in {path}: x, y, y_clean, y_mean, y_std"));
        }

        return ExitCode.Done;
    }
}
