using Retrodict.Autodiff;
using Retrodict.Data;

namespace Retrodict.Learning.Tests.Deceptron;

public class PublishedWeightsTests
{
    private static readonly ModelShapes _shapes = new(2, 3);

    [Fact]
    public void Weights_and_moments_of_an_archive_make_a_model()
    {
        using var folder = new TemporaryFolder();
        Write(folder["weights.npz"], Arrays());
        using NpzFile file = NpzFile.Open(folder["weights.npz"]);
        DeceptronModel model = DeceptronModel.Import(file, new AffineArchitecture(), _shapes, "plus.");
        double[] y = Run(model.ForwardFunction, [1, 2]);

        // (W x + b) y_std + y_mean with W = [1 2; 3 4; 5 6], b = [0.5 0 -1].
        Assert.Equal([(5.5 * 2) + 10, (11 * 3) + 20, (16 * 4) + 30], y);
        Assert.Equal([1 + 4 + 9 + 0.25, 4 + 10 + 18 - 0.25], Run(model.ReverseFunction, [1, 2, 3]));
        Assert.Equal([2, 3, 4], model.ToReverseMap().ObservationDeviation);
    }

    [Fact]
    public void Names_of_convolutions_are_those_of_the_published_code()
    {
        using var folder = new TemporaryFolder();
        var shapes = new ModelShapes(Shape.Of([4, 4]), Shape.Of([4, 4]));
        var architecture = new ResidualConvolutionArchitecture(2, 3, 1);
        string[] names = ["entry", "block1.conv1", "block1.conv2", "exit"];
        int[][] weights = [[3, 1, 3, 3], [3, 3, 3, 3], [3, 3, 3, 3], [1, 3, 3, 3]];
        Write(
            folder["weights.npz"],
            [
                .. names.SelectMany((name, i) => new[]
                {
                    ($"reverse_map.{name}.weight", NumpyArray.Create<float>(new float[weights[i].Aggregate((a, b) => a * b)], weights[i])),
                    ($"reverse_map.{name}.bias", NumpyArray.Create<float>(new float[weights[i][0]])),
                }),
            ]);
        using NpzFile file = NpzFile.Open(folder["weights.npz"]);
        DeceptronModel model = DeceptronModel.Import(file, architecture, shapes);
        Assert.Null(model.ForwardParameters);
        Assert.Equal([.. Enumerable.Repeat(1.0, 16)], model.ObservationDeviation);
    }

    [Fact]
    public void What_is_missing_or_of_another_shape_is_named_with_what_is_there()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains(
            "no array 'plus.reverse_map.linear.bias'; there are: plus.forward_map",
            Message([.. Arrays().Where(entry => entry.Name != "plus.reverse_map.linear.bias")]),
            StringComparison.Ordinal);
        string shape = Message(
            [
                .. Arrays().Select(
                    entry => entry.Name == "plus.reverse_map.linear.weight"
                        ? (entry.Name, NumpyArray.Create<double>(new double[6], 3, 2))
                        : entry),
            ]);
        Assert.Contains("'plus.reverse_map.linear.weight' has shape [3, 2], but [2, 3] is needed", shape, StringComparison.Ordinal);
        Assert.Contains("plus.reverse_map.linear.bias [2]", shape, StringComparison.Ordinal);
        Assert.Contains(
            "finite",
            Message(
                [
                    .. Arrays().Select(
                        entry => entry.Name == "plus.reverse_map.linear.bias"
                            ? (entry.Name, NumpyArray.Create<double>([double.NaN, 0]))
                            : entry),
                ]),
            StringComparison.Ordinal);
        Assert.Contains(
            "positive",
            Message([.. Arrays().Select(entry => entry.Name == "y_std" ? (entry.Name, NumpyArray.Create<double>([1, 0, 1])) : entry)]),
            StringComparison.Ordinal);

        string Message((string Name, NumpyArray Array)[] arrays)
        {
            Write(folder["bad.npz"], arrays);
            using NpzFile file = NpzFile.Open(folder["bad.npz"]);
            return Assert.Throws<DataFormatException>(
                () => DeceptronModel.Import(file, new AffineArchitecture(), _shapes, "plus.")).Message;
        }
    }

    private static (string Name, NumpyArray Array)[] Arrays() =>
    [
        ("plus.forward_map.linear.weight", NumpyArray.Create<float>([1, 2, 3, 4, 5, 6], 3, 2)),
        ("plus.forward_map.linear.bias", NumpyArray.Create<float>([0.5f, 0, -1])),
        ("plus.reverse_map.linear.weight", NumpyArray.Create<float>([1, 2, 3, 4, 5, 6], 2, 3)),
        ("plus.reverse_map.linear.bias", NumpyArray.Create<float>([0.25f, -0.25f])),
        ("y_mean", NumpyArray.Create<double>([10, 20, 30])),
        ("y_std", NumpyArray.Create<double>([2, 3, 4])),
    ];

    private static void Write(string path, (string Name, NumpyArray Array)[] arrays) => NpzFile.Write(path, arrays, compressed: false);

    private static double[] Run(Function function, double[] input)
    {
        using Workspace<double> workspace = function.Compile<double>().Rent();
        input.CopyTo(workspace.Input(0));
        workspace.Run();
        return workspace.Output(0).ToArray();
    }
}
