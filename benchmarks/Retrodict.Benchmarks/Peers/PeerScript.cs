using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace Retrodict.Benchmarks;

/// <summary>A peer script that runs as long as the table and is asked for slices over stdin and stdout; the protocol is
/// peer_server.py's.</summary>
internal sealed class PeerScript : IDisposable
{
    // Debian's interpreter, for which its packages are installed; another python3 would not see them.
    private const string Python = "/usr/bin/python3";

    private readonly string _script;
    private readonly Process _process;
    private readonly StringBuilder _errors = new();

    private PeerScript(string script, Process process)
    {
        _script = script;
        _process = process;
        _process.ErrorDataReceived += (_, line) =>
        {
            lock (_errors)
            {
                _errors.AppendLine(line.Data);
            }
        };
        _process.BeginErrorReadLine();
    }

    /// <summary>What runs in the script.</summary>
    public IReadOnlyList<(string Name, string Version)> Versions { get; private set; } = [];

    /// <summary>Starts a script.</summary>
    /// <param name="script">Its name under benchmarks/peers.</param>
    /// <param name="arguments">What it reads besides <c>--serve</c>.</param>
    /// <param name="reason">Why it does not run.</param>
    public static PeerScript? TryStart(string script, IEnumerable<string> arguments, out string? reason)
    {
        reason = null;
        if (!File.Exists(Python))
        {
            reason = $"there is no {Python}.";
            return null;
        }

        var start = new ProcessStartInfo(Python, [Path.Combine(Folder(), script), .. arguments, "--serve"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["OMP_NUM_THREADS"] = "1";
        start.Environment["OPENBLAS_NUM_THREADS"] = "1";
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        var peer = new PeerScript(script, Process.Start(start)!);
        if (peer._process.StandardOutput.ReadLine() is { } versions)
        {
            using JsonDocument json = JsonDocument.Parse(versions);
            peer.Versions = [.. json.RootElement.EnumerateObject().Select(property => (property.Name, property.Value.GetString()!))];
            return peer;
        }

        reason = peer.LastError();
        peer.Dispose();
        return null;
    }

    /// <summary>Microseconds of each run of a case, for about this long.</summary>
    public List<double> Sample(string name, double seconds) =>
        Numbers(JsonSerializer.Serialize(new Dictionary<string, object> { ["case"] = name, ["seconds"] = seconds }), "samples_us");

    /// <summary>The numbers that a call gives.</summary>
    public double[] Call(string name, int count) =>
        [.. Numbers(JsonSerializer.Serialize(new Dictionary<string, object> { ["call"] = name, ["count"] = count }), "values")];

    /// <summary>Ends the script.</summary>
    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(5)))
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private static string Folder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "../../peers");

    private List<double> Numbers(string request, string property)
    {
        _process.StandardInput.WriteLine(request);
        _process.StandardInput.Flush();
        string answer = _process.StandardOutput.ReadLine()
            ?? throw new InvalidOperationException($"{_script} ended at {request}: {LastError()}");
        using JsonDocument json = JsonDocument.Parse(answer);
        return json.RootElement.TryGetProperty(property, out JsonElement numbers)
            ? [.. numbers.EnumerateArray().Select(number => number.GetDouble())]
            : throw new InvalidOperationException($"{_script} answered {request} with {answer}");
    }

    /// <summary>The last line that the script wrote to stderr: Python's exception.</summary>
    private string LastError()
    {
        _process.WaitForExit(TimeSpan.FromSeconds(5));
        lock (_errors)
        {
            return _errors.ToString().TrimEnd().Split('\n')[^1];
        }
    }
}
