namespace Retrodict.Autodiff.Primitives;

/// <summary>
/// A nonlinear elementwise function, given by its partial derivatives. The chain rule multiplies with <see cref="ChainMultiply"/>, so that
/// a tangent of zero stays zero where a derivative is infinite.
/// </summary>
internal abstract record Smooth : Elementwise
{
    /// <summary>
    /// The partial derivative with respect to one operand, as a value of the result's shape; null where it is zero everywhere.
    /// </summary>
    public abstract Value? Derivative(int operand, ReadOnlySpan<Value> x, Value y);

    public sealed override Value? Tangent(ReadOnlySpan<Value> operands, Value result, ReadOnlySpan<Value?> tangents)
    {
        Value? sum = null;
        for (int i = 0; i < tangents.Length; i++)
        {
            if (tangents[i] is { } tangent && Derivative(i, operands, result) is { } derivative)
            {
                Value term = Value.ChainMultiply(tangent, derivative);
                sum = sum is null ? term : sum + term;
            }
        }

        return sum;
    }
}
