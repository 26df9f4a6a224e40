using System.Numerics;
using Retrodict.Autodiff.Execution;
using Retrodict.Autodiff.LinearAlgebra;

namespace Retrodict.Autodiff.Primitives;

/// <summary>
/// det A, or log |det A|, of square matrices [..., n, n] with their factors and pivots given (see <see cref="Lu"/>):
///     d log |det A| = tr(A^-1 dA),   d det A = det A tr(A^-1 dA)                           (Jacobi's formula)
/// with A^-T solved from the same factors. Singular matrices have the determinant 0, the logarithm -infinity, and NaN for derivatives.
/// </summary>
internal sealed record Determinant(bool IsLogarithm) : SingleResult
{
    public override string Name => "determinant";

    public override string Describe() => IsLogarithm ? "determinant[log]" : Name;

    public override Shape InferShape(ReadOnlySpan<Shape> operands)
    {
        RequireOperands(Name, 3, operands);
        LinearSystem.RequireSquare(Name, operands[0]);
        int rank = operands[0].Rank;
        return operands[0].Without(Indices.Of([rank - 2, rank - 1]));
    }

    public override Value? Tangent(ReadOnlySpan<Value> operands, Value result, ReadOnlySpan<Value?> tangents)
    {
        if (tangents[0] is not { } change)
        {
            return null;
        }

        Value identity = Value.Eye(change.Shape[-1]).BroadcastTo(change.Shape);
        Value inverse = Value.Emit(new LuSolve(IsTransposed: true), operands[0], operands[1], operands[2], identity);
        Value trace = Value.ChainMultiply(inverse, change).Sum(-2, -1);
        return IsLogarithm ? trace : Value.ChainMultiply(result, trace);
    }

    public override Value BatchOne(ReadOnlySpan<Value> operands, ReadOnlySpan<bool> batched, int size) =>
        Value.Emit(this, Broadcast.WithBatchAxis(operands, batched, size));

    public override Step<T> Compile<T>(Storage storage) => new DeterminantStep<T>(storage, storage.OperandShapes[0][-1], IsLogarithm);

    private sealed class DeterminantStep<T>(Storage storage, int n, bool logarithm) : StackStep<T>(storage, 2, n)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public override int ScratchLength => n;

        protected override void RunOne(Workspace<T> workspace, int index, Span<T> scratch)
        {
            ReadOnlySpan<T> factors = Read(workspace, 1, index);
            Span<int> pivots = Lu.Pivots(Read(workspace, 2, index), scratch);
            Span<T> result = Write(workspace, 0, index);
            if (logarithm)
            {
                result[0] = LuFactorization.LogAbsDeterminant(factors, n, pivots, out _);
                return;
            }

            T product = T.One;
            for (int k = 0; k < n; k++)
            {
                T u = factors[k * (n + 1)];
                product *= pivots[k] == k ? u : -u;
            }

            result[0] = product;
        }
    }
}
