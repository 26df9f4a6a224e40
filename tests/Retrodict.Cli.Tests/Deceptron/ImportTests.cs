using System.Text.Json;
using Retrodict.Data;

namespace Retrodict.Cli.Tests.Deceptron;

/// <summary><c>import</c>.</summary>
public sealed class ImportTests : TemporaryFolder
{
    [Fact]
    public void Dense_weights_give_a_model_of_their_size()
    {
        string weights = Dense("plus."), model = File("m.safetensors");
        Assert.Equal(0, Cli.Run("import", weights, "--architecture", "mlp", "--prefix", "plus.", "--out", model).Code);
        JsonElement inspected = Cli.Json("inspect", model);
        Assert.Equal(("", "mlp", 3, 4), (
            inspected.GetProperty("problem").GetString(),
            inspected.GetProperty("architecture").GetString(),
            inspected.GetProperty("unknown_shape")[0].GetInt32(),
            inspected.GetProperty("observation_shape")[0].GetInt32()));
        Assert.Equal((5 * 4) + 5 + (3 * 5) + 3, inspected.GetProperty("parameters").GetProperty("reverse").GetInt32());
        Assert.Equal((4 * 3) + 4, inspected.GetProperty("parameters").GetProperty("forward").GetInt32());
        Assert.Equal(JsonValueKind.Null, inspected.GetProperty("validation").ValueKind);
        Assert.Contains("with 3 unknowns and 4 observations", Cli.Fail(2, "solve", "heat-1d", "--model", model), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_missing_is_named()
    {
        string weights = Dense("plus."), model = File("m.safetensors");
        Assert.Contains(
            "--prefix plus. may be meant",
            Cli.Fail(1, "import", weights, "--architecture", "mlp", "--out", model),
            StringComparison.Ordinal);
        Assert.Contains(
            "[128, 64]",
            Cli.Fail(1, "import", Dense("", 128), "--architecture", "mlp", "--problem", "heat-1d", "--out", model),
            StringComparison.Ordinal);
        Assert.Contains(
            "needs --problem NAME",
            Cli.Fail(2, "import", weights, "--architecture", "residual-conv-3d", "--out", model),
            StringComparison.Ordinal);
        Assert.Contains(
            "did you mean 'mlp'?", Cli.Fail(2, "import", weights, "--architecture", "mpl", "--out", model), StringComparison.Ordinal);
        Assert.Contains("needs --architecture", Cli.Fail(2, "import", weights, "--out", model), StringComparison.Ordinal);
        Assert.Contains(
            "Did you mean 'heat-1d'?",
            Cli.Fail(2, "import", weights, "--architecture", "mlp", "--problem", "heat-1", "--out", model),
            StringComparison.Ordinal);
        Assert.Contains(
            "no file", Cli.Fail(1, "import", File("no.npz"), "--architecture", "mlp", "--out", model), StringComparison.OrdinalIgnoreCase);
        Assert.False(System.IO.File.Exists(model));
    }

    [Fact]
    public void Convolutions_tell_channels_and_blocks()
    {
        string weights = File("conv.npz"), model = File("m.safetensors");
        var arrays = new List<(string, NumpyArray)>
        {
            Random("reverse_map.entry.weight", 2, 1, 3, 3, 3),
            Random("reverse_map.entry.bias", 2),
        };
        foreach (string part in new[] { "conv1", "conv2" })
        {
            arrays.Add(Random($"reverse_map.block1.{part}.weight", 2, 2, 3, 3, 3));
            arrays.Add(Random($"reverse_map.block1.{part}.bias", 2));
        }

        arrays.Add(Random("reverse_map.exit.weight", 1, 2, 3, 3, 3));
        arrays.Add(Random("reverse_map.exit.bias", 1));
        NpzFile.Write(weights, arrays, compressed: false);
        Cli.Outcome outcome = Cli.Run("import", weights, "--architecture", "residual-conv-3d", "--problem", "heat-3d", "--out", model);
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        Assert.Contains("2 channels, 1 residual blocks", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("composition error", outcome.Output, StringComparison.Ordinal);
    }

    private static (string, NumpyArray) Random(string name, params int[] shape)
    {
        var values = new double[shape.Aggregate(1, (product, length) => product * length)];
        new Randomness.RandomStream(3, name).FillNormal<double>(values);
        return (name, NumpyArray.Create<double>(values, shape));
    }

    private string Dense(string prefix, int hidden = 5)
    {
        string path = File($"dense{prefix}{hidden}.npz");
        NpzFile.Write(
            path,
            [
                Random($"{prefix}reverse_map.network.0.weight", hidden, 4),
                Random($"{prefix}reverse_map.network.0.bias", hidden),
                Random($"{prefix}reverse_map.network.2.weight", 3, hidden),
                Random($"{prefix}reverse_map.network.2.bias", 3),
                Random($"{prefix}forward_map.linear.weight", 4, 3),
                Random($"{prefix}forward_map.linear.bias", 4),
            ],
            compressed: false);
        return path;
    }
}
