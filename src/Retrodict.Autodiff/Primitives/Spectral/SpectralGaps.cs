using System.Numerics;
using Retrodict.Autodiff.Execution;

namespace Retrodict.Autodiff.Primitives;

/// <summary>
/// What eigenvectors and singular vectors are divided by, from values s [..., k] to [..., k, k]:
///     differences   1 / (s_j - s_i), and 0 on the diagonal;
///     sums          1 / (s_j + s_i).
/// NaN, off the diagonal of differences, where the divisor vanishes to rounding beside the largest value: vectors of values that coincide
/// have no derivatives. Rules multiply with strong zeros, so what is not asked for does not see it. dF = -F² (ds_j -+ ds_i).
/// </summary>
internal sealed record SpectralGaps(bool IsSum) : SingleResult
{
    /// <summary>Values nearer to each other than this many roundings of the largest, times their number, coincide.</summary>
    private const double Roundings = 8;

    public override string Name => "spectral-gaps";

    public override string Describe() => IsSum ? "spectral-gaps[sums]" : "spectral-gaps[differences]";

    public override Shape InferShape(ReadOnlySpan<Shape> operands)
    {
        RequireOperands(Name, 1, operands);
        return Shape.Of([.. operands[0].Lengths, operands[0][-1]]);
    }

    public override Value? Tangent(ReadOnlySpan<Value> operands, Value result, ReadOnlySpan<Value?> tangents)
    {
        Value change = tangents[0]!;
        ReadOnlySpan<int> lengths = change.Shape.Lengths;
        Value column = change.Reshape(Shape.Of([.. lengths, 1]));
        Value row = change.Reshape(Shape.Of([.. lengths[..^1], 1, lengths[^1]]));
        return -Value.ChainMultiply(IsSum ? row + column : row - column, Value.ChainMultiply(result, result));
    }

    public override Value BatchOne(ReadOnlySpan<Value> operands, ReadOnlySpan<bool> batched, int size) => Value.Emit(this, operands);

    public override Step<T> Compile<T>(Storage storage) => new SpectralGapsStep<T>(storage, storage.OperandShapes[0][-1], IsSum);

    private sealed class SpectralGapsStep<T>(Storage storage, int k, bool isSum) : StackStep<T>(storage, 1, 4.0 * k * k)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        protected override void RunOne(Workspace<T> workspace, int index, Span<T> scratch)
        {
            ReadOnlySpan<T> values = Read(workspace, 0, index);
            Span<T> result = Write(workspace, 0, index);
            T largest = T.Zero;
            foreach (T value in values)
            {
                largest = T.Max(largest, T.Abs(value));
            }

            T coincident = largest * T.CreateTruncating(Roundings * k * Doubles.Epsilon<T>());
            for (int i = 0; i < k; i++)
            {
                for (int j = 0; j < k; j++)
                {
                    T divisor = isSum ? values[j] + values[i] : values[j] - values[i];
                    result[(i * k) + j] = i == j && !isSum ? T.Zero : T.Abs(divisor) > coincident ? T.One / divisor : T.NaN;
                }
            }
        }
    }
}
