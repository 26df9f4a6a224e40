// With P = U^T dA V, G_ij = 1 / (s_j - s_i) (0 on the diagonal) and H_ij = 1 / (s_j + s_i),
//     ds_i = P_ii
//     dU = U (G o (P + P^T) + H o (P - P^T)) / 2 + (dA V - U P) S^-1
//     dV = V (G o (P + P^T) - H o (P - P^T)) / 2 + (dA^T U - V P^T) S^-1
// (J. Townsend, "Differentiating the singular value decomposition", 2016, with s_j² - s_i² split into its factors). The last terms are
// there only where U or V is not square; 1 / s_i is twice the diagonal of H.

using System.Numerics;
using Retrodict.Autodiff.Execution;
using Retrodict.Autodiff.LinearAlgebra;

namespace Retrodict.Autodiff.Primitives;

/// <summary>
/// A = U diag(s) V^T of matrices [..., m, n] with k = min(m, n): U [..., m, k], values [..., k], descending, and V [..., n, k] (see
/// <see cref="SingularValues"/>, whose signs they have). Computed in double; NaN where a matrix holds an infinity or NaN.
/// </summary>
internal sealed record Svd : Primitive
{
    public static readonly Svd Instance = new();

    public override string Name => "svd";

    public override Shape[] InferShapes(ReadOnlySpan<Shape> operands)
    {
        Shape a = operands[0];
        if (a.Rank < 2)
        {
            throw new ShapeException($"{Name}: the last two axes must form a matrix, but the shape is {a}.");
        }

        int k = Math.Min(a[-1], a[-2]);
        ReadOnlySpan<int> stack = a.Lengths[..^2];
        return [Shape.Of([.. stack, a[-2], k]), Shape.Of([.. stack, k]), Shape.Of([.. stack, a[-1], k])];
    }

    public override Value?[] Jvp(ReadOnlySpan<Value> operands, ReadOnlySpan<Value> results, ReadOnlySpan<Value?> tangents)
    {
        Value change = tangents[0]!;
        (Value u, Value values, Value v) = (results[0], results[1], results[2]);
        Value image = Value.ChainMatMul(change, v);
        Value p = Value.ChainMatMul(LinearSystem.Transpose(u), image);
        Value transposed = LinearSystem.Transpose(p);
        Value sums = Value.Emit(new SpectralGaps(IsSum: true), values);
        Value symmetric = 0.5 * Value.ChainMultiply(p + transposed, Value.Emit(new SpectralGaps(IsSum: false), values));
        Value skew = 0.5 * Value.ChainMultiply(p - transposed, sums);
        Value du = Value.ChainMatMul(u, symmetric + skew);
        Value dv = Value.ChainMatMul(v, symmetric - skew);
        Value reciprocals = 2 * Eigenpairs.Diagonal(sums);
        reciprocals = reciprocals.Reshape(Shape.Of([.. values.Shape.Lengths[..^1], 1, values.Shape[-1]]));
        if (u.Shape[-2] > u.Shape[-1])
        {
            du += Value.ChainMultiply(image - Value.ChainMatMul(u, p), reciprocals);
        }

        if (v.Shape[-2] > v.Shape[-1])
        {
            dv += Value.ChainMultiply(Value.ChainMatMul(LinearSystem.Transpose(change), u) - Value.ChainMatMul(v, transposed), reciprocals);
        }

        return [du, Eigenpairs.Diagonal(p), dv];
    }

    public override Value[] Batch(ReadOnlySpan<Value> operands, ReadOnlySpan<bool> batched, int size) => Value.EmitAll(this, operands);

    public override Step<T> Compile<T>(Storage storage) =>
        new SvdStep<T>(storage, storage.OperandShapes[0][-2], storage.OperandShapes[0][-1]);

    private sealed class SvdStep<T>(Storage storage, int m, int n)
        : StackStep<T>(storage, 2, 20.0 * Math.Max(m, n) * Math.Min(m, n) * Math.Min(m, n))
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly int _k = Math.Min(m, n);

        public override int ScratchLength => Doubles.Scratch<T>((m * n) + ((m + n + 1) * _k) + SingularValues.WorkspaceLength(m, n));

        protected override void RunOne(Workspace<T> workspace, int index, Span<T> scratch)
        {
            Span<double> buffer = Doubles.Of(scratch);
            Span<double> a = Doubles.Take(ref buffer, m * n);
            Span<double> u = Doubles.Take(ref buffer, m * _k);
            Span<double> values = Doubles.Take(ref buffer, _k);
            Span<double> v = Doubles.Take(ref buffer, n * _k);
            Doubles.Widen(Read(workspace, 0, index), a);
            if (!SingularValues.TryDecompose(a, m, n, u, values, v, buffer))
            {
                u.Fill(double.NaN);
                values.Fill(double.NaN);
                v.Fill(double.NaN);
            }

            Doubles.Narrow(u, Write(workspace, 0, index));
            Doubles.Narrow(values, Write(workspace, 1, index));
            Doubles.Narrow(v, Write(workspace, 2, index));
        }
    }
}
