using System.Numerics;
using Retrodict.Autodiff.Execution;
using Retrodict.Autodiff.Kernels;
using Retrodict.Autodiff.LinearAlgebra;

namespace Retrodict.Autodiff.Primitives;

/// <summary>
/// X = op(A)^-1 B for square A [..., n, n] with its factors and pivots given (see <see cref="Lu"/>), and B [..., n, columns]; op is the
/// identity or the transpose. The kernel reads the factors alone; A is an operand so that derivatives flow through it: op(A) dX = dB -
/// op(dA) X, with the same factors, and so does the transpose. NaN where A is singular.
/// </summary>
internal sealed record LuSolve(bool IsTransposed) : SharedSolve(FactorCount: 2)
{
    protected override string PlainName => "lu-solve";

    public override string Describe() => IsTransposed ? $"{Name}[transposed]" : Name;

    public override Shape InferShape(ReadOnlySpan<Shape> operands)
    {
        RequireOperands(Name, 4, operands);
        LinearSystem.RequireSystem(Name, operands[0], operands[3]);
        return operands[3];
    }

    protected override SharedSolve Transposed => this with { IsTransposed = !IsTransposed };

    protected override Value Change(ReadOnlySpan<Value> operands, ReadOnlySpan<Value?> matrices, Value result) =>
        Value.ChainMatMul(IsTransposed ? LinearSystem.Transpose(matrices[0]!) : matrices[0]!, result);

    public override Step<T> Compile<T>(Storage storage) =>
        new LuSolveStep<T>(storage, storage.OperandShapes[0][-1], storage.ResultShapes[0][-1], IsTransposed, HasStrongZeros);

    private sealed class LuSolveStep<T>(Storage storage, int n, int columns, bool transposed, bool strong)
        : StackStep<T>(storage, 2, 2.0 * n * n * columns)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public override int ScratchLength => n + LuFactorization.SolveWorkspaceLength<T>(n, columns);

        protected override void RunOne(Workspace<T> workspace, int index, Span<T> scratch)
        {
            Solve(workspace, index, scratch);
            if (strong)
            {
                ZeroRightSides.Clear(Read(workspace, 3, index), Write(workspace, 0, index), columns);
            }
        }

        private void Solve(Workspace<T> workspace, int index, Span<T> scratch)
        {
            ReadOnlySpan<T> factors = Read(workspace, 1, index);
            Span<T> result = Write(workspace, 0, index);
            for (int k = 0; k < n; k++)
            {
                T u = factors[k * (n + 1)];
                if (u == T.Zero || !T.IsFinite(u))
                {
                    result.Fill(T.NaN);
                    return;
                }
            }

            Read(workspace, 3, index).CopyTo(result);
            Span<int> pivots = Lu.Pivots(Read(workspace, 2, index), scratch);
            LuFactorization.Solve(factors, n, pivots, result, columns, scratch[n..], transposed);
        }
    }
}
