using System.Numerics;
using Retrodict.Autodiff.Execution.Fusion;

namespace Retrodict.Autodiff.Execution;

/// <summary>
/// A node of a plan, or a group of them, with its kernels: immutable, shared by all runs. A step splits into parts by its sizes alone,
/// never by the number of threads, and each part computes its own elements of the results; so every thread count gives the same bits.
/// </summary>
internal abstract class Step<T>(Storage storage)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>How the step prints.</summary>
    public string Label => storage.Label();

    /// <summary>Windows of the results.</summary>
    public IReadOnlyList<Window> Results => storage.Results;

    /// <summary>
    /// Into how many independent parts the work splits; with several phases the most that one of them has, and more than 1.
    /// </summary>
    public virtual int Parts => 1;

    /// <summary>How often in a run the team comes together: parts of one phase start when all of the phase before have ended.</summary>
    public virtual int Phases => 1;

    /// <summary>Scratch elements that one part needs.</summary>
    public virtual int ScratchLength => 0;

    /// <summary>Floating-point operations of one run.</summary>
    public virtual double Operations => 0;

    /// <summary>Elements that the step's own state holds in each workspace, beside the arena.</summary>
    public virtual long StateLength => 0;

    /// <summary>What each workspace keeps for this step, such as a body's workspace; null for most.</summary>
    public virtual object? NewState() => null;

    /// <summary>The step's position in its plan, under which a workspace keeps its state.</summary>
    public int Index { get; set; }

    /// <summary>Elements read and written in one run.</summary>
    public double Traffic => storage.Operands.Sum(w => (double)w.Length) + storage.Results.Sum(w => (double)w.Length);

    /// <summary>
    /// Whether a part computes all of certain elements of the first result, so that something can follow in the same part. A step that
    /// keeps state or needs <see cref="Finish"/> has none.
    /// </summary>
    public virtual bool HasWholeParts => Parts == 1;

    /// <summary>Which elements of the first result a part computes, if <see cref="HasWholeParts"/>.</summary>
    public virtual ElementRuns RunsOf(int part) => new(0, Result.Length);

    protected Window Result { get; } = storage.Results[0];

    /// <summary>Runs one part.</summary>
    /// <param name="workspace">The buffers.</param>
    /// <param name="part">From 0 to <see cref="Parts"/> - 1.</param>
    /// <param name="scratch">At least <see cref="ScratchLength"/> elements of the running thread's own, with any content.</param>
    public abstract void Run(Workspace<T> workspace, int part, Span<T> scratch);

    /// <summary>Into how many independent parts one phase splits.</summary>
    public virtual int PartsOf(int phase) => Parts;

    /// <summary>Runs one part of one phase.</summary>
    public virtual void Run(Workspace<T> workspace, int phase, int part, Span<T> scratch) => Run(workspace, part, scratch);

    /// <summary>Runs once, alone, after all parts have, if there are several.</summary>
    public virtual void Finish(Workspace<T> workspace)
    {
    }

    protected Window Operand(int index) => storage.Operands[index];
}
