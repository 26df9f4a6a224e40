using Retrodict.Autodiff;
using Retrodict.Randomness;

namespace Retrodict.Learning.Tests.Architectures;

public sealed class ArchitectureTests
{
    private static readonly ModelShapes _line = new(64, 64);

    public static TheoryData<string> Names =>
        ["affine", "mlp", "residual-conv-1d", "residual-conv-2d", "residual-conv-3d", "principal-mlp"];

    [Fact]
    public void Parameters_have_the_published_names_and_shapes()
    {
        var mlp = new MlpArchitecture();
        Assert.Equal(
            [
                "reverse_map.network.0.weight: [128, 64]",
                "reverse_map.network.0.bias: [128]",
                "reverse_map.network.2.weight: [64, 128]",
                "reverse_map.network.2.bias: [64]",
            ],
            mlp.ReverseMap(_line).Parameters.Parameters.Select(parameter => parameter.ToString()));
        Assert.Equal(
            ["forward_map.linear.weight: [64, 64]", "forward_map.linear.bias: [64]"],
            mlp.ForwardMap(_line).Parameters.Parameters.Select(parameter => parameter.ToString()));
        var cube = new ModelShapes(Shape.Of([4, 4, 4]), Shape.Of([4, 4, 4]));
        Assert.Equal(
            [
                "forward_map.entry.weight: [12, 1, 3, 3, 3]", "forward_map.entry.bias: [12]",
                "forward_map.block1.conv1.weight: [12, 12, 3, 3, 3]", "forward_map.block1.conv1.bias: [12]",
                "forward_map.block1.conv2.weight: [12, 12, 3, 3, 3]", "forward_map.block1.conv2.bias: [12]",
                "forward_map.exit.weight: [1, 12, 3, 3, 3]", "forward_map.exit.bias: [1]",
            ],
            new ResidualConvolutionArchitecture(3, 12, 1).ForwardMap(cube).Parameters.Parameters.Select(parameter => parameter.ToString()));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Settings_come_back_and_maps_go_from_observation_to_unknown(string name)
    {
        (Architecture architecture, ModelShapes shapes) = Create(name);
        Assert.Equal(architecture, ArchitectureSettings.Read(ArchitectureSettings.Write(architecture), "test"));
        Assert.Equal(name, architecture.Name);
        Network network = architecture.ReverseMap(shapes);
        Assert.Equal(((Shape)shapes.Observations, (Shape)shapes.Unknowns), (network.Input, network.Output));
        float[] parameters = network.Initialize(new RandomStream(1, "weights"));
        Assert.All(
            network.Bake(parameters).Compile<float>().Evaluate(new float[shapes.Observations])[0],
            value => Assert.True(float.IsFinite(value)));
        if (name != "principal-mlp")
        {
            Assert.Equal((Shape)shapes.Observations, architecture.ForwardMap(shapes).Output);
        }
        else
        {
            Assert.Throws<NotSupportedException>(() => architecture.ForwardMap(shapes));
        }
    }

    [Fact]
    public void A_mirrored_activation_undoes_the_other()
    {
        var architecture = new AffineArchitecture { Slope = 0.1 };
        var shapes = new ModelShapes(1, 1);
        Network f = architecture.ForwardMap(shapes), g = architecture.ReverseMap(shapes);
        Plan<double> forward = f.Bake([2, 0.5f]).Compile<double>(), reverse = g.Bake([1, 0]).Compile<double>();
        Assert.Equal(-0.25, forward.Evaluate([-1.5])[0][0], 1e-7);
        Assert.Equal(-2.5, reverse.Evaluate([-0.25])[0][0], 1e-6);
    }

    [Fact]
    public void Fields_must_lie_on_the_same_grid()
    {
        ArgumentException e = Assert.Throws<ArgumentException>(() => new ResidualConvolutionArchitecture(2).ReverseMap(_line));
        Assert.Contains("same grid", e.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new ResidualConvolutionArchitecture(1) { Padding = PaddingKind.Edge }.ReverseMap(_line));
    }

    private static (Architecture Architecture, ModelShapes Shapes) Create(string name) => name switch
    {
        "affine" => (new AffineArchitecture { Slope = 0.1 }, new ModelShapes(5, 7)),
        "mlp" => (new MlpArchitecture { Hidden = 9 }, new ModelShapes(5, 7)),
        "residual-conv-1d" => (new ResidualConvolutionArchitecture(1, 3, 1) { Tanh = true }, new ModelShapes(6, 6)),
        "residual-conv-2d" => (
            new ResidualConvolutionArchitecture(2, 3, 0) { Padding = PaddingKind.Circular },
            new ModelShapes(Shape.Of([4, 5]), Shape.Of([4, 5]))),
        "residual-conv-3d" => (new ResidualConvolutionArchitecture(3, 2, 2), new ModelShapes(Shape.Of([3, 3, 3]), Shape.Of([3, 3, 3]))),
        _ => (new PrincipalArchitecture(3, 2) { Hidden = 4, Layers = 3 }, new ModelShapes(5, 7)),
    };
}
