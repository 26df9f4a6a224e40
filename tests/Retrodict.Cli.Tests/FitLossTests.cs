using System.Text.Json;

namespace Retrodict.Cli.Tests;

public sealed class FitLossTests : TemporaryFolder
{
    // y = 1 + 2 x and small errors, but for one row.
    private const string Rows =
        "y,x,s\n1.01,0,0.02\n2.98,1,0.02\n5.02,2,0.02\n6.99,3,0.02\n"
        + "30,4,0.02\n11.01,5,0.02\n12.98,6,0.02\n15.02,7,0.02\n17.01,8,0.02\n";

    [Theory]
    [InlineData("huber")]
    [InlineData("soft-l1")]
    [InlineData("cauchy")]
    [InlineData("arctan")]
    [InlineData("tukey")]
    public void An_outlier_does_not_matter(string loss)
    {
        string path = Text("line.csv", Rows);
        string[] line = ["fit", path, "--model", "a+b*x", "--start", "a=0,b=1"];
        JsonElement plain = Cli.Json(line), robust = Cli.Json([.. line, "--loss", loss]);
        Assert.True(Math.Abs(Estimate(plain, 0) - 1) > 1);
        Assert.Equal(1, Estimate(robust, 0), 0.7);
        Assert.Equal(2, Estimate(robust, 1), 0.1);
        JsonElement said = robust.GetProperty("loss");
        Assert.Equal((loss, true), (said.GetProperty("name").GetString(), said.GetProperty("applied").GetBoolean()));
        Assert.True(said.GetProperty("noise_estimate").GetDouble() > 0);
        Assert.False(plain.TryGetProperty("loss", out _));
    }

    [Fact]
    public void With_sigma_the_scale_is_known()
    {
        string path = Text("line.csv", Rows);
        string[] line = ["fit", path, "--model", "a+b*x", "--start", "a=0,b=1", "--sigma", "s", "--loss", "tukey", "--loss-scale", "6"];
        JsonElement fit = Cli.Json([.. line[..^4], "--loss", "huber", "--loss-scale", "1.5"]);
        Assert.Equal(1, Estimate(fit, 0), 0.03);
        Assert.Equal(2, Estimate(fit, 1), 0.01);
        Assert.Equal(
            (1.5, JsonValueKind.Null),
            (fit.GetProperty("loss").GetProperty("scale").GetDouble(), fit.GetProperty("loss").GetProperty("noise_estimate").ValueKind));
        Assert.Contains(
            "loss tukey with scale 6 in units of the noise in column s",
            Cli.Run(line).Output.ReplaceLineEndings(" "),
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_report_says_what_the_noise_was_taken_for()
    {
        string output = Cli.Run(
            "fit", Text("line.csv", Rows), "--model", "a+b*x", "--start", "a=0,b=1", "--loss", "huber").Output.ReplaceLineEndings(" ");
        Assert.Matches(
            @"loss huber with scale 1\.345 in units of the noise, estimated as \d\.\d\de[+-]\d\d from the median absolute residual",
            output);
        Assert.Contains("by Huber's formula", output, StringComparison.Ordinal);
        string exact = Cli.Run(
            "fit",
            Text("exact.csv", "y,x\n2,1\n4,2\n6,3\n8,4\n"),
            "--model",
            "b*x",
            "--start",
            "b=1",
            "--loss",
            "huber").Output.ReplaceLineEndings(" ");
        Assert.Contains("was not applied: the median absolute residual is zero", exact, StringComparison.Ordinal);
    }

    private static double Estimate(JsonElement fit, int parameter) =>
        fit.GetProperty("parameters")[parameter].GetProperty("estimate").GetDouble();
}
