using Retrodict.Autodiff;
using Retrodict.Randomness;

namespace Retrodict.Learning.Tests.Networks;

public class NetworkTests
{
    private static readonly Network _perceptron = new(
        "network", 3, new Sequential(new Affine(3, 4), Activation.LeakyRelu(), new Affine(4, 2)));

    [Fact]
    public void Parameters_are_called_as_PyTorch_calls_them()
    {
        Assert.Equal(
            ["network.0.weight: [4, 3]", "network.0.bias: [4]", "network.2.weight: [2, 4]", "network.2.bias: [2]"],
            _perceptron.Parameters.Parameters.Select(p => p.ToString()));
        Assert.Equal([0, 12, 16, 24], _perceptron.Parameters.Parameters.Select(p => _perceptron.Parameters.Offset(p.Name)));
        Assert.Equal(26, _perceptron.Parameters.Length);
        Assert.Equal((Shape)2, _perceptron.Output);
        var block = new Network("g", [1, 5, 5], new Sequential(new Convolution(2, 1, 3), new ResidualBlock(2, 3)));
        Assert.Equal(
            [
                "g.0.weight: [3, 1, 3, 3]",
                "g.0.bias: [3]",
                "g.1.conv1.weight: [3, 3, 3, 3]",
                "g.1.conv1.bias: [3]",
                "g.1.conv2.weight: [3, 3, 3, 3]",
                "g.1.conv2.bias: [3]",
            ],
            block.Parameters.Parameters.Select(p => p.ToString()));
    }

    [Fact]
    public void A_perceptron_is_its_formula()
    {
        float[] parameters = [.. Enumerable.Range(0, 26).Select(i => ((i * 7 % 11) - 5) / 4f)];
        float[] x = [0.5f, -1f, 2f];
        double[] hidden = new double[4];
        for (int row = 0; row < 4; row++)
        {
            double sum = parameters[12 + row];
            for (int column = 0; column < 3; column++)
            {
                sum += parameters[(row * 3) + column] * x[column];
            }

            hidden[row] = sum > 0 ? sum : 0.1 * sum;
        }

        double[] expected =
        [
            .. Enumerable.Range(0, 2).Select(
                row => parameters[24 + row] + hidden.Select((h, i) => h * parameters[16 + (row * 4) + i]).Sum()),
        ];
        Plan<float> baked = _perceptron.Bake(parameters).Compile<float>();
        float[] actual = new float[2];
        baked.Run(x, actual);
        Assert.Equal(expected[0], actual[0], 1e-5);
        Assert.Equal(expected[1], actual[1], 1e-5);
        using Workspace<float> workspace = _perceptron.Function.Compile<float>().Rent();
        _perceptron.Parameters.BindInputs(workspace, parameters);
        x.CopyTo(workspace.Input(Network.InputName));
        workspace.Run();
        Assert.Equal(actual, workspace.Output(0).ToArray());
    }

