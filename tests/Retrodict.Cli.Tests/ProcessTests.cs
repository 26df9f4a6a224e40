using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using Retrodict.Data;

namespace Retrodict.Cli.Tests;

/// <summary>The built executable as its users meet it.</summary>
public sealed partial class ProcessTests : TemporaryFolder
{
    private const int Interrupt = 2;

    [Fact]
    public async Task Data_go_to_standard_output_and_everything_else_to_standard_error()
    {
        (int code, string output, string error) = await Finish(Start("solve", "heat-1d", "--instances", "3", "--json", "-v"));
        Assert.Equal(0, code);
        using JsonDocument json = JsonDocument.Parse(output);
        Assert.Contains("solving 3 instances", error, StringComparison.Ordinal);

        (code, output, error) = await Finish(Start("solve", "heat-1d", "--solver", "gaus-newton"));
        Assert.Equal((2, ""), (code, output));
        Assert.StartsWith(
            "error: --solver is 'gaus-newton'; it must be one of levenberg-marquardt, gauss-newton, ",
            error.Trim(),
            StringComparison.Ordinal);
        Assert.EndsWith("; did you mean 'gauss-newton'?", error.Trim(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redirected_output_has_no_escape_codes()
    {
        (int code, string output, string error) = await Finish(Start("solve", "heat-1d", "--instances", "2"));
        Assert.Equal((0, ""), (code, error));
        Assert.DoesNotContain('\u001b', output);
        Assert.Contains('█', output);
    }

    [Fact]
    public async Task Interrupted_it_saves_what_is_finished()
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux(), "Signals are sent with kill, after GNU env has undone what a background job inherits.");
        string path = File("out.npz");
        using Process process = StartInterruptible(
            "solve", "heat-1d", "--instances", "20000", "--prior", "none", "--threads", "1", "-v", "--json", "--out", path);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Assert.StartsWith("solving 20000 instances", await process.StandardError.ReadLineAsync(), StringComparison.Ordinal);

        // Long enough for the warm-up and some instances, far too short for all (without a prior each takes a millisecond).
        await Task.Delay(TimeSpan.FromSeconds(4));
        Assert.Equal(0, Kill(process.Id, Interrupt));
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            Assert.Fail("The interrupted process did not end.");
        }

        Assert.Equal(130, process.ExitCode);
        using NpzFile file = NpzFile.Open(path);
        double[] status = file["status"].ToDoubles();
        Assert.Equal(20000, status.Length);
        Assert.Contains(5.0, status);
        Assert.Contains(status, value => value != 5);
        using JsonDocument json = JsonDocument.Parse(await output);
        Assert.Equal("cancelled", json.RootElement.GetProperty("results")[19999].GetProperty("status").GetString());
    }

    private static string Executable =>
        Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "Retrodict.Cli.exe" : "Retrodict.Cli");

    private static Process Start(params string[] arguments) => StartProgram(Executable, arguments);

    /// <summary>Tests may run as a background job, whose children inherit that interrupts are ignored.</summary>
    private static Process StartInterruptible(params string[] arguments) =>
        StartProgram("/usr/bin/env", ["--default-signal=INT", Executable, .. arguments]);

    private static Process StartProgram(string program, string[] arguments)
    {
        return Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = System.Text.Encoding.UTF8,
        })!;
    }

    private static async Task<(int Code, string Output, string Error)> Finish(Process process)
    {
        using (process)
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            Task<string> error = process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            return (process.ExitCode, await output, await error);
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
