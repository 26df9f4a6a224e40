using System.Diagnostics;
using System.Reflection;

namespace Retrodict.Autodiff.Tests.Execution;

/// <summary>
/// The engine gives the same bits with narrower registers, and with none: the smoke tests run again in processes that lack them.
/// </summary>
public class PlanWidthTests
{
    [Theory]
    [InlineData("DOTNET_EnableAVX512")]
    [InlineData("DOTNET_EnableAVX2")]
    [InlineData("DOTNET_EnableHWIntrinsic")]
    public void Results_have_the_same_bits_without(string instructions)
    {
        string path = Path.GetTempFileName();
        try
        {
            (int code, string text) = RunSmokeTests(instructions, path);
            Assert.True(code == 0, $"With {instructions}=0 the smoke tests ended with code {code}:\n{text}");
            string[] report = File.ReadAllText(path).Split(' ');
            Assert.Equal(SmokeTests.Digest<float>() + SmokeTests.Digest<double>(), report[0]);
            Assert.Contains($"{instructions}=False", report);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static (int Code, string Text) RunSmokeTests(string instructions, string digestFile)
    {
        // The test program is its own host, unless it was started as an argument of dotnet.
        string program = Environment.ProcessPath!;
        string[] host = Path.GetFileNameWithoutExtension(program) == "dotnet" ? [Assembly.GetExecutingAssembly().Location] : [];
        var start = new ProcessStartInfo(
            program,
            [.. host, "--filter-class", typeof(SmokeTests).FullName!, "--filter-class", typeof(Kernels.BitsTests).FullName!,
                "--no-progress", "--no-ansi"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[instructions] = "0";
        start.Environment[SmokeTests.DigestFileVariable] = digestFile;
        foreach (string inherited in start.Environment.Keys.Where(key => key.StartsWith("TESTINGPLATFORM", StringComparison.Ordinal))
            .ToArray())
        {
            start.Environment.Remove(inherited);
        }

        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(TimeSpan.FromSeconds(60)))
        {
            process.Kill(entireProcessTree: true);
        }

        process.WaitForExit();
        return (process.ExitCode, output.Result + error.Result);
    }
}
