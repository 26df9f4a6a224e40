using System.Numerics;

namespace Retrodict.Autodiff.Execution;

/// <summary>What compilation makes of a function.</summary>
internal sealed record PlanParts<T>(Step<T>[] Steps, int ArenaLength, (T[] Array, int Base) Constants)
    where T : unmanaged, IFloatingPointIeee754<T>;
