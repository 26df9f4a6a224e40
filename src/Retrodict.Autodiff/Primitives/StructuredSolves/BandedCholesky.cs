using System.Numerics;
using Retrodict.Autodiff.Execution;
using Retrodict.Autodiff.LinearAlgebra;

namespace Retrodict.Autodiff.Primitives;

/// <summary>
/// Cholesky factor of symmetric positive definite band matrices given by their lower diagonals [..., bandwidth + 1, n], as columns [..., n,
/// bandwidth + 1] (see <see cref="BandedCholeskyFactorization"/>); NaN throughout where a matrix is not positive definite.
/// </summary>
internal sealed record BandedCholesky : Factorization
{
    public static readonly BandedCholesky Instance = new();

    public override string Name => "banded-cholesky";

    public override Shape[] InferShapes(ReadOnlySpan<Shape> operands)
    {
        Shape shape = operands[0];
        return [Shape.Of([.. shape.Lengths[..^2], shape[-1], shape[-2]])];
    }

    public override Step<T> Compile<T>(Storage storage) =>
        new BandedCholeskyStep<T>(storage, storage.OperandShapes[0][-1], storage.OperandShapes[0][-2]);

    private sealed class BandedCholeskyStep<T>(Storage storage, int n, int width)
        : StackStep<T>(storage, 2, (double)n * width * (width + 1))
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        protected override void RunOne(Workspace<T> workspace, int index, Span<T> scratch)
        {
            Span<T> factor = Write(workspace, 0, index);
            if (!BandedCholeskyFactorization.TryFactor(Read(workspace, 0, index), n, width, factor))
            {
                factor.Fill(T.NaN);
            }
        }
    }
}
