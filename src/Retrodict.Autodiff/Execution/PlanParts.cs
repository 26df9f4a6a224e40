using System.Numerics;

namespace Retrodict.Autodiff.Execution;

/// <summary>What compilation makes of a function.</summary>
/// <param name="Name">The function's name.</param>
/// <param name="Inputs">Its inputs.</param>
/// <param name="Outputs">Its outputs.</param>
/// <param name="Steps">The steps, in order.</param>
/// <param name="ArenaLength">Elements of the arena.</param>
/// <param name="Constants">The constants, each at its window.</param>
/// <param name="Unfused">Compiles the same function with a step for every node; null if that is what this is.</param>
internal sealed record PlanParts<T>(
    string Name, IReadOnlyList<Variable> Inputs, IReadOnlyList<Variable> Outputs, Step<T>[] Steps, int ArenaLength,
    (T[] Array, int Base) Constants,
    Func<Plan<T>>? Unfused)
    where T : unmanaged, IFloatingPointIeee754<T>;
