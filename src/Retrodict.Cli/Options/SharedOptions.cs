using System.CommandLine;
using Retrodict.Catalogue;
using Retrodict.Cli.Hosting;
using Retrodict.Cli.Requests;

namespace Retrodict.Cli.Options;

/// <summary>The options that all verbs share.</summary>
internal sealed class SharedOptions
{
    private readonly Option<ulong> _seed = ValueOption.Of(
        "--seed", "N", "Seed of all random numbers (default: 7).", ValueParsers.Seed, BenchmarkProblem.DefaultSeed);

    private readonly Option<int> _threads = ValueOption.Of(
        "--threads", "N", "Threads to use; results do not depend on it (default: all).", ValueParsers.Threads, Environment.ProcessorCount);

    private readonly Option<Precision?> _precision = ValueOption.Of(
        "--precision",
        "float32|float64",
        "Element type of model evaluations (default: float64; for d-ipg its model's own).",
        ValueParsers.OneOf<Precision?>(("float32", Precision.Float32), ("float64", Precision.Float64)),
        null);

    private readonly Option<bool> _json = Flag("--json", "One JSON document on standard output, and nothing else there.");
    private readonly Option<bool> _verbose = Flag("--verbose", "More detail, such as iteration tables.", "-v");
    private readonly Option<bool> _quiet = Flag("--quiet", "Only errors, and JSON if it is asked for.", "-q");

    public IEnumerable<Option> All => [_seed, _threads, _precision, _json, _verbose, _quiet];

    public Settings Read(ParseResult parsed)
    {
        var settings = new Settings(
            parsed.GetValue(_seed),
            parsed.GetValue(_threads),
            parsed.GetValue(_precision),
            parsed.GetValue(_json),
            parsed.GetValue(_verbose),
            parsed.GetValue(_quiet));
        return settings is { Verbose: true, Quiet: true }
            ? throw new UsageException("-v and -q exclude each other; give one of them")
            : settings;
    }

    private static Option<bool> Flag(string name, string description, params string[] aliases) =>
        new(name, aliases) { Description = description, Recursive = true, Arity = ArgumentArity.Zero };
}
