using System.Numerics;
using Retrodict.Autodiff.Execution;
using Retrodict.Autodiff.LinearAlgebra;

namespace Retrodict.Autodiff.Primitives;

/// <summary>
/// A = V diag(s) V^T of symmetric matrices [..., n, n]: values [..., n], ascending, and vectors [..., n, n], as columns (see
/// <see cref="SymmetricEigen"/>, whose signs they have). Computed in double; NaN where a matrix holds an infinity or NaN. With M = V^T dA
/// V,
///     ds_i = M_ii,   dV = V (F o M),   F_ij = 1 / (s_j - s_i), F_ii = 0
/// (M. Giles, "An extended collection of matrix derivative results for forward and reverse mode automatic differentiation", Oxford 2008,
/// section 3.1).
/// </summary>
internal sealed record Eigenpairs : Primitive
{
    public static readonly Eigenpairs Instance = new();

    public override string Name => "symmetric-eigen";

    public override Shape[] InferShapes(ReadOnlySpan<Shape> operands)
    {
        LinearSystem.RequireSquare(Name, operands[0]);
        return [Shape.Of(operands[0].Lengths[..^1]), operands[0]];
    }

    public override Value?[] Jvp(ReadOnlySpan<Value> operands, ReadOnlySpan<Value> results, ReadOnlySpan<Value?> tangents)
    {
        Value vectors = results[1];
        Value m = Value.ChainMatMul(LinearSystem.Transpose(vectors), Value.ChainMatMul(tangents[0]!, vectors));
        Value gaps = Value.Emit(new SpectralGaps(IsSum: false), results[0]);
        return [Diagonal(m), Value.ChainMatMul(vectors, Value.ChainMultiply(m, gaps))];
    }

    /// <summary>The diagonals of square matrices, [..., n].</summary>
    public static Value Diagonal(Value matrix)
    {
        int n = matrix.Shape[-1];
        return matrix.Reshape(Shape.Of([.. matrix.Shape.Lengths[..^2], n * n])).Slice(-1, 0, n * n, n + 1);
    }

    public override Value[] Batch(ReadOnlySpan<Value> operands, ReadOnlySpan<bool> batched, int size) => Value.EmitAll(this, operands);

    public override Step<T> Compile<T>(Storage storage) => new EigenpairsStep<T>(storage, storage.OperandShapes[0][-1]);

    private sealed class EigenpairsStep<T>(Storage storage, int n) : StackStep<T>(storage, 2, 9.0 * n * n * n)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public override int ScratchLength => Doubles.Scratch<T>((2 * n * n) + n + SymmetricEigen.WorkspaceLength(n));

        protected override void RunOne(Workspace<T> workspace, int index, Span<T> scratch)
        {
            Span<double> buffer = Doubles.Of(scratch);
            Span<double> a = Doubles.Take(ref buffer, n * n);
            Span<double> values = Doubles.Take(ref buffer, n);
            Span<double> vectors = Doubles.Take(ref buffer, n * n);
            Doubles.Widen(Read(workspace, 0, index), a);
            if (!SymmetricEigen.TryDecompose(a, n, values, vectors, buffer))
            {
                values.Fill(double.NaN);
                vectors.Fill(double.NaN);
            }

            Doubles.Narrow(values, Write(workspace, 0, index));
            Doubles.Narrow(vectors, Write(workspace, 1, index));
        }
    }
}
