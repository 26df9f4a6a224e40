using System.Numerics;
using System.Runtime.InteropServices;
using Retrodict.Autodiff.Execution;
using Retrodict.Autodiff.LinearAlgebra;

namespace Retrodict.Autodiff.Primitives;

/// <summary>
/// P A = L U of square matrices [..., n, n]: both factors in one matrix, and the exchanges of rows as numbers [..., n]. A constant to
/// derivatives: the primitives that read it take A as well and carry the derivative.
/// </summary>
internal sealed record Lu : Factorization
{
    public static readonly Lu Instance = new();

    public override string Name => "lu";

    public override Shape[] InferShapes(ReadOnlySpan<Shape> operands)
    {
        LinearSystem.RequireSquare(Name, operands[0]);
        return [operands[0], operands[0].Without(Indices.Of([operands[0].Rank - 1]))];
    }

    /// <summary>Pivots that were stored as numbers, as row numbers again.</summary>
    public static Span<int> Pivots<T>(ReadOnlySpan<T> stored, Span<T> scratch)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Span<int> pivots = MemoryMarshal.Cast<T, int>(scratch)[..stored.Length];
        for (int i = 0; i < pivots.Length; i++)
        {
            pivots[i] = Pivot(stored[i], stored.Length, otherwise: i);
        }

        return pivots;
    }

    /// <summary>A row number below a limit; what is not one, from factors that are not a factorization's, becomes another.</summary>
    public static int Pivot<T>(T stored, int limit, int otherwise)
        where T : unmanaged, IFloatingPointIeee754<T> =>
            int.CreateSaturating(stored) is var row && (uint)row < (uint)limit ? row : otherwise;

    public static void Store<T>(ReadOnlySpan<int> pivots, Span<T> stored)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < pivots.Length; i++)
        {
            stored[i] = T.CreateTruncating(pivots[i]);
        }
    }

    public override Step<T> Compile<T>(Storage storage) => new LuStep<T>(storage, storage.OperandShapes[0][-1]);

    private sealed class LuStep<T>(Storage storage, int n) : StackStep<T>(storage, 2, 2.0 / 3 * n * n * n)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public override int ScratchLength => n + LuFactorization.WorkspaceLength<T>(n);

        protected override void RunOne(Workspace<T> workspace, int index, Span<T> scratch)
        {
            Span<T> factors = Write(workspace, 0, index);
            Read(workspace, 0, index).CopyTo(factors);
            Span<int> pivots = MemoryMarshal.Cast<T, int>(scratch)[..n];
            LuFactorization.Factor(factors, n, pivots, scratch[n..]);
            Store(pivots, Write(workspace, 1, index));
        }
    }
}
