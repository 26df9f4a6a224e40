using System.Numerics;
using Retrodict.Autodiff.Kernels;
using Retrodict.Autodiff.LinearAlgebra;

namespace Retrodict.Autodiff.Execution;

/// <summary>
/// Solves with a stack of factors in place of the right sides. Several systems split among threads by systems, a single one by columns of
/// its right side, which do not know of one another.
/// </summary>
/// <param name="storage">Where operands and results live.</param>
/// <param name="factor">The operand that holds the factors [..., n, n]; the right sides [..., n, columns] are the last operand.</param>
/// <param name="sweeps">How many triangles a solve goes through.</param>
/// <param name="strong">Whether a right side of zeros has the solution 0 whatever the matrix.</param>
internal abstract unsafe class SolveStep<T>(Storage storage, int factor, int sweeps, bool strong) : Step<T>(storage)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const double OperationsPerPart = 1_000_000;
    private const int MaximumParts = 64;

    // Every part reads the whole factor, which fewer columns do not repay; boundaries are whole tiles.
    private const int SmallestWidth = 128;
    private const int Grain = 64;

    private readonly int _right = storage.Operands.Length - 1;
    private readonly int _count = storage.Results[0].Length / Math.Max(storage.ResultShapes[0][-1] * storage.ResultShapes[0][-2], 1);

    public sealed override double Operations => (double)sweeps * Result.Length * N;

    public sealed override int ScratchLength => TriangularSolve.WorkspaceLength<T>(N, Columns);

    public sealed override int Parts =>
        (int)Math.Clamp(Operations / OperationsPerPart, 1, Math.Clamp(_count == 1 ? Columns / SmallestWidth : _count, 1, MaximumParts));

    protected int N { get; } = storage.ResultShapes[0][-2];

    private int Columns { get; } = storage.ResultShapes[0][-1];

    public sealed override void Run(Workspace<T> workspace, int part, Span<T> scratch)
    {
        ReadOnlySpan<T> factors = workspace.Read(Operand(factor));
        ReadOnlySpan<T> right = workspace.Read(Operand(_right));
        Span<T> result = workspace.Write(Result);
        int parts = Parts;
        bool byColumns = _count == 1;
        (int first, int end) = byColumns ? (0, _count) : (Boundary(part, parts, _count, 1), Boundary(part + 1, parts, _count, 1));
        (int left, int stop) = byColumns
            ? (Boundary(part, parts, Columns, Grain), Boundary(part + 1, parts, Columns, Grain))
            : (0, Columns);
        fixed (T* t = factors, b = result)
        {
            for (int i = first; i < end; i++)
            {
                for (int row = i * N; row < (i + 1) * N; row++)
                {
                    right.Slice((row * Columns) + left, stop - left).CopyTo(result.Slice((row * Columns) + left, stop - left));
                }

                Solve(
                    new StridedMatrix<T>(t + ((nint)i * N * N), N, 1), new StridedMatrix<T>(b + ((nint)i * N * Columns) + left, Columns, 1),
                    stop - left, scratch);
                if (strong)
                {
                    int one = N * Columns;
                    ZeroRightSides.Clear(right.Slice(i * one, one), result.Slice(i * one, one), Columns, left, stop);
                }
            }
        }
    }

    /// <summary>Solves one system in place of columns of its right side.</summary>
    protected abstract void Solve(StridedMatrix<T> factor, StridedMatrix<T> right, int columns, Span<T> scratch);

    private static int Boundary(int index, int parts, int length, int grain) =>
        index == parts ? length : (int)((long)length * index / parts / grain * grain);
}
