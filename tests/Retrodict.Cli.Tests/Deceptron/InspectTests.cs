using System.Text.Json;

namespace Retrodict.Cli.Tests.Deceptron;

/// <summary><c>inspect</c>.</summary>
public sealed class InspectTests(TrainedModels models) : TemporaryFolder, IClassFixture<TrainedModels>
{
    [Fact]
    public void A_model_is_described_and_measured()
    {
        JsonElement model = Cli.Json("inspect", models.Physics);
        Assert.Equal(
            [
                "model",
                "problem",
                "mismatch",
                "unknown_shape",
                "observation_shape",
                "mode",
                "architecture",
                "parameters",
                "form",
                "training",
                "safeguard",
                "rjcp",
                "validation",
            ],
            Keys.Of(model));
        Assert.Equal(
            ("heat-1d", "physics", "principal-mlp"),
            (
                model.GetProperty("problem").GetString(),
                model.GetProperty("mode").GetString(),
                model.GetProperty("architecture").GetString()));
        Assert.Equal(64, model.GetProperty("unknown_shape")[0].GetInt32());
        JsonElement parameters = model.GetProperty("parameters");
        Assert.Equal(parameters.GetProperty("reverse").GetInt32(), parameters.GetProperty("gain").GetInt32());
        Assert.Equal(0, parameters.GetProperty("forward").GetInt32());
        Assert.Equal("7", model.GetProperty("training").GetProperty("seed").GetString());
        Assert.True(model.GetProperty("safeguard").GetProperty("rjcp").GetDouble() > model.GetProperty("rjcp").GetDouble());
        Assert.InRange(model.GetProperty("validation").GetProperty("rmse_x").GetDouble(), 0.05, 0.15);

        string text = Cli.Run("inspect", models.Physics).Output;
        Assert.Contains("a learned inverse of heat-1d", text, StringComparison.Ordinal);
        Assert.Contains("gain error", text, StringComparison.Ordinal);
        Assert.DoesNotContain("of f", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_measures_are_those_that_training_told_and_depend_on_the_seed_of_the_data()
    {
        double first = Rmse(), again = Rmse(), other = Rmse("--seed", "8");
        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
        Assert.Equal(first, other, 0.02);

        double Rmse(params string[] options) => Cli.Json(
            ["inspect", models.Physics, .. options]).GetProperty("validation").GetProperty("rmse_x").GetDouble();
    }

    [Fact]
    public void A_surrogate_has_a_forward_model() =>
        Assert.Contains("f from x to y", Cli.Run("inspect", models.Surrogate).Output, StringComparison.Ordinal);

    [Fact]
    public void What_is_no_model_is_refused()
    {
        Assert.Contains("There is no file", Cli.Fail(1, "inspect", File("nothing.safetensors")), StringComparison.Ordinal);
        Assert.Contains("perhaps it is no safetensors file", Cli.Fail(1, "inspect", Samples(2)), StringComparison.Ordinal);
        Assert.Contains("needs MODEL", Cli.Fail(2, "inspect"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.001)]
    public void A_damaged_file_is_refused(double kept)
    {
        byte[] whole = System.IO.File.ReadAllBytes(models.Physics);
        string path = File("damaged.safetensors");
        System.IO.File.WriteAllBytes(path, whole[..(int)(kept * whole.Length)]);
        Assert.Contains("damaged.safetensors", Cli.Fail(1, "inspect", path), StringComparison.Ordinal);
        Assert.StartsWith("error: --model: ", Cli.Fail(1, "solve", "heat-1d", "--model", path), StringComparison.Ordinal);
    }
}
