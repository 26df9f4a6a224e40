using System.Numerics;
using System.Runtime.InteropServices;
using Retrodict.Autodiff.Execution;
using Retrodict.Autodiff.LinearAlgebra;

namespace Retrodict.Autodiff.Primitives;

/// <summary>
/// P A = L U of band matrices given by their diagonals [..., Below + Above + 1, n]: both factors by rows [..., n, 2 Below + Above + 1], and
/// the exchanges of rows as numbers [..., n] (see <see cref="BandedLuFactorization"/>).
/// </summary>
internal sealed record BandedLu(int Below, int Above) : Factorization
{
    public override string Name => "banded-lu";

    public override string Describe() => $"banded-lu[lower {Below}, upper {Above}]";

    public override Shape[] InferShapes(ReadOnlySpan<Shape> operands)
    {
        int[] rows = [.. operands[0].Lengths[..^2], operands[0][-1]];
        return [Shape.Of([.. rows, (2 * Below) + Above + 1]), Shape.Of(rows)];
    }

    public override Step<T> Compile<T>(Storage storage) =>
        new BandedLuStep<T>(storage, new BandedLuFactorization(storage.OperandShapes[0][-1], Below, Above));

    private sealed class BandedLuStep<T>(Storage storage, BandedLuFactorization band)
        : StackStep<T>(storage, 2, 2.0 * band.N * band.Lower * (band.Lower + band.Upper + 1))
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public override int ScratchLength => band.N;

        protected override void RunOne(Workspace<T> workspace, int index, Span<T> scratch)
        {
            Span<int> pivots = MemoryMarshal.Cast<T, int>(scratch)[..band.N];
            band.Factor(Read(workspace, 0, index), Write(workspace, 0, index), pivots);
            Lu.Store(pivots, Write(workspace, 1, index));
        }
    }
}
