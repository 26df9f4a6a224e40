namespace Retrodict.Tests.BlackBoxes;

/// <summary>Programs of their own as forward models; those here are scripts of the shell and of awk, which every Unix has.</summary>
public sealed class ExternalProcessTests
{
    /// <summary>y_i = x_0 exp(-x_1 i), from numbers on standard input.</summary>
    private const string Decay = "{ v[NR] = $1 } END { for (i = 0; i < 4; i++) printf \"%.17g\\n\", v[1] * exp(-v[2] * i) }";

    private static readonly double[] _expected = [.. Enumerable.Range(0, 4).Select(i => 2 * Math.Exp(-0.5 * i))];

    public static TheoryData<string, string[]> WaysIn => new()
    {
        { "awk", [Decay] },
        { "sh", ["-c", "printf '%s\\n' \"$0\" \"$1\" | awk '" + Decay + "'", "{x}"] },
        { "sh", ["-c", "printf '%s\\n' {x0} {x1} | awk '" + Decay + "'"] },
        { "awk", [Decay, "{input}"] },
        { "sh", ["-c", "awk '" + Decay + "' {input} > {output}; echo talk"] },
    };

    [Theory]
    [MemberData(nameof(WaysIn))]
    public void Numbers_go_in_and_come_out(string program, string[] arguments)
    {
        RequireShell();
        double[] y = new double[4];
        new ExternalProcess(program) { Arguments = arguments }.Run([2, 0.5], y);
        Assert.All(y.Zip(_expected), pair => Assert.Equal(pair.Second, pair.First, 1e-12));
    }

    [Fact]
    public void It_is_inverted_as_any_other_model_is()
    {
        RequireShell();
        InverseProblem problem = new ExternalProcess("awk") { Arguments = [Decay] }
            .ToProblem(2, 4, new FiniteDifferences { Parallel = 2 });
        SolveResult result = new GaussNewton().Solve(problem, _expected, [1, 1]);
        Assert.Equal(SolveStatus.Converged, result.Status);
        Assert.Equal(2, result.X[0], 1e-6);
        Assert.Equal(0.5, result.X[1], 1e-6);
    }

    [Theory]
    [InlineData("exit 3", "ended with exit code 3, for x = 1.5, -2")]
    [InlineData("echo a bad mesh >&2; exit 1", "Its standard error ends with: a bad mesh")]
    [InlineData("echo 1 2 3", "gave 3 numbers, where 4 are needed: '1 2 3")]
    [InlineData("echo 1 2 three 4", "gave 'three' as number 2, which is no number")]
    [InlineData("sleep 20; echo 1 2 3 4", "took longer than 0.3 s and was killed")]
    public void A_run_that_fails_says_how(string script, string message)
    {
        RequireShell();
        ExternalProcess program = new("sh") { Arguments = ["-c", script], Timeout = TimeSpan.FromSeconds(0.3) };
        string said = Assert.Throws<ExternalProcessException>(() => program.Run([1.5, -2], new double[4])).Message;
        Assert.StartsWith("The program 'sh' ", said, StringComparison.Ordinal);
        Assert.Contains(message, said, StringComparison.Ordinal);
        double[] y = new double[4];
        (program with { FailureIsNaN = true }).Run([1.5, -2], y);
        Assert.All(y, value => Assert.True(double.IsNaN(value)));
    }

    [Fact]
    public void What_cannot_be_started_says_what_would_be_right()
    {
        string said = Assert.Throws<ExternalProcessException>(() => new ExternalProcess("no-such-program").Run([1], new double[1])).Message;
        Assert.Contains("a script needs its interpreter as the executable", said, StringComparison.Ordinal);
        said = Assert.Throws<ExternalProcessException>(
            () => new ExternalProcess("sh") { WorkingFolder = "no-such-folder" }.Run([1], new double[1])).Message;
        Assert.Contains("there is no folder 'no-such-folder'", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Environment_folder_and_attempts()
    {
        RequireShell();
        DirectoryInfo folder = Directory.CreateTempSubdirectory("retrodict-process-");
        try
        {
            // Fails twice, as it counts in a file of the folder.
            ExternalProcess program = new("sh")
            {
                Arguments = ["-c", "echo >> tries; test $(wc -l < tries) -ge 3 && echo $GAIN"],
                WorkingFolder = folder.FullName,
                Environment = new Dictionary<string, string?> { ["GAIN"] = "2.5" },
            };
            double[] y = new double[1];
            Assert.Throws<ExternalProcessException>(() => program.Run([1], y));
            (program with { Attempts = 2 }).Run([1], y);
            Assert.Equal(2.5, y[0]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Infinities_and_NaN_are_values()
    {
        RequireShell();
        double[] y = new double[4];
        new ExternalProcess("echo") { Arguments = ["nan", "-inf", "+Infinity", "1e3"] }.Run([1], y);
        Assert.Equal([double.NaN, double.NegativeInfinity, double.PositiveInfinity, 1000], y);
    }

    private static void RequireShell() => Assert.SkipWhen(OperatingSystem.IsWindows(), "The programs are scripts of a Unix shell.");
}