    [Theory]
    [InlineData(PaddingKind.Zero)]
    [InlineData(PaddingKind.Circular)]
    public void A_residual_block_is_its_formula(PaddingKind padding)
    {
        const int N = 6;
        var network = new Network("net", [1, N], new ResidualBlock(1, 1) { Padding = padding, Slope = 0.2 });
        float[] parameters = [0.5f, -1f, 0.25f, 0.1f, 1f, 0.75f, -0.5f, -0.2f];
        float[] x = [1, -2, 3, 0.5f, -1, 2];
        double[] inner = Convolve([.. x.Select(e => (double)e)], parameters.AsSpan(0, 3), parameters[3]);
        double[] outer = Convolve([.. inner.Select(Leaky)], parameters.AsSpan(4, 3), parameters[7]);
        float[] actual = new float[N];
        network.Bake(parameters).Compile<float>().Run(x, actual);
        for (int i = 0; i < N; i++)
        {
            Assert.Equal(Leaky(x[i] + outer[i]), actual[i], 1e-5);
        }

        static double Leaky(double value) => value > 0 ? value : 0.2 * value;

        double[] Convolve(double[] signal, ReadOnlySpan<float> kernel, double bias)
        {
            double[] result = new double[N];
            for (int i = 0; i < N; i++)
            {
                result[i] = bias;
                for (int k = 0; k < 3; k++)
                {
                    int at = i + k - 1;
                    bool inside = at is >= 0 and < N;
                    result[i] += inside || padding == PaddingKind.Circular ? kernel[k] * signal[(at + N) % N] : 0;
                }
            }

            return result;
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Convolutions_keep_the_spatial_lengths(int axes)
    {
        int[] spatial = [.. Enumerable.Repeat(5, axes)];
        var layer = new Sequential(new Convolution(axes, 2, 3), Activation.Tanh, new Convolution(axes, 3, 1));
        Assert.Equal(Shape.Of([1, .. spatial]), new Network("n", Shape.Of([2, .. spatial]), layer).Output);
    }

    public static TheoryData<Activation, string, double> Activations => new()
    {
        { Activation.Identity, "Identity", -0.7 },
        { Activation.LeakyRelu(), "LeakyRelu(0.1)", -0.07 },
        { Activation.Tanh, "Tanh", -0.6043677771171636 },
        { Activation.Sigmoid, "Sigmoid", 0.3318122278318339 },
        { Activation.Softplus, "Softplus", 0.4031860488854579 },
        { Activation.Silu, "Silu", -0.23226855948228374 },
    };

    [Theory]
    [MemberData(nameof(Activations))]
    public void Activations_are_their_functions(Activation activation, string name, double expected)
    {
        double[] actual = new double[1];
        new Network("n", 1, activation).Bake([]).Compile<double>().Run([-0.7], actual);
        Assert.Equal(expected, actual[0], 1e-14);
        Assert.Equal(name, activation.ToString());
    }

    [Fact]
    public void Layers_with_names_give_them_to_their_parameters()
    {
        var network = new Network("n", 3, new Sequential(("entry", new Affine(3, 2)), ("", Activation.Tanh), ("", new Affine(2, 1))));
        Assert.Equal(
            ["n.entry.weight: [2, 3]", "n.entry.bias: [2]", "n.weight: [1, 2]", "n.bias: [1]"],
            network.Parameters.Parameters.Select(p => p.ToString()));
        Assert.Equal(new Sequential(new Affine(2, 1)), new Sequential(("0", new Affine(2, 1))));
        Assert.NotEqual(new Sequential(new Affine(2, 1)), new Sequential(("entry", new Affine(2, 1))));
    }

    [Fact]
    public void Kaiming_bounds_and_variance_are_those_of_the_formula()
    {
        var layout = new ParameterLayout(
            [
                new Parameter("w", [64, 50, 3, 3], Initializer.KaimingUniform(0.1)),
                new Parameter("v", [300, 200], Initializer.XavierUniform(2)),
            ]);
        float[] values = layout.Initialize(new RandomStream(3));
        Check(layout.Window("w", values), Math.Sqrt(6 / (1.01 * 450)));
        Check(layout.Window("v", values), 2 * Math.Sqrt(6.0 / 500));

        static void Check(ReadOnlySpan<float> window, double bound)
        {
            double[] drawn = [.. window.ToArray().Select(e => (double)e)];
            Assert.InRange(drawn.Max(Math.Abs), 0.999 * bound, bound);
            Assert.InRange(drawn.Select(e => e * e).Average() / (bound * bound / 3), 0.97, 1.03);
            Assert.InRange(drawn.Average() / bound, -0.02, 0.02);
        }
    }

    [Fact]
    public void Initial_values_depend_on_seed_and_name_alone()
    {
        float[] first = _perceptron.Initialize(new RandomStream(5));
        Assert.Equal(first, _perceptron.Initialize(new RandomStream(5)));
        Assert.NotEqual(first, _perceptron.Initialize(new RandomStream(6)));
        var both = ParameterLayout.Concatenate(new Network("other", 2, new Affine(2, 2)).Parameters, _perceptron.Parameters);
        float[] joint = both.Initialize(new RandomStream(5));
        Assert.Equal(first, joint[^26..]);
        Assert.All(_perceptron.Parameters.Window("network.0.bias", first).ToArray(), bias => Assert.Equal(0, bias));
    }

    [Fact]
    public void Given_values_are_taken_and_constants_are_constant()
    {
        var layer = new Affine(2, 1) { Weight = Initializer.Given(new float[] { 3, 4 }), Bias = Initializer.Constant(-1) };
        Assert.Equal([3f, 4f, -1f], new Network("n", 2, layer).Initialize(new RandomStream(0)));
        var wrong = new Affine(3, 1) { Weight = Initializer.Given(new float[] { 3, 4 }) };
        string message = Assert.Throws<ArgumentException>(() => new Network("n", 3, wrong).Initialize(new RandomStream(0))).Message;
        Assert.Contains("n.weight: [1, 3]", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Samples_of_a_batch_share_one_product()
    {
        Function batch = _perceptron.Function.Batch(8, Network.InputName);
        Assert.Equal(Shape.Of([8, 2]), batch.Outputs[0].Shape);
        float[] parameters = _perceptron.Initialize(new RandomStream(1));
        float[] x = new float[24];
        new RandomStream(2).FillNormal(x.AsSpan());
        using Workspace<float> workspace = batch.Compile<float>().Rent();
        _perceptron.Parameters.BindInputs(workspace, parameters);
        x.CopyTo(workspace.Input(Network.InputName));
        workspace.Run();
        Plan<float> single = _perceptron.Bake(parameters).Compile<float>();
        float[] y = new float[2];
        for (int sample = 0; sample < 8; sample++)
        {
            single.Run(x.AsSpan(sample * 3, 3), y);
            Assert.Equal(y[0], workspace.Output(0)[sample * 2], 1e-5);
            Assert.Equal(y[1], workspace.Output(0)[(sample * 2) + 1], 1e-5);
        }
    }

    [Fact]
    public void Mistakes_are_named()
    {
        Assert.Contains(
            "takes [4]", Assert.Throws<ShapeException>(() => new Network("n", 3, new Affine(4, 2))).Message, StringComparison.Ordinal);
        Assert.Contains(
            "2 channels",
            Assert.Throws<ShapeException>(() => new Network("n", [1, 4], new Convolution(1, 2, 2))).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Network("n", [1, 4], new Convolution(4, 1, 2)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Network("n", 4, new Affine(4, 0)));
        Assert.Contains(
            "called 'network.0.weight'",
            Assert.Throws<ArgumentException>(() => ParameterLayout.Concatenate(_perceptron.Parameters, _perceptron.Parameters)).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "26 elements", Assert.Throws<ArgumentException>(() => _perceptron.Bake(new float[25])).Message, StringComparison.Ordinal);
        Assert.Contains(
            "network.2.bias",
            Assert.Throws<KeyNotFoundException>(() => _perceptron.Parameters.Offset("network.1.bias")).Message,
            StringComparison.Ordinal);
    }
}
