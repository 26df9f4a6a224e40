using System.Text.Json;
using Retrodict.Cli.Hosting;

namespace Retrodict.Cli.Tests;

/// <summary>Runs the command line in this process.</summary>
internal static class Cli
{
    public static Outcome Run(params string[] arguments) => Run(default, arguments);

    public static Outcome Run(CancellationToken cancellation, params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int code = Application.Run(arguments, new Terminal(output, error), cancellation);
        return new Outcome(code, output.ToString(), error.ToString());
    }

    /// <summary>Runs with <c>--json</c> and parses what comes.</summary>
    public static JsonElement Json(params string[] arguments)
    {
        Outcome outcome = Run([.. arguments, "--json"]);
        Assert.Equal(("", 0), (outcome.Error, outcome.Code));
        return outcome.Json();
    }

    /// <summary>Runs what is wrong and gives the one line of error.</summary>
    public static string Fail(int code, params string[] arguments)
    {
        Outcome outcome = Run(arguments);
        Assert.Equal(code, outcome.Code);
        Assert.Equal("", outcome.Output);
        Assert.StartsWith("error: ", outcome.Error, StringComparison.Ordinal);
        Assert.Single(outcome.Error.TrimEnd().Split('\n'));
        return outcome.Error;
    }

    internal sealed record Outcome(int Code, string Output, string Error)
    {
        public JsonElement Json()
        {
            using JsonDocument document = JsonDocument.Parse(Output);
            return document.RootElement.Clone();
        }
    }
}
