using Retrodict.Autodiff;

namespace Retrodict;

/// <content>Problems from models that are ordinary code.</content>
public sealed partial record InverseProblem
{
    private readonly DifferenceJacobian? _differenced;

    private InverseProblem(DifferenceJacobian differenced)
        : this(differenced.Traced()) => _differenced = differenced;

    /// <summary>A problem from a black box, whose Jacobian is taken by finite differences: once for every linearization, and inside
    /// <see cref="Bounds"/>.</summary>
    /// <param name="model">Computes y = F(x), row-major. It must be a pure function and safe to call from several threads; what it throws
    /// ends the solve.</param>
    /// <param name="unknowns">The shape of x.</param>
    /// <param name="observations">The shape of y.</param>
    /// <param name="differences">How steps are chosen; central differences with the default steps when null.</param>
    /// <exception cref="ArgumentException">A shape has no elements, or the typical sizes are not as many as unknowns.</exception>
    public static InverseProblem FromFunctions(
        ExternalFunction model, Shape unknowns, Shape observations, FiniteDifferences? differences = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        differences ??= new FiniteDifferences();
        ArgumentNullException.ThrowIfNull(differences.TypicalSize, nameof(differences));
        return differences.TypicalSize.Dimension is { } dimension && dimension != unknowns.ElementCount
            ? throw new ArgumentException(
                $"There are {dimension} typical sizes, but {unknowns.ElementCount} unknowns.", nameof(differences))
            : new InverseProblem(new DifferenceJacobian(model, unknowns, observations, differences, Box.Unbounded));
    }

    /// <summary>A problem from a model and its Jacobian, which is evaluated once for every linearization.</summary>
    /// <param name="model">Computes y = F(x), row-major. It must be a pure function and safe to call from several threads; what it throws
    /// ends the solve.</param>
    /// <param name="jacobian">Computes the Jacobian at x, [m, n] row-major: entry i n + j is the derivative of y_i by x_j. Entries that it
    /// leaves alone are zero.</param>
    /// <param name="unknowns">The shape of x.</param>
    /// <param name="observations">The shape of y.</param>
    /// <exception cref="ArgumentException">A shape has no elements.</exception>
    public static InverseProblem FromFunctions(ExternalFunction model, ExternalFunction jacobian, Shape unknowns, Shape observations)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(jacobian);
        return new InverseProblem(DenseJacobianModel.Trace(model, jacobian, unknowns, observations));
    }

    /// <summary>A problem from a model and products with its Jacobian J. With one of them null, methods that need the other fail when they
    /// are prepared.</summary>
    /// <param name="model">Computes y = F(x), row-major. It must be a pure function and safe to call from several threads; what it throws
    /// ends the solve.</param>
    /// <param name="jvp">Computes J v for a tangent v of x.</param>
    /// <param name="vjp">Computes Jᵀ w for a cotangent w of y.</param>
    /// <param name="unknowns">The shape of x.</param>
    /// <param name="observations">The shape of y.</param>
    /// <exception cref="ArgumentException">Both products are null, or a shape has no elements.</exception>
    public static InverseProblem FromFunctions(
        ExternalFunction model, ExternalProduct? jvp, ExternalProduct? vjp, Shape unknowns, Shape observations)
    {
        ArgumentNullException.ThrowIfNull(model);
        return jvp is null && vjp is null
            ? throw new ArgumentException(
                "At least one of the products J v and Jᵀ w is needed; without either, leave them out for finite " +
                    "differences.", nameof(jvp))
            : new InverseProblem(DenseJacobianModel.Products(model, jvp, vjp, unknowns, observations));
    }
}
