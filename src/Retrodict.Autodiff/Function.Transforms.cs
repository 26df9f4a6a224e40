using System.Numerics;
using Retrodict.Autodiff.Execution;
using Retrodict.Autodiff.Primitives;
using Retrodict.Autodiff.Transforms;

namespace Retrodict.Autodiff;

/// <content>Transforms: functions into functions. They compose in any order and to any depth.</content>
public sealed partial class Function
{
    /// <summary>Forward-mode derivative: the function (x, dx) to (y, J dx). Inputs are followed by the tangents of the named ones, called
    /// <c>x.tangent</c>; outputs by their tangents, <c>y.tangent</c>.</summary>
    /// <param name="withRespectTo">Names of the inputs that vary; none means all.</param>
    public Function Jvp(params ReadOnlySpan<string> withRespectTo) =>
        ExternalProductNode.Require(ForwardMode.Jvp(this, InputIndices(withRespectTo)));

    /// <summary>Reverse-mode derivative: the function (x, y*) to (y, J^T y*). Inputs are followed by the outputs' cotangents, called
    /// <c>y.cotangent</c>; outputs by the cotangents of the named inputs, <c>x.cotangent</c>.</summary>
    /// <param name="withRespectTo">Names of the inputs that vary; none means all.</param>
    public Function Vjp(params ReadOnlySpan<string> withRespectTo) =>
        ExternalProductNode.Require(Transposition.Vjp(this, InputIndices(withRespectTo)));

    /// <summary>Splits the derivative into a part that depends on the point and a part linear in the tangents.</summary>
    /// <param name="withRespectTo">Names of the inputs that vary; none means all.</param>
    public Linearization Linearize(params ReadOnlySpan<string> withRespectTo) => Linearization.Of(this, InputIndices(withRespectTo));

    /// <summary>
    /// The transpose of a function that is linear in the named inputs: from the other inputs and the outputs' cotangents to the named
    /// inputs' cotangents.
    /// </summary>
    /// <param name="linearInputs">Names of the inputs in which the function is linear; none means all.</param>
    /// <exception cref="InvalidOperationException">A node is not linear in them.</exception>
    public Function Transpose(params ReadOnlySpan<string> linearInputs) =>
        ExternalProductNode.Require(Transposition.Transpose(this, InputIndices(linearInputs)));

    /// <summary>
    /// The function for many samples at once: the named inputs and all outputs get a sample axis in front. Inputs not named are shared by
    /// all samples, and what depends on them alone is computed once.
    /// </summary>
    /// <param name="size">The number of samples.</param>
    /// <param name="batched">Names of the inputs that carry samples; none means all.</param>
    public Function Batch(int size, params ReadOnlySpan<string> batched)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        var flags = new bool[Inputs.Count];
        foreach (int input in InputIndices(batched))
        {
            flags[input] = true;
        }

        return Batching.Batch(this, size, flags);
    }

    /// <summary>An equal, usually shorter program: common subexpressions, constants and dead code, and algebra that loses no NaN.</summary>
    public Function Simplify() => Simplification.Simplify(this);

    /// <summary>The gradient of a scalar function: outputs <c>x.gradient</c>, one for each named input.</summary>
    /// <param name="withRespectTo">Names of the inputs; none means all.</param>
    /// <exception cref="ShapeException">The function does not have exactly one scalar output.</exception>
    public Function Gradient(params ReadOnlySpan<string> withRespectTo) =>
        ExternalProductNode.Require(Gradients.Of(this, InputIndices(withRespectTo), withValue: false));

    /// <summary>A scalar function and its gradient: the function's output, then <c>x.gradient</c> for each named input.</summary>
    /// <param name="withRespectTo">Names of the inputs; none means all.</param>
    /// <exception cref="ShapeException">The function does not have exactly one scalar output.</exception>
    public Function ValueAndGradient(params ReadOnlySpan<string> withRespectTo) =>
        ExternalProductNode.Require(Gradients.Of(this, InputIndices(withRespectTo), withValue: true));

    /// <summary>
    /// The Jacobian of the only output with respect to one input, of shape [output..., input...], as output <c>jacobian</c>: batched
    /// forward products if the input is no longer than the output, else batched reverse products.
    /// </summary>
    /// <param name="withRespectTo">Name of the input; null for the first.</param>
    /// <exception cref="ArgumentException">The function has several outputs.</exception>
    public Function Jacobian(string? withRespectTo = null) =>
        ExternalProductNode.Require(Jacobians.Of(this, withRespectTo is null ? 0 : Variable.IndexOf(Inputs, withRespectTo, "input")));

    /// <summary>
    /// Hessian-vector products of a scalar function with respect to one input: inputs are followed by the direction <c>x.tangent</c>; the
    /// output is <c>product</c>. Forward over reverse.
    /// </summary>
    /// <param name="withRespectTo">Name of the input; null for the first.</param>
    /// <exception cref="ShapeException">The function does not have exactly one scalar output.</exception>
    public Function HessianVectorProduct(string? withRespectTo = null) =>
        Gradients.HessianVectorProduct(this, withRespectTo is null ? 0 : Variable.IndexOf(Inputs, withRespectTo, "input"));

    /// <summary>The same function with a derivative rule of the caller's.</summary>
    /// <param name="rule">From the inputs and their tangents, in order, to the outputs' tangents. It must be linear in the tangents if
    /// reverse mode is wanted, and may be differentiated again.</param>
    /// <exception cref="ShapeException">The rule's inputs or outputs do not fit.</exception>
    public Function WithJvp(Function rule) => CustomRules.WithJvp(this, rule);

    /// <summary>The same function with a derivative rule of the caller's, given in reverse. Forward mode uses its transpose.</summary>
    /// <param name="rule">From the inputs and the outputs' cotangents, in order, to the inputs' cotangents; linear in the
    /// cotangents.</param>
    /// <exception cref="ShapeException">The rule's inputs or outputs do not fit.</exception>
    public Function WithVjp(Function rule) => CustomRules.WithVjp(this, rule);

    /// <summary>Compiles the function for an element type.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="options">How; the defaults when null.</param>
    public Plan<T> Compile<T>(PlanOptions? options = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (typeof(T) != typeof(float) && typeof(T) != typeof(double))
        {
            throw new NotSupportedException($"Plans exist for float and double, not for {typeof(T).Name}.");
        }

        return Compiler<T>.Compile(this, options ?? PlanOptions.Default);
    }
}
