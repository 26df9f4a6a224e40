namespace Retrodict;

/// <summary>The element type in which the forward model and its derivatives are evaluated. Solvers do their linear algebra in double
/// precision.</summary>
public enum Precision
{
    /// <summary>64-bit, the default.</summary>
    Float64,

    /// <summary>32-bit: faster for large models, with residuals good to about seven digits.</summary>
    Float32,
}
