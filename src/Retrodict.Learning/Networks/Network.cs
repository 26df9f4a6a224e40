using Retrodict.Autodiff;
using Retrodict.Randomness;

namespace Retrodict.Learning;

/// <summary>A layer with a name and the shape of its samples: a function of its parameters and one sample.</summary>
/// <remarks>
/// Parameters are called by the network's name and the path of layers, <c>network.0.weight</c>, the names that PyTorch gives a
/// <c>Sequential</c> held in an attribute of that name.
/// </remarks>
public sealed class Network
{
    /// <summary>The name of the sample among the inputs of <see cref="Function"/>.</summary>
    public const string InputName = "input";

    /// <summary>The name of the output of <see cref="Function"/>.</summary>
    public const string OutputName = "output";

    private readonly string _prefix;

    /// <summary>Makes a network and traces it.</summary>
    /// <param name="name">The first part of its parameters' names; empty for none.</param>
    /// <param name="input">The shape of one sample.</param>
    /// <param name="layer">What it does, usually a <see cref="Sequential"/>.</param>
    /// <exception cref="ShapeException">A layer does not take what the one before it gives.</exception>
    public Network(string name, Shape input, Layer layer)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(layer);
        Name = name;
        Layer = layer;
        _prefix = name.Length == 0 ? "" : $"{name}.";
        Parameters = new ParameterLayout(layer.Parameters.Select(parameter => parameter with { Name = _prefix + parameter.Name }));
        Function = Function.Trace(
            [.. Parameters.Inputs, (InputName, input)],
            values => [(OutputName, Apply(values, values[InputName]))],
            name.Length == 0 ? "network" : name);
    }

    /// <summary>The first part of the parameters' names.</summary>
    public string Name { get; }

    /// <summary>What the network does.</summary>
    public Layer Layer { get; }

    /// <summary>The parameters and their places in the flat vector.</summary>
    public ParameterLayout Parameters { get; }

    /// <summary>
    /// The network for one sample: its inputs are the parameters by name, in order, and then <c>input</c>; its output is <c>output</c>.
    /// </summary>
    public Function Function { get; }

    /// <summary>The shape of one sample.</summary>
    public Shape Input => Function.Inputs[^1].Shape;

    /// <summary>The shape of the output for one sample.</summary>
    public Shape Output => Function.Outputs[0].Shape;

    /// <summary>Applies the network inside a trace that has its parameters among its inputs.</summary>
    /// <param name="inputs">The trace's inputs; parameters are looked up by name.</param>
    /// <param name="input">One sample.</param>
    /// <exception cref="KeyNotFoundException">A parameter is not among the inputs.</exception>
    public Value Apply(ValueList inputs, Value input)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return Layer.Apply(input, new ParameterValues(name => inputs[name], _prefix));
    }

    /// <summary>A flat vector of parameters before training; see <see cref="ParameterLayout.Initialize"/>.</summary>
    /// <param name="random">The stream; each parameter draws from the child of its name.</param>
    public float[] Initialize(RandomStream random) => Parameters.Initialize(random);

    /// <summary>The network with its parameters as constants: a function of the sample alone, from <c>input</c> to <c>output</c>.</summary>
    /// <param name="parameters">The flat vector; it is copied.</param>
    /// <exception cref="ArgumentException">The vector's length is not that of the parameters.</exception>
    public Function Bake(ReadOnlySpan<float> parameters)
    {
        Parameters.CheckLength(parameters.Length, nameof(parameters));
        var constants = new Dictionary<string, Value>(StringComparer.Ordinal);
        foreach (Parameter parameter in Parameters.Parameters)
        {
            double[] elements = Array.ConvertAll(Parameters.Window(parameter.Name, parameters).ToArray(), element => (double)element);
            constants.Add(parameter.Name, Value.Constant(elements, parameter.Shape));
        }

        return Function.Trace(
            [(InputName, Input)],
            values => [(OutputName, Layer.Apply(values[0], new ParameterValues(name => constants[name], _prefix)))],
            Function.Name);
    }
}
