using System.Numerics;
using Retrodict.Autodiff.Execution;
using Retrodict.Autodiff.Kernels;
using Retrodict.Autodiff.LinearAlgebra;

// With A of full column rank, A P = Q R and G = (A^T A)^-1 = P R^-1 R^-T P^T, three solves are closed under differentiation and
// transposition:
//     X = A^+ B  = P R^-1 Q^T B      dX = A^+ (dB - dA X) + G dA^T (B - A X)
//     Y = A^+T C = Q R^-T P^T C      dY = dA Z + A^+T (dC - dA^T Y - A^T dA Z),   Z = G C
//     Z = G C                        dZ = G (dC - dA^T (A Z)) - A^+ (dA Z)
// (G. H. Golub and V. Pereyra, "The differentiation of pseudo-inverses and nonlinear least squares problems whose variables separate", SIAM
// J. Numer. Anal. 10(2), 1973, and dG = -G (dA^T A + A^T dA) G). The first two are each other's transposes, the third its own. All read the
// same factors.


namespace Retrodict.Autodiff.Primitives;

/// <summary>Which solve with the factors of a rectangular matrix.</summary>
internal enum LeastSquaresForm
{
    /// <summary>A^+ B: minimizes |A X - B|.</summary>
    Solution,

    /// <summary>A^+T C: the solution of A^T Y = C of smallest norm.</summary>
    MinimumNorm,

    /// <summary>(A^T A)^-1 C.</summary>
    Normal,
}

/// <summary>
/// Solves with A [..., m, n], m >= n, of full column rank, its factors Q, R and P given (see <see cref="Qr"/>): right sides [..., m,
/// columns] for the least-squares solution, [..., n, columns] for the other forms. The kernel reads the factors alone; A is an operand for
/// its derivatives. Strong zeros are those of <see cref="SharedSolve"/>.
/// </summary>
internal sealed record LeastSquaresSolve(LeastSquaresForm Form, bool HasStrongZeros = false) : SingleResult
{
    public override string Name => HasStrongZeros ? "chain-least-squares" : "least-squares";

    public override string Describe() => Form switch
    {
        LeastSquaresForm.Solution => Name,
        LeastSquaresForm.MinimumNorm => $"{Name}[minimum norm]",
        _ => $"{Name}[normal]",
    };

    public override Shape InferShape(ReadOnlySpan<Shape> operands)
    {
        RequireOperands(Name, 5, operands);
        (Shape a, Shape right) = (operands[0], operands[4]);
        int rows = a[Form == LeastSquaresForm.Solution ? -2 : -1];
        if (right.Rank != a.Rank || right[-2] != rows || !right.Lengths[..^2].SequenceEqual(a.Lengths[..^2]))
        {
            throw new ShapeException(
                $"{Describe()}: a matrix {a} needs right sides {Shape.Format([.. a.Lengths[..^2], rows])[..^1]}, columns], but their "
                + $"shape is {right}.");
        }

        return Shape.Of([.. a.Lengths[..^2], a[Form == LeastSquaresForm.MinimumNorm ? -2 : -1], right[-1]]);
    }

    public override Value? Tangent(ReadOnlySpan<Value> operands, Value result, ReadOnlySpan<Value?> tangents)
    {
        Value[] all = [.. operands];
        Value? change = tangents[4];
        if (tangents[0] is not { } da)
        {
            return change is null ? null : Solve(Form, change);
        }

        Value a = all[0];
        switch (Form)
        {
            case LeastSquaresForm.Solution:
                Value residual = all[4] - Image(a);
                return Solve(LeastSquaresForm.Solution, Minus(change, Value.ChainMatMul(da, result)))
                    + Solve(LeastSquaresForm.Normal, Transposed(da, residual));
            case LeastSquaresForm.MinimumNorm:
                Value normal = Value.Emit(new LeastSquaresSolve(LeastSquaresForm.Normal, HasStrongZeros), all);
                Value image = Value.ChainMatMul(da, normal);
                return image + Solve(LeastSquaresForm.MinimumNorm, Minus(change, Transposed(da, result) + Transposed(a, image)));
            default:
                return Solve(LeastSquaresForm.Normal, Minus(change, Transposed(da, Image(a))))
                    - Solve(LeastSquaresForm.Solution, Value.ChainMatMul(da, result));
        }

        // A solution that is 0 by strong zeros has the image 0.
        Value Image(Value a) => HasStrongZeros ? Value.ChainMatMul(a, result) : Value.MatMul(a, result);

        Value Solve(LeastSquaresForm form, Value right) =>
            Value.Emit(new LeastSquaresSolve(form, HasStrongZeros: true), [.. all[..4], right]);
    }

