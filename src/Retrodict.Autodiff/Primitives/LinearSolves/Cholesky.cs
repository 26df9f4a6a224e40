using System.Numerics;
using System.Runtime.CompilerServices;
using Retrodict.Autodiff.Execution;
using Retrodict.Autodiff.LinearAlgebra;

namespace Retrodict.Autodiff.Primitives;

/// <summary>
/// Cholesky factor of symmetric matrices [..., n, n], of which the lower triangle is read; NaN throughout where a matrix is not positive
/// definite. With Phi(Z) the lower triangle with halved diagonal, dL = L Phi(L^-1 dA L^-T) (Murray 2016, Differentiation of the Cholesky
/// decomposition, eq. 8).
/// </summary>
internal sealed record Cholesky : SingleResult
{
    public static readonly Cholesky Instance = new();

    public override string Name => "cholesky";

    public override Shape InferShape(ReadOnlySpan<Shape> operands)
    {
        RequireOperands(Name, 1, operands);
        LinearSystem.RequireSquare(Name, operands[0]);
        return operands[0];
    }

    public override Value? Tangent(ReadOnlySpan<Value> operands, Value result, ReadOnlySpan<Value?> tangents)
    {
        var solve = new Substitution(IsLower: true, IsTransposed: false, HasStrongZeros: true);
        Value half = Value.Emit(solve, result, tangents[0]!);
        Value z = Value.Emit(solve, result, LinearSystem.Transpose(half));
        return Value.ChainMatMul(result, Value.ChainMultiply(z, Triangle(z.Shape[-1], 1, 0.5)));
    }

    public override Value BatchOne(ReadOnlySpan<Value> operands, ReadOnlySpan<bool> batched, int size) => Value.Emit(this, operands);

    public override Step<T> Compile<T>(Storage storage)
    {
        int n = storage.ResultShapes[0][-1];
        return n >= CholeskySchedule.SmallestSize && storage.Results[0].Length == n * n
            ? new OneCholeskyStep<T>(storage, n)
            : new CholeskyStep<T>(storage, n);
    }

    /// <summary>A lower triangular pattern: one number below the diagonal, one on it, 0 above.</summary>
    public static Value Triangle(int n, double below, double diagonal)
    {
        var pattern = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            pattern.AsSpan(i * n, i).Fill(below);
            pattern[(i * n) + i] = diagonal;
        }

        return Value.Constant(pattern, [n, n]);
    }

    private sealed class CholeskyStep<T>(Storage storage, int n) : StackStep<T>(storage, 2, n * (double)n * n / 3)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public override int ScratchLength => CholeskyFactorization.WorkspaceLength<T>(n);

        protected override void RunOne(Workspace<T> workspace, int index, Span<T> scratch)
        {
            Span<T> matrix = Write(workspace, 0, index);
            Read(workspace, 0, index).CopyTo(matrix);
            if (!CholeskyFactorization.TryFactor(matrix, n, scratch))
            {
                matrix.Fill(T.NaN);
            }
        }
    }

    /// <summary>One large matrix, which all threads factor together.</summary>
    private sealed unsafe class OneCholeskyStep<T>(Storage storage, int n) : Step<T>(storage)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly CholeskySchedule _schedule = new(n);

        public override int Parts => _schedule.Parts;

        public override int Phases => _schedule.Phases;

        public override int ScratchLength => CholeskyFactorization.WorkspaceLength<T>(n);

        public override double Operations => n * (double)n * n / 3;

        public override int PartsOf(int phase) => _schedule.PartsOf(phase);

        public override object? NewState() => new StrongBox<bool>();

        public override void Run(Workspace<T> workspace, int part, Span<T> scratch) =>
            throw new NotSupportedException("The parts belong to phases.");

        public override void Run(Workspace<T> workspace, int phase, int part, Span<T> scratch)
        {
            fixed (T* a = workspace.Read(Operand(0)), factor = workspace.Write(Result))
            {
                _schedule.Run(phase, part, a, factor, ref ((StrongBox<bool>)workspace.State(this)).Value, scratch);
            }
        }
    }
}
