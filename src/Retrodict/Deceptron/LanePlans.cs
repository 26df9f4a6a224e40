using System.Numerics;
using Retrodict.Autodiff;

namespace Retrodict;

/// <summary>A function for several instances at once, compiled for each number of them when a run first needs it.</summary>
/// <typeparam name="T">The element type.</typeparam>
internal sealed class LanePlans<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Lazy<Plan<T>>[] _plans;

    public LanePlans(Function function, LaneSizes sizes, PlanOptions options)
    {
        (Function, Sizes) = (function, sizes);
        _plans = [.. Enumerable.Range(0, sizes.Count).Select(i => new Lazy<Plan<T>>(() => function.Batch(sizes[i]).Compile<T>(options)))];
    }

    /// <summary>The function of one instance.</summary>
    public Function Function { get; }

    public LaneSizes Sizes { get; }

    /// <summary>The plan for a number of instances.</summary>
    /// <param name="index">The number's position in <see cref="Sizes"/>.</param>
    public Plan<T> this[int index] => _plans[index].Value;
}
