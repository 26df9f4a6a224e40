using System.Globalization;

namespace Retrodict.Numerics;

/// <summary>
/// The sizes that options may ask for. Each has a most that no use comes near, so that a slip of some digits is told at once, by name, and
/// not by memory or threads that run out later.
/// </summary>
internal static class Sizes
{
    /// <summary>Threads of a team or a batch; more than there are processors are of no use.</summary>
    public const int MostThreads = 1024;

    /// <summary>Earlier steps, gradients or costs that a method remembers.</summary>
    public const int MostRemembered = 10_000;

    /// <summary>Points, starts or samples that are drawn or tried.</summary>
    public const int MostTried = 100_000_000;

    /// <summary>Samples of a step of training.</summary>
    public const int MostInBatch = 1_000_000;

    /// <summary>Layers of a network, or units in a layer.</summary>
    public const int MostUnits = 1_000_000;

    /// <summary>The value, if it lies between the two.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It does not.</exception>
    public static int Between(int value, int least, int most, string name) => value >= least && value <= most
        ? value
        : throw new ArgumentOutOfRangeException(
            name, value, string.Create(CultureInfo.InvariantCulture, $"{name} must be from {least} to {most:N0}."));
}