    public override Value? Cotangent(int operand, ReadOnlySpan<Value?> operands, ReadOnlySpan<Shape> shapes, Value cotangent) =>
        operand == 4 && !operands[..4].Contains(null)
            ? Value.Emit(
                new LeastSquaresSolve(Form switch
                {
                    LeastSquaresForm.Solution => LeastSquaresForm.MinimumNorm,
                    LeastSquaresForm.MinimumNorm => LeastSquaresForm.Solution,
                    _ => LeastSquaresForm.Normal,
                }, HasStrongZeros: true),
                operands[0]!, operands[1]!, operands[2]!, operands[3]!, cotangent)
            : base.Cotangent(operand, operands, shapes, cotangent);

    public override Value BatchOne(ReadOnlySpan<Value> operands, ReadOnlySpan<bool> batched, int size) =>
        SharedSolve.BatchWithFactors(this, operands, batched, size);

    private static Value Minus(Value? left, Value right) => left is null ? -right : left - right;

    private static Value Transposed(Value a, Value x) => Value.ChainMatMul(LinearSystem.Transpose(a), x);

    public override Step<T> Compile<T>(Storage storage) =>
        new LeastSquaresStep<T>(storage, storage.OperandShapes[0][-2], storage.OperandShapes[0][-1], storage.ResultShapes[0][-1], this);

    private sealed unsafe class LeastSquaresStep<T>(Storage storage, int m, int n, int columns, LeastSquaresSolve solve)
        : StackStep<T>(storage, 2, 2.0 * (m + n) * n * columns)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public override int ScratchLength => n + (n * columns) + Math.Max(
            TriangularSolve.WorkspaceLength<T>(n, columns),
            Math.Max(MatrixProduct.ScratchLength<T>(m, columns, n), MatrixProduct.ScratchLength<T>(n, columns, m)));

        protected override void RunOne(Workspace<T> workspace, int index, Span<T> scratch)
        {
            Solve(workspace, index, scratch);
            if (solve.HasStrongZeros)
            {
                ZeroRightSides.Clear(Read(workspace, 4, index), Write(workspace, 0, index), columns);
            }
        }

        private void Solve(Workspace<T> workspace, int index, Span<T> scratch)
        {
            ReadOnlySpan<T> r = Read(workspace, 2, index);
            ReadOnlySpan<T> right = Read(workspace, 4, index);
            Span<T> result = Write(workspace, 0, index);
            Span<int> permutation = Lu.Pivots(Read(workspace, 3, index), scratch);
            Span<T> z = scratch.Slice(n, n * columns);
            Span<T> rest = scratch[(n + (n * columns))..];
            fixed (T* pq = Read(workspace, 1, index), pb = right, pz = z, px = result)
            {
                var q = new StridedMatrix<T>(pq, n, 1);
                var Z = new StridedMatrix<T>(pz, columns, 1);
                if (solve.Form == LeastSquaresForm.Solution)
                {
                    MatrixProduct.Multiply(
                        n, columns, m, q.Transposed, new StridedMatrix<T>(pb, columns, 1), Z, ProductUpdate.Replace, rest);
                }
                else
                {
                    for (int k = 0; k < n; k++)
                    {
                        right.Slice(permutation[k] * columns, columns).CopyTo(z[(k * columns)..]);
                    }

                    TriangularSolve.Upper(r, n, z, columns, rest, transposed: true);
                }

                if (solve.Form == LeastSquaresForm.MinimumNorm)
                {
                    MatrixProduct.Multiply(m, columns, n, q, Z, new StridedMatrix<T>(px, columns, 1), ProductUpdate.Replace, rest);
                    return;
                }

                TriangularSolve.Upper(r, n, z, columns, rest);
                for (int k = 0; k < n; k++)
                {
                    z.Slice(k * columns, columns).CopyTo(result[(permutation[k] * columns)..]);
                }
            }
        }
    }
}
