using System.Globalization;
using Retrodict.Numerics;

namespace Retrodict;

/// <summary>How a black box is differentiated: by how much its inputs are moved, one at a time, and whether to one side or both.</summary>
public sealed record FiniteDifferences
{
    private readonly double? _relativeStep;
    private readonly int _parallel = 1;

    /// <summary>Whether x is moved to both sides, which costs 2 n evaluations a Jacobian and has an error of second order in the step, or
    /// (false) to one, which costs n + 1 and has one of first order. Default true.</summary>
    public bool Central { get; init; } = true;

    /// <summary>The step of an unknown, relative to the larger of its size and its <see cref="TypicalSize"/>. Null, the default, is what
    /// suits models that are exact to rounding: the cube root of the rounding unit, 6e-6, for central differences and its square root,
    /// 1.5e-8, for others. For a model whose own errors are a relative e, take the same roots of e (Nocedal and Wright 2006, section
    /// 8.1).</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not between 0 and 1, ends excluded.</exception>
    public double? RelativeStep
    {
        get => _relativeStep;
        init => _relativeStep = value is null or (> 0 and < 1)
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(value), value, string.Create(CultureInfo.InvariantCulture, $"The relative step is {value}; it must lie " +
                    $"between 0 and 1, or be null for the default."));
    }

    /// <summary>How many runs of the model a Jacobian makes at the same time, on threads of their own; the bits do not depend on it.
    /// Default 1. More need a model that may run several times at once.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not from 1 to 1,024.</exception>
    public int Parallel
    {
        get => _parallel;
        init => _parallel = Sizes.Between(value, 1, Sizes.MostThreads, nameof(Parallel));
    }

    /// <summary>The size that unknowns near zero are taken to have, in their units; default 1.</summary>
    public Scale TypicalSize { get; init; } = Scale.One;

    /// <summary>The length of a step from x.</summary>
    internal double Step(int unknown, double x)
    {
        double rounding = Math.BitIncrement(1.0) - 1;
        return (RelativeStep ?? (Central ? Math.Cbrt(rounding) : Math.Sqrt(rounding))) * Math.Max(Math.Abs(x), TypicalSize[unknown]);
    }
}
