using System.Numerics;

namespace Retrodict.Autodiff.Execution;

/// <summary>A step that does the same to every matrix of a stack; large stacks split into parts.</summary>
/// <param name="storage">Where operands and results live.</param>
/// <param name="trailing">How many axes of the first operand make one matrix; those before it are the stack.</param>
/// <param name="operations">Floating-point operations for one matrix.</param>
internal abstract class StackStep<T>(Storage storage, int trailing, double operations) : Step<T>(storage)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int MaximumParts = 64;
    private const double OperationsPerPart = 100_000;

    private readonly int _count = Count(storage.OperandShapes[0], trailing);
    private readonly Window[] _results = storage.Results;

    public override int Parts => (int)Math.Clamp(Operations / OperationsPerPart, 1, Math.Clamp(_count, 1, MaximumParts));

    public sealed override double Operations => _count * operations;

    public sealed override void Run(Workspace<T> workspace, int part, Span<T> scratch)
    {
        int parts = Parts;
        int end = (int)((long)_count * (part + 1) / parts);
        for (int i = (int)((long)_count * part / parts); i < end; i++)
        {
            RunOne(workspace, i, scratch);
        }
    }

    /// <summary>Computes one matrix of the stack.</summary>
    protected abstract void RunOne(Workspace<T> workspace, int index, Span<T> scratch);

    /// <summary>The part of an operand that belongs to one matrix of the stack.</summary>
    protected ReadOnlySpan<T> Read(Workspace<T> workspace, int operand, int index)
    {
        ReadOnlySpan<T> all = workspace.Read(Operand(operand));
        int length = all.Length / _count;
        return all.Slice(index * length, length);
    }

    /// <summary>The part of a result that belongs to one matrix of the stack.</summary>
    protected Span<T> Write(Workspace<T> workspace, int result, int index)
    {
        Span<T> all = workspace.Write(_results[result]);
        int length = all.Length / _count;
        return all.Slice(index * length, length);
    }

    private static int Count(Shape shape, int trailing)
    {
        int count = 1;
        foreach (int length in shape.Lengths[..^trailing])
        {
            count *= length;
        }

        return count;
    }
}
