using System.Text.Json;
using Retrodict.Cli.Hosting;
using Retrodict.Data;

namespace Retrodict.Cli.Tests.Deceptron;

/// <summary><c>train</c>.</summary>
public sealed class TrainTests : TemporaryFolder
{
    [Fact]
    public void The_last_line_is_json_and_the_estimates_beat_the_prior_mean()
    {
        Cli.Outcome outcome = Cli.Run("train", "heat-1d", "--steps", "200", "--out", File("m.safetensors"));
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        using JsonDocument json = JsonDocument.Parse(outcome.Output.TrimEnd().Split('\n')[^1]);
        Assert.Equal(["model", "seconds", "rjcp", "validation"], Keys.Of(json.RootElement));
        JsonElement validation = json.RootElement.GetProperty("validation");
        Assert.Equal(["instances", "rmse_x", "discrepancy", "residual", "composition_error", "gain_error"], Keys.Of(validation));

        // The prior mean has 0.30, the maximum a posteriori 0.126.
        Assert.InRange(validation.GetProperty("rmse_x").GetDouble(), 0.05, 0.15);
        Assert.InRange(validation.GetProperty("discrepancy").GetDouble(), 0.5, 1.2);
        Assert.InRange(json.RootElement.GetProperty("rjcp").GetDouble(), 0.5, 1);
        Assert.InRange(validation.GetProperty("gain_error").GetDouble(), 0, 0.1);
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(File("m"))!, "*checkpoint*"));
    }

    [Fact]
    public void With_json_there_is_that_line_alone_and_quietly_nothing()
    {
        Cli.Outcome json = Cli.Run("train", "heat-1d", "--steps", "20", "--out", File("m.safetensors"), "--json", "--penalty", "none");
        Assert.Single(json.Output.TrimEnd().Split('\n'));
        Assert.Equal(JsonValueKind.Null, json.Json().GetProperty("validation").GetProperty("gain_error").ValueKind);
        Cli.Outcome quiet = Cli.Run("train", "heat-1d", "--steps", "20", "--out", File("m.safetensors"), "--quiet", "--penalty", "none");
        Assert.Equal((0, "", ""), (quiet.Code, quiet.Output, quiet.Error));
    }

    [Fact]
    public void The_seed_decides_every_bit_and_threads_none()
    {
        byte[] first = Train(
            "first",
            "--seed",
            "11",
            "--threads",
            "1"), again = Train("again", "--seed", "11", "--threads", "3"), other = Train("other", "--seed", "12");
        Assert.Equal(first, again);
        Assert.NotEqual(first, other);

        byte[] Train(string name, params string[] options)
        {
            string path = File($"{name}.safetensors");
            Assert.Equal(0, Cli.Run(["train", "heat-1d", "--steps", "20", "--out", path, .. options]).Code);
            return System.IO.File.ReadAllBytes(path);
        }
    }

    [Theory]
    [InlineData("stage 1 of 2, step 0 ")]
    [InlineData("stage 1 of 2, step 500 ")]
    [InlineData("stage 2 of 2, step 500 ")]
    public void Cancelled_and_resumed_it_gives_the_same_bits(string when)
    {
        string[] line = ["train", "heat-1d", "--steps", "510"];
        string whole = File("whole.safetensors"), path = File("parts.safetensors");
        Assert.Equal(0, Cli.Run([.. line, "--out", whole]).Code);

        using var source = new CancellationTokenSource();
        using var output = new StringWriter();
        using var error = new CancellingWriter(source, when);
        int code = Application.Run([.. line, "--out", path, "-v"], new Terminal(output, error), source.Token);
        Assert.Equal((130, ""), (code, output.ToString()));
        Assert.Contains("the same command with --resume goes on", error.ToString(), StringComparison.Ordinal);
        Assert.False(System.IO.File.Exists(path));
        Assert.NotEmpty(Directory.GetFiles(Path.GetDirectoryName(path)!, "parts.safetensors.checkpoint.*"));

        Cli.Outcome rest = Cli.Run([.. line, "--out", path, "-v", "--resume"]);
        Assert.Equal(0, rest.Code);
        Assert.DoesNotContain(when, rest.Error, StringComparison.Ordinal);
        Assert.Equal(System.IO.File.ReadAllBytes(whole), System.IO.File.ReadAllBytes(path));
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(path)!, "*checkpoint*"));
    }

    [Fact]
    public void A_checkpoint_of_another_training_is_refused()
    {
        string path = File("m.safetensors");
        using var source = new CancellationTokenSource();
        using var error = new CancellingWriter(source, "step 0 ");
        Assert.Equal(
            130,
            Application.Run(
                ["train", "heat-1d", "--steps", "700", "--out", path, "-v"], new Terminal(TextWriter.Null, error), source.Token));
        Refused("'steps 700'", "--steps", "800");
        Refused("the seed there is '7', of this training it is '8'", "--steps", "700", "--seed", "8");

        void Refused(string message, params string[] options) => Assert.Contains(
            message, Cli.Fail(1, ["train", "heat-1d", .. options, "--out", path, "--resume"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Surrogates_are_resumed_too()
    {
        string[] line = ["train", $"data:{Samples(60, "train")}", "--steps", "4"];
        string whole = File("whole.safetensors"), path = File("parts.safetensors");
        Assert.Equal(0, Cli.Run([.. line, "--out", whole]).Code);
        using var source = new CancellationTokenSource();
        using var error = new CancellingWriter(source, "stage 2 of 3, step 1 ");
        Assert.Equal(130, Application.Run([.. line, "--out", path, "-v"], new Terminal(TextWriter.Null, error), source.Token));
        Assert.Equal(0, Cli.Run([.. line, "--out", path, "--resume"]).Code);
        Assert.Equal(System.IO.File.ReadAllBytes(whole), System.IO.File.ReadAllBytes(path));
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(path)!, "*checkpoint*"));
    }

    [Fact]
    public void What_becomes_of_a_checkpoint_is_said()
    {
        string path = File("m.safetensors");
        string[] line = ["train", "heat-1d", "--steps", "20", "--penalty", "none", "--out", path];
        Assert.Contains("there is no checkpoint beside", Cli.Run([.. line, "--resume"]).Error, StringComparison.Ordinal);
        using var source = new CancellationTokenSource();
        using var error = new CancellingWriter(source, "step 0 ");
        Assert.Equal(130, Application.Run([.. line, "-v"], new Terminal(TextWriter.Null, error), source.Token));
        Assert.Contains("--resume would go on from it", Cli.Run(line).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_another_training_writes_is_left_to_it()
    {
        string path = File("m.safetensors");
        string[] line = ["train", "heat-1d", "--steps", "20", "--penalty", "none", "--out", path];
        using (OutputClaim.Of(path))
        {
            Assert.Contains("another command is writing", Cli.Fail(1, line), StringComparison.Ordinal);
            Assert.False(System.IO.File.Exists(path));
        }

        System.IO.File.WriteAllText($"{path}.lock", "");
        Assert.Equal(0, Cli.Run(line).Code);
        Assert.False(System.IO.File.Exists($"{path}.lock"));
    }

    [Fact]
    public void A_model_that_cannot_be_written_is_told_of_and_written_later_from_the_checkpoint()
    {
        string path = File("m.safetensors");
        string[] line = ["train", "heat-1d", "--steps", "20", "--penalty", "none", "--out", path];
        string whole = File("whole.safetensors");
        Assert.Equal(0, Cli.Run(["train", "heat-1d", "--steps", "20", "--penalty", "none", "--out", whole]).Code);
        using var output = new StringWriter();

        // A folder in the file's place, which appears once the training has begun.
        using var error = new ReactingWriter("step 20 ", () => Directory.CreateDirectory(Path.Combine(path, "in-the-way")));
        Assert.Equal(1, Application.Run([.. line, "-v"], new Terminal(output, error), CancellationToken.None));
        Assert.Contains("could not be written", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("rmse_x", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("\"model\":null", output.ToString().Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Directory.Delete(path, recursive: true);
        Assert.Equal(0, Cli.Run([.. line, "--resume"]).Code);
        Assert.Equal(System.IO.File.ReadAllBytes(whole), System.IO.File.ReadAllBytes(path));
    }

    [Fact]
    public void Somebody_who_watches_sees_bars_on_the_error_stream()
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        Assert.Equal(
            0,
            Application.Run(
                ["train", "heat-1d", "--steps", "20", "--out", File("m.safetensors"), "--json"],
                new Terminal(output, error) { ShowsProgress = true }));
        Assert.Contains("estimate", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("gain", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("100%", error.ToString(), StringComparison.Ordinal);
        Assert.StartsWith("{", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Plain_data_give_a_forward_model_and_its_inverse()
    {
        string model = File("d.safetensors");
        JsonElement trained = Cli.Json("train", $"data:{Samples(60, "train")}", "--steps", "3", "--out", model);
        Assert.Equal(6, trained.GetProperty("validation").GetProperty("instances").GetInt32());
        JsonElement inspected = Cli.Json("inspect", model);
        Assert.Equal("data:train-60", inspected.GetProperty("problem").GetString());
        Assert.Equal("surrogate", inspected.GetProperty("mode").GetString());
        Assert.True(inspected.GetProperty("parameters").GetProperty("forward").GetInt32() > 0);

        // It belongs to no problem of the catalogue, so shapes decide.
        Assert.InRange(Cli.Run("solve", "heat-1d", "--model", model, "--instances", "2").Code, 0, 3);
        Assert.Contains("5 and 64", Cli.Fail(2, "solve", "oscillator", "--model", model), StringComparison.Ordinal);
    }

    [Fact]
    public void Pairs_must_be_pairs()
    {
        string path = File("bad.npz");
        NpzFile.Write(
            path,
            [("x", NumpyArray.Create<double>(new double[10], 5, 2)), ("y", NumpyArray.Create<double>(new double[8], 4, 2))],
            compressed: false);
        Assert.Contains(
            "x has shape (5, 2) and y (4, 2)",
            Cli.Fail(1, "train", $"data:{path}", "--out", File("m.safetensors")),
            StringComparison.Ordinal);
        NpzFile.Write(path, [("x", NumpyArray.Create<double>(new double[10], 5, 2))], compressed: false);
        Assert.Contains("'y'", Cli.Fail(1, "train", $"data:{path}", "--out", File("m.safetensors")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("heat-1", "Did you mean 'heat-1d'?")]
    [InlineData("heat-1d --mode surogate", "did you mean 'surrogate'?")]
    [InlineData("heat-1d --architecture mpl", "did you mean 'mlp'?")]
    [InlineData("heat-1d --penalty baysian", "did you mean 'bayesian'?")]
    [InlineData("heat-1d --steps 0", "--steps is '0'")]
    [InlineData("heat-1d --architecture residual-conv-3d", "residual-conv-3d needs x and y on the same grid with 3 axes")]
    [InlineData("heat-1d --mode surrogate --architecture principal-mlp", "--architecture principal-mlp goes with --mode physics")]
    [InlineData("heat-1d --mode surrogate --penalty bayesian", "--penalty bayesian goes with --mode physics")]
    [InlineData("data:pairs.npz --mode physics", "--mode physics needs a forward model")]
    public void Wrong_usage_is_named(string options, string message)
    {
        Assert.Contains(message, Cli.Fail(2, ["train", .. options.Split(' '), "--out", File("m.safetensors")]), StringComparison.Ordinal);
        Assert.False(System.IO.File.Exists(File("m.safetensors")));
    }

    [Theory]
    [InlineData("", "needs --out MODEL.safetensors")]
    [InlineData("--out model.npz", "must be the path of a file that ends in .safetensors")]
    [InlineData("--out no/such/folder/m.safetensors", "does not exist")]
    public void The_file_to_write_is_checked_before_the_work(string options, string message) =>
        Assert.Contains(
            message,
            Cli.Fail(2, ["train", "heat-1d", .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]),
            StringComparison.Ordinal);

    /// <summary>Cancels when a text is written.</summary>
    private sealed class CancellingWriter(CancellationTokenSource source, string text) : ReactingWriter(text, source.Cancel);

    /// <summary>Does something when a text is written.</summary>
    private class ReactingWriter(string text, Action react) : StringWriter
    {
        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            if (value?.Contains(text, StringComparison.Ordinal) == true)
            {
                react();
            }
        }
    }
}
