using System.Numerics;
using System.Runtime.InteropServices;
using Retrodict.Autodiff.Execution;
using Retrodict.Autodiff.LinearAlgebra;

namespace Retrodict.Autodiff.Primitives;

/// <summary>
/// A P = Q R with column pivoting of matrices [..., m, n], m >= n: Q with orthonormal columns [..., m, n], R upper triangular [..., n, n],
/// and the permutation as numbers [..., n]. Computed in double; NaN throughout where the numerical rank (see <see cref="PivotedQr"/>),
/// judged by the element type's rounding, is below n.
/// </summary>
internal sealed record Qr : Factorization
{
    public static readonly Qr Instance = new();

    public override string Name => "qr";

    public override Shape[] InferShapes(ReadOnlySpan<Shape> operands)
    {
        Shape a = operands[0];
        return [a, Shape.Of([.. a.Lengths[..^2], a[-1], a[-1]]), Shape.Of([.. a.Lengths[..^2], a[-1]])];
    }

    public override Step<T> Compile<T>(Storage storage) =>
        new QrStep<T>(storage, storage.OperandShapes[0][-2], storage.OperandShapes[0][-1]);

    private sealed class QrStep<T>(Storage storage, int m, int n) : StackStep<T>(storage, 2, 6.0 * m * n * n)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly int _workspace = Math.Max(PivotedQr.FactorWorkspaceLength(m, n), PivotedQr.ApplyWorkspaceLength(m, n));

        public override int ScratchLength => Doubles.Scratch<T>((2 * m * n) + (2 * n) + _workspace);

        protected override void RunOne(Workspace<T> workspace, int index, Span<T> scratch)
        {
            Span<double> buffer = Doubles.Of(scratch);
            Span<double> a = Doubles.Take(ref buffer, m * n);
            Span<double> thin = Doubles.Take(ref buffer, m * n);
            Span<double> tau = Doubles.Take(ref buffer, n);
            Span<int> permutation = MemoryMarshal.Cast<double, int>(Doubles.Take(ref buffer, n))[..n];
            Span<T> q = Write(workspace, 0, index);
            Span<T> r = Write(workspace, 1, index);
            Doubles.Widen(Read(workspace, 0, index), a);
            int rank = PivotedQr.Factor(a, m, n, tau, permutation, buffer, Math.Max(m, n) * Doubles.Epsilon<T>());
            Lu.Store(permutation, Write(workspace, 2, index));
            if (rank < n)
            {
                q.Fill(T.NaN);
                r.Fill(T.NaN);
                return;
            }

            thin.Clear();
            for (int i = 0; i < n; i++)
            {
                thin[i * (n + 1)] = 1;
                r.Slice(i * n, i).Clear();
                Doubles.Narrow(a.Slice((i * n) + i, n - i), r.Slice((i * n) + i, n - i));
            }

            PivotedQr.Apply(a, m, n, tau, thin, n, buffer);
            Doubles.Narrow(thin, q);
        }
    }
}
