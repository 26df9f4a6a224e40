using System.Numerics;

namespace Retrodict.Autodiff.Execution.Fusion;

/// <summary>
/// A product and the group of elementwise nodes behind it, which runs on each part of the product's result while that is in cache.
/// </summary>
internal sealed class EpilogueStep<T>(Storage storage, Step<T> host, TileProgram<T> program) : Step<T>(storage)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override int Parts { get; } = host.Parts;

    public override int ScratchLength { get; } = Math.Max(host.ScratchLength, program.ScratchLength);

    public override double Operations => host.Operations + program.Operations;

    public override void Run(Workspace<T> workspace, int part, Span<T> scratch)
    {
        host.Run(workspace, part, scratch);
        if (Parts == 1)
        {
            program.Run(workspace, 0, program.Count, scratch);
            return;
        }

        ElementRuns runs = host.RunsOf(part);
        for (int i = 0; i < runs.Count; i++)
        {
            int begin = runs.Begin + (i * runs.Stride);
            program.Run(workspace, begin, begin + runs.Length, scratch);
        }
    }
}
