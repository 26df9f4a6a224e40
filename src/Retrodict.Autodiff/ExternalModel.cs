namespace Retrodict.Autodiff;

/// <summary>Computes y = F(x). It must be a pure function and safe to call from several threads.</summary>
/// <param name="x">The input, row-major.</param>
/// <param name="y">Receives the output, row-major.</param>
public delegate void ExternalFunction(ReadOnlySpan<double> x, Span<double> y);

/// <summary>
/// Computes a product with the model's Jacobian at x: J v for a Jacobian-vector product, J^T v for a vector-Jacobian product.
/// </summary>
/// <param name="x">The point, row-major.</param>
/// <param name="vector">A tangent of the input, or a cotangent of the output.</param>
/// <param name="product">Receives the tangent of the output, or the cotangent of the input.</param>
public delegate void ExternalProduct(ReadOnlySpan<double> x, ReadOnlySpan<double> vector, Span<double> product);

/// <summary>
/// A model computed by code of the user's, such as a simulator, for use inside traced functions. Its derivatives are the user's or finite
/// differences; a transform that needs one that is missing fails when it is applied and names the model. There is no second derivative.
/// </summary>
public sealed record ExternalModel
{
    /// <summary>The name in error messages and printed programs.</summary>
    public required string Name { get; init; }

    /// <summary>The shape of x.</summary>
    public required Shape Input { get; init; }

    /// <summary>The shape of y.</summary>
    public required Shape Output { get; init; }

    /// <summary>The model y = F(x).</summary>
    public required ExternalFunction Evaluate { get; init; }

    /// <summary>Its Jacobian-vector product, for forward mode; null if there is none.</summary>
    public ExternalProduct? Jvp { get; init; }

    /// <summary>Its vector-Jacobian product, for reverse mode; null if there is none.</summary>
    public ExternalProduct? Vjp { get; init; }

    /// <summary>
    /// Whether products that are not given are taken by central differences: two evaluations a Jacobian-vector product, two for each
    /// element of x a vector-Jacobian product, with an error of about 1e-10 relative to the model's curvature. Default false.
    /// </summary>
    public bool FiniteDifferences { get; init; }

    /// <summary>The model as an operation on a traced value.</summary>
    /// <param name="x">A value of shape <see cref="Input"/>, or with further axes in front: then the model runs for each.</param>
    /// <exception cref="ShapeException">The shape does not end in <see cref="Input"/>.</exception>
    public Value Apply(Value x) => Value.Emit(new Primitives.External(this), x);

    internal bool HasForward => Jvp is not null || FiniteDifferences;

    internal bool HasReverse => Vjp is not null || FiniteDifferences;
}
