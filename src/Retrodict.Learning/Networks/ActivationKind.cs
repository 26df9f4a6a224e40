namespace Retrodict.Learning;

/// <summary>The functions that an <see cref="Activation"/> may be.</summary>
internal enum ActivationKind
{
    /// <summary>x.</summary>
    Identity,

    /// <summary>x where it is positive, else slope x.</summary>
    LeakyRelu,

    /// <summary>The hyperbolic tangent.</summary>
    Tanh,

    /// <summary>1 / (1 + exp(-x)).</summary>
    Sigmoid,

    /// <summary>log(1 + exp(x)).</summary>
    Softplus,

    /// <summary>x / (1 + exp(-x)), also called swish.</summary>
    Silu,
}
