using System.Numerics;
using Retrodict.Autodiff.Execution.Fusion;

namespace Retrodict.Autodiff.Execution;

/// <summary>Runs a group of elementwise nodes in one pass.</summary>
internal sealed class ElementwiseStep<T> : Step<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>From how many elements the work is split among threads.</summary>
    public const int ParallelThreshold = 65_536;

    private const int ElementsPerPart = 32_768;

    private readonly TileProgram<T> _program;
    private readonly int _elementsPerPart;

    public ElementwiseStep(Storage storage, TileProgram<T> program)
        : base(storage)
    {
        _program = program;

        // Whole rows, where rows matter and are not longer than a part.
        int row = program.RowLength;
        _elementsPerPart = program.Count < ParallelThreshold ? Math.Max(program.Count, 1)
            : row > ElementsPerPart ? ElementsPerPart
            : ElementsPerPart / row * row;
        Parts = Math.Max(1, (program.Count + _elementsPerPart - 1) / _elementsPerPart);
    }

    public override int Parts { get; }

    public override int ScratchLength => _program.ScratchLength;

    public override double Operations => _program.Operations;

    public override void Run(Workspace<T> workspace, int part, Span<T> scratch)
    {
        int begin = part * _elementsPerPart;
        _program.Run(workspace, begin, Math.Min(begin + _elementsPerPart, _program.Count), scratch);
    }
}
