using System.Text.Json.Nodes;
using Retrodict.Autodiff;

namespace Retrodict.Learning;

/// <summary>
/// How a Deceptron is built: the network of its reverse map g, from the standardized observation [m] to the unknown [n], and that of a
/// forward map f the other way, where one is learned. Both take and give one axis; what has spatial axes inside reshapes.
/// </summary>
public abstract record Architecture
{
    /// <summary>The name of reverse maps among parameters.</summary>
    public const string ReverseName = "reverse_map";

    /// <summary>The name of forward maps among parameters.</summary>
    public const string ForwardName = "forward_map";

    /// <summary>The architecture's name, as on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>The reverse map g, from [m] to [n].</summary>
    /// <param name="shapes">The shapes of x and y.</param>
    /// <param name="name">The first part of the parameters' names.</param>
    /// <exception cref="ArgumentException">The architecture does not suit the shapes.</exception>
    public abstract Network ReverseMap(ModelShapes shapes, string name = ReverseName);

    /// <summary>A forward map f, from [n] to [m], for training without a forward model.</summary>
    /// <param name="shapes">The shapes of x and y.</param>
    /// <param name="name">The first part of the parameters' names.</param>
    /// <exception cref="ArgumentException">The architecture does not suit the shapes.</exception>
    /// <exception cref="NotSupportedException">The architecture has no forward map.</exception>
    public abstract Network ForwardMap(ModelShapes shapes, string name = ForwardName);

    /// <summary>The matrices and biases that losses of weights speak of; null where there are none.</summary>
    internal virtual LinearParts? LinearParts => null;

    /// <summary>Whether training moves a parameter; others keep the values that they begin with.</summary>
    /// <param name="parameter">The parameter's name after the network's.</param>
    internal virtual bool Trains(string parameter) => true;

    /// <summary>The settings, as model files hold them.</summary>
    internal abstract JsonObject Settings();

    /// <summary>A network from [inputs] to [outputs] around layers one after the other.</summary>
    private protected static Network Flat(string name, int inputs, int outputs, params ReadOnlySpan<(string, Layer)> layers)
    {
        var network = new Network(name, inputs, new Sequential(layers));
        return network.Output == (Shape)outputs
            ? network
            : throw new ArgumentException($"The network '{name}' gives {network.Output}, but {outputs} numbers are needed.");
    }
}
