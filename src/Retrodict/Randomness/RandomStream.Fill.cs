using System.Numerics;

namespace Retrodict.Randomness;

/// <content>Drawing many numbers at once.</content>
public sealed partial class RandomStream
{
    /// <summary>Fills with numbers as <see cref="NextUniform"/> draws them, in order; floats are the doubles rounded, and stay below the
    /// upper end.</summary>
    /// <typeparam name="T"><see cref="double"/> or <see cref="float"/>.</typeparam>
    /// <param name="destination">What to fill.</param>
    /// <param name="low">The lower end.</param>
    /// <param name="high">The upper end, not below the lower.</param>
    /// <exception cref="ArgumentException">The ends are out of order or not finite, or further apart than the largest double.</exception>
    public void FillUniform<T>(Span<T> destination, double low = 0.0, double high = 1.0)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        RequireInterval(low, high);
        (T lowest, T end) = (T.CreateTruncating(low), T.CreateTruncating(high));
        foreach (ref T value in destination)
        {
            value = InInterval(T.CreateTruncating(low + ((high - low) * NextDouble())), lowest, end);
        }
    }

    /// <summary>Fills with numbers as <see cref="NextNormal"/> draws them, in order; floats are the doubles rounded.</summary>
    /// <typeparam name="T"><see cref="double"/> or <see cref="float"/>.</typeparam>
    /// <param name="destination">What to fill.</param>
    public void FillNormal<T>(Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach (ref T value in destination)
        {
            value = T.CreateTruncating(NextNormal());
        }
    }

    /// <summary>Fills with 1 and -1 as <see cref="NextRademacher"/> draws them, in order.</summary>
    /// <typeparam name="T"><see cref="double"/> or <see cref="float"/>.</typeparam>
    /// <param name="destination">What to fill.</param>
    public void FillRademacher<T>(Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach (ref T value in destination)
        {
            value = T.CreateTruncating(NextRademacher());
        }
    }

    /// <summary>Puts items into a random order, every one of them equally likely (the method of Fisher and Yates, from the end).</summary>
    /// <typeparam name="T">Any type.</typeparam>
    /// <param name="items">The items.</param>
    public void Shuffle<T>(Span<T> items)
    {
        for (int last = items.Length - 1; last > 0; last--)
        {
            int chosen = NextInt(last + 1);
            (items[last], items[chosen]) = (items[chosen], items[last]);
        }
    }
}
