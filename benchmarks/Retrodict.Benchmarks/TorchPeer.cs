using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Retrodict.Benchmarks;

/// <summary>Runs benchmarks/peers/torch_peer.py, where Debian's python3-torch is installed.</summary>
internal static class TorchPeer
{
    private const string Python = "/usr/bin/python3";

    /// <summary>PyTorch's version; null where it is missing.</summary>
    public static string? Version() =>
        File.Exists(Python) && Output("-c", "import torch; print(torch.__version__)") is { ExitCode: 0 } run ? run.Text.Trim() : null;

    /// <summary>The peer's median microseconds for a case, in a process of its own.</summary>
    public static double Median(string peerCase)
    {
        (int exitCode, string text) = Output(ScriptPath(), peerCase);
        foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            using JsonDocument json = JsonDocument.Parse(line);
            if (json.RootElement.GetProperty("case").GetString() == peerCase)
            {
                return json.RootElement.GetProperty("median_us").GetDouble();
            }
        }

        throw new InvalidOperationException($"torch_peer.py printed no case '{peerCase}' (exit code {exitCode}).");
    }

    private static string ScriptPath([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "../peers/torch_peer.py");

    private static (int ExitCode, string Text) Output(params string[] arguments)
    {
        var start = new ProcessStartInfo(Python, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["OMP_NUM_THREADS"] = "1";
        start.Environment["OPENBLAS_NUM_THREADS"] = "1";
        using Process process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        string text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, text);
    }
}
