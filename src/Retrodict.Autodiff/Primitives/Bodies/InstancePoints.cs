using System.Numerics;

namespace Retrodict.Autodiff.Execution;

/// <summary>Points the inputs of a body's workspace at the operands of one instance.</summary>
internal readonly struct InstancePoints(Shape[] shapes, bool[] flags)
{
    /// <param name="outer">The workspace that holds the operands.</param>
    /// <param name="body">The body's workspace.</param>
    /// <param name="operands">Windows of the operands.</param>
    /// <param name="count">How many operands are pointed at, from the first.</param>
    /// <param name="instance">Which instance.</param>
    public void Point<T>(Workspace<T> outer, Workspace<T> body, ReadOnlySpan<Window> operands, int count, int instance)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < count; i++)
        {
            (T[] array, int offset) = outer.Locate(operands[i]);
            body.PointInput(i, array, offset + (flags[i] ? instance * shapes[i].ElementCount : 0));
        }
    }

    /// <summary>The part of an operand that belongs to one instance.</summary>
    public ReadOnlySpan<T> Read<T>(Workspace<T> outer, Window operand, int index, int instance)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int length = shapes[index].ElementCount;
        return outer.Read(operand).Slice(flags[index] ? instance * length : 0, length);
    }
}
