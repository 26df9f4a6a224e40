using System.Diagnostics;

namespace Retrodict.Benchmarks;

/// <summary>The built command line in a process of its own.</summary>
internal static class CommandProcess
{
    /// <summary>Runs to the end.</summary>
    /// <returns>How long it took.</returns>
    /// <exception cref="InvalidOperationException">It failed; the message has what it said.</exception>
    public static TimeSpan Finish(params string[] arguments)
    {
        long start = Stopwatch.GetTimestamp();
        using Process process = Start(arguments);
        Task<string> error = process.StandardError.ReadToEndAsync();
        _ = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? Stopwatch.GetElapsedTime(start)
            : throw new InvalidOperationException($"retrodict {string.Join(' ', arguments)} failed: {error.Result.Trim()}");
    }

    /// <summary>Runs for a time and is killed then, without a warning.</summary>
    /// <returns>Its exit code if it ended before, else null.</returns>
    public static int? Kill(TimeSpan after, params string[] arguments)
    {
        using Process process = Start(arguments);
        Task<string> error = process.StandardError.ReadToEndAsync();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        if (process.WaitForExit(after))
        {
            return process.ExitCode;
        }

        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        Task.WaitAll(error, output);
        return null;
    }

    /// <summary>Makes the files of a folder two minutes older: writers leave the temporary files of others alone for a minute.</summary>
    public static void Age(string folder)
    {
        foreach (string file in Directory.GetFiles(folder))
        {
            File.SetLastWriteTimeUtc(file, DateTime.UtcNow - TimeSpan.FromMinutes(2));
        }
    }

    private static Process Start(string[] arguments)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "Retrodict.Cli.dll");
        return Process.Start(new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
    }
}
