using Retrodict.Autodiff;

namespace Retrodict.Learning;

/// <summary>f and g with all their parameters in one flat vector.</summary>
internal sealed class SurrogateMaps
{
    private const string InputName = "input";

    private readonly string? _tiedReverse;
    private readonly string _tiedForward = "";

    public SurrogateMaps(Architecture architecture, ModelShapes shapes, bool tied)
    {
        (Forward, Reverse) = (architecture.ForwardMap(shapes), architecture.ReverseMap(shapes));
        if (architecture.LinearParts is { } parts)
        {
            Linear = new LinearParts(
                $"{Forward.Name}.{parts.ForwardWeight}",
                $"{Forward.Name}.{parts.ForwardBias}",
                $"{Reverse.Name}.{parts.ReverseWeight}",
                $"{Reverse.Name}.{parts.ReverseBias}");
            (_tiedReverse, _tiedForward) = (tied ? Linear.ReverseWeight : null, Linear.ForwardWeight);
        }

        var all = ParameterLayout.Concatenate(Forward.Parameters, Reverse.Parameters);
        Parameters = new ParameterLayout(all.Parameters.Where(parameter => parameter.Name != _tiedReverse));
        ForwardFunction = Function.Trace(
            [.. Parameters.Inputs, (InputName, Forward.Input)], values => [("f", ApplyForward(values, values[InputName]))], "forward");
        ReverseFunction = Function.Trace(
            [.. Parameters.Inputs, (InputName, Reverse.Input)], values => [("g", ApplyReverse(values, values[InputName]))], "reverse");
    }

    public Network Forward { get; }

    public Network Reverse { get; }

    /// <summary>The matrices and biases, under their full names; null where there are none.</summary>
    public LinearParts? Linear { get; }

    /// <summary>Those of f, then those of g, without a weight that is tied.</summary>
    public ParameterLayout Parameters { get; }

    /// <summary>f of all parameters and one sample.</summary>
    public Function ForwardFunction { get; }

    /// <summary>g of all parameters and one sample.</summary>
    public Function ReverseFunction { get; }

    /// <summary>J_g(f(x)) J_f(x) ξ of all parameters, x and a tangent: its last output; the last two inputs are x and ξ.</summary>
    public Function Composition() => Function.Trace(
        [.. Parameters.Inputs, ("x", Forward.Input)],
        values => [("g", ApplyReverse(values, ApplyForward(values, values["x"])))],
        "composition").Jvp("x");

    /// <summary>A matrix of g's affine layer: V, or Wᵀ where it is tied.</summary>
    public Value ReverseWeight(ValueList values) => Find(values, Linear!.ReverseWeight);

    /// <summary>The values of all parameters in a trace.</summary>
    public Value[] In(ValueList values) => [.. Parameters.Parameters.Select(parameter => values[parameter.Name])];

    /// <summary>The parameters that a stage changes, or those that it leaves.</summary>
    public ParameterLayout Part(TrainedMaps maps, bool trained) =>
        new(Parameters.Parameters.Where(parameter => Changes(maps, Forward.Parameters.Contains(parameter.Name)) == trained));

    /// <summary>The elements of some of the parameters.</summary>
    public float[] Gather(ParameterLayout part, ReadOnlySpan<float> all)
    {
        float[] values = new float[part.Length];
        foreach (Parameter parameter in part.Parameters)
        {
            Parameters.Window(parameter.Name, all).CopyTo(part.Window(parameter.Name, values.AsSpan()));
        }

        return values;
    }

    /// <summary>Puts elements of some of the parameters back.</summary>
    public void Scatter(ParameterLayout part, ReadOnlySpan<float> values, Span<float> all)
    {
        foreach (Parameter parameter in part.Parameters)
        {
            part.Window(parameter.Name, values).CopyTo(Parameters.Window(parameter.Name, all));
        }
    }

    /// <summary>The parameters of one network in its own layout.</summary>
    public float[] Of(Network network, ReadOnlySpan<float> all)
    {
        float[] values = new float[network.Parameters.Length];
        foreach (Parameter parameter in network.Parameters.Parameters)
        {
            Span<float> into = network.Parameters.Window(parameter.Name, values.AsSpan());
            if (parameter.Name != _tiedReverse)
            {
                Parameters.Window(parameter.Name, all).CopyTo(into);
                continue;
            }

            ReadOnlySpan<float> forward = Parameters.Window(_tiedForward, all);
            (int rows, int columns) = (parameter.Shape[0], parameter.Shape[1]);
            for (int i = 0; i < into.Length; i++)
            {
                into[i] = forward[(i % columns * rows) + (i / columns)];
            }
        }

        return values;
    }

    private static bool Changes(TrainedMaps maps, bool forward) =>
        maps == TrainedMaps.Both || maps == (forward ? TrainedMaps.Forward : TrainedMaps.Reverse);

    private Value ApplyForward(ValueList values, Value x) => Forward.Apply(values, x);

    private Value ApplyReverse(ValueList values, Value y) =>
        Reverse.Layer.Apply(y, new ParameterValues(name => Find(values, name), $"{Reverse.Name}."));

    private Value Find(ValueList values, string name) => name == _tiedReverse ? values[_tiedForward].Permute() : values[name];
}
