using Retrodict.Autodiff.Primitives;

namespace Retrodict.Autodiff.Execution.Fusion;

/// <summary>What a tile's kernel reads or writes.</summary>
/// <param name="Buffer">Number of a workspace's buffer; -1 for a tile of scratch.</param>
/// <param name="Offset">Where the window, or the tile of scratch, starts.</param>
/// <param name="Length">The number of its elements.</param>
/// <param name="Access">How it is walked through.</param>
internal readonly record struct TilePlace(int Buffer, int Offset, int Length, OperandAccess Access)
{
    /// <summary>Whether rows must be taken one by one, as the operand is no run of elements.</summary>
    public bool TellsRows => Buffer >= 0 && Access is OperandAccess.RowVector or OperandAccess.RowConstant;
}

/// <summary>One node of a tile program: its kernel, up to three operands and the result.</summary>
internal readonly struct TileInstruction<T>(TileKernel<T> kernel, TilePlace x, TilePlace y, TilePlace z, TilePlace result)
{
    public readonly TileKernel<T> Kernel = kernel;
    public readonly TilePlace X = x;
    public readonly TilePlace Y = y;
    public readonly TilePlace Z = z;
    public readonly TilePlace Result = result;
    public readonly bool ByRows = x.TellsRows || y.TellsRows || z.TellsRows;

    /// <summary>What may stand for the kernel where its operands are finite; null for most.</summary>
    public TileKernel<T>? FiniteKernel { get; init; }
}
