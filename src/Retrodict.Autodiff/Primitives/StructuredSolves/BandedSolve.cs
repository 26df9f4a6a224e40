using System.Numerics;
using Retrodict.Autodiff.Execution;
using Retrodict.Autodiff.Kernels;
using Retrodict.Autodiff.LinearAlgebra;

namespace Retrodict.Autodiff.Primitives;

/// <summary>
/// X = op(A)^-1 B for a band matrix given by its diagonals [..., Below + Above + 1, n], its factors and pivots (see
/// <see cref="BandedLu"/>), and B [..., n, columns]; op is the identity or the transpose. NaN where A is singular.
/// </summary>
internal sealed record BandedSolve(int Below, int Above, bool IsTransposed) : SharedSolve(FactorCount: 2)
{
    protected override string PlainName => "banded-solve";

    public override string Describe() => $"{Name}[lower {Below}, upper {Above}{(IsTransposed ? ", transposed" : "")}]";

    public override Shape InferShape(ReadOnlySpan<Shape> operands)
    {
        RequireOperands(Name, 4, operands);
        BandedProduct.RequireBand(Name, operands[0], operands[3]);
        return operands[3];
    }

    protected override SharedSolve Transposed => this with { IsTransposed = !IsTransposed };

    protected override Value Change(ReadOnlySpan<Value> operands, ReadOnlySpan<Value?> matrices, Value result) =>
        Value.Emit(new BandedProduct(Above, IsTransposed, HasStrongZeros: true), matrices[0]!, result);

    public override Step<T> Compile<T>(Storage storage) => new BandedSolveStep<T>(
        storage, new BandedLuFactorization(storage.OperandShapes[0][-1], Below, Above), storage.ResultShapes[0][-1], IsTransposed,
        HasStrongZeros);

    private sealed class BandedSolveStep<T>(Storage storage, BandedLuFactorization band, int columns, bool transposed, bool strong)
        : StackStep<T>(storage, 2, 2.0 * band.N * band.Width * columns)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public override int ScratchLength => band.N;

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
            if (!band.IsRegular(factors))
            {
                result.Fill(T.NaN);
                return;
            }

            Read(workspace, 3, index).CopyTo(result);
            band.Solve(factors, Lu.Pivots(Read(workspace, 2, index), scratch), result, columns, transposed);
        }
    }
}
