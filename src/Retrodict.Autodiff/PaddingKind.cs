namespace Retrodict.Autodiff;

/// <summary>What stands in the padding of a convolution.</summary>
public enum PaddingKind
{
    /// <summary>Zeros.</summary>
    Zero,

    /// <summary>The input continued periodically: periodic boundaries.</summary>
    Circular,

    /// <summary>The nearest element of the input, repeated.</summary>
    Edge,
}
