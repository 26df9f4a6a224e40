using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Retrodict.Data;

namespace Retrodict;

/// <summary>One run of an <see cref="ExternalProcess"/>.</summary>
internal sealed class ProcessRun(ExternalProcess program, double[] x)
{
    private const int MostShown = 500;
    private const string Input = "{input}";
    private const string Output = "{output}";
    private static readonly char[] _separators = [' ', '\t', '\r', '\n', ','];

    private string? _folder;

    /// <exception cref="ExternalProcessException">It failed.</exception>
    public void Run(Span<double> y)
    {
        bool hasFiles = program.Arguments.Any(argument => argument.Contains(Input, StringComparison.Ordinal)
            || argument.Contains(Output, StringComparison.Ordinal));
        _folder = hasFiles ? Directory.CreateTempSubdirectory("retrodict-run-").FullName : null;
        try
        {
            string[] arguments = Arguments(out bool isGiven);
            if (_folder is not null)
            {
                File.WriteAllText(PathOf(Input), Lines());
            }

            string written = Start(arguments, isGiven ? null : Lines());
            Read(UsesOutput ? ReadOutput() : written, y);
        }
        finally
        {
            if (_folder is not null)
            {
                Directory.Delete(_folder, recursive: true);
            }
        }
    }

    private bool UsesOutput => program.Arguments.Any(argument => argument.Contains(Output, StringComparison.Ordinal));

    private string PathOf(string name) => Path.Combine(_folder!, name.Trim('{', '}'));

    private string Lines() => string.Concat(x.Select(number => $"{ExternalProcess.Text(number)}\n"));

    private string[] Arguments(out bool isGiven)
    {
        var arguments = new List<string>();
        isGiven = false;
        foreach (string argument in program.Arguments)
        {
            if (argument == "{x}")
            {
                arguments.AddRange(x.Select(ExternalProcess.Text));
                isGiven = true;
                continue;
            }

            string filled = argument;
            for (int i = 0; i < x.Length; i++)
            {
                filled = filled.Replace($"{{x{i}}}", ExternalProcess.Text(x[i]), StringComparison.Ordinal);
            }

            isGiven |= filled != argument || argument.Contains(Input, StringComparison.Ordinal);
            if (_folder is not null)
            {
                filled = filled.Replace(Input, PathOf(Input), StringComparison.Ordinal)
                    .Replace(Output, PathOf(Output), StringComparison.Ordinal);
            }

            arguments.Add(filled);
        }

        return [.. arguments];
    }

    /// <summary>Runs it to its end.</summary>
    /// <returns>What it wrote to standard output.</returns>
    private string Start(string[] arguments, string? input)
    {
        var info = new ProcessStartInfo(program.Executable, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = program.WorkingFolder ?? "",
        };
        foreach ((string name, string? value) in program.Environment)
        {
            info.Environment[name] = value;
        }

        using Process process = Begin(info);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        Give(process, input);
        if (!process.WaitForExit(program.Timeout is { } timeout ? (int)Math.Ceiling(timeout.TotalMilliseconds) : -1))
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
            throw Failed(string.Create(
                CultureInfo.InvariantCulture, $"took longer than {program.Timeout!.Value.TotalSeconds:G4} s and was killed"), error.Result);
        }

        return process.ExitCode == 0
            ? output.Result
            : throw Failed(string.Create(CultureInfo.InvariantCulture, $"ended with exit code {process.ExitCode}"), error.Result);
    }

    private Process Begin(ProcessStartInfo info)
    {
        if (program.WorkingFolder is { } folder && !Directory.Exists(folder))
        {
            throw new ExternalProcessException(
                $"The program {Quoted.Name(program.Executable)} cannot be started: there is no folder {Quoted.Name(folder)} to start "
                + "it in.");
        }

        try
        {
            return Process.Start(info)!;
        }
        catch (Win32Exception e)
        {
            throw new ExternalProcessException(
                $"The program {Quoted.Name(program.Executable)} cannot be started: {e.Message}. Give its path, or a name that a shell "
                + "would find; a script needs its interpreter as the executable, and itself as the first argument.",
                e);
        }
    }

    private static void Give(Process process, string? input)
    {
        try
        {
            process.StandardInput.Write(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended, or closed its input, before it had read all: its exit code and output tell whether that is right.
        }
    }

    private string ReadOutput()
    {
        string path = PathOf(Output);
        return File.Exists(path) ? File.ReadAllText(path) : throw Failed("wrote no output file", "");
    }

    private void Read(string text, Span<double> y)
    {
        string[] words = text.Split(_separators, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length != y.Length)
        {
            throw Failed(string.Create(
                CultureInfo.InvariantCulture, $"gave {words.Length} numbers, where {y.Length} are needed: '{Shown(text)}'"), "");
        }

        for (int i = 0; i < y.Length; i++)
        {
            if (!double.TryParse(words[i], NumberStyles.Float, CultureInfo.InvariantCulture, out y[i]))
            {
                // What C, Fortran and Python print is no failure of the program but a value of the model.
                y[i] = words[i].TrimStart('+', '-').ToUpperInvariant() switch
                {
                    "NAN" => double.NaN,
                    "INF" or "INFINITY" => words[i][0] == '-' ? double.NegativeInfinity : double.PositiveInfinity,
                    _ => throw Failed(string.Create(
                        CultureInfo.InvariantCulture, $"gave '{Shown(words[i])}' as number {i}, which is no number"), ""),
                };
            }
        }
    }

    private ExternalProcessException Failed(string what, string error)
    {
        string last = Shown(error.Trim());
        return new ExternalProcessException(
            $"The program {Quoted.Name(program.Executable)} {what}, for x = {string.Join(", ", x.Take(20).Select(ExternalProcess.Text))}"
            + $"{(x.Length > 20 ? ", ..." : "")}.{(last.Length > 0 ? $" Its standard error ends with: {last}" : "")}");
    }

    /// <summary>The end of a text, as the last lines say most.</summary>
    private static string Shown(string text) => text.Length <= MostShown ? text : $"...{text[^MostShown..]}";
}
