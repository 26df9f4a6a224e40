using System.Numerics;

namespace Retrodict.Autodiff.Kernels;

/// <summary>Gives linear solves strong zeros: a right side of zeros has the solution 0, whatever the matrix.</summary>
internal static class ZeroRightSides
{
    /// <summary>Clears the solutions of zeros among columns of [rows, columns] in which a NaN stands.</summary>
    /// <param name="right">The right sides.</param>
    /// <param name="solution">The solutions, of as many columns.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="from">The first column to look at.</param>
    /// <param name="end">The one behind the last.</param>
    public static void Clear<T>(ReadOnlySpan<T> right, Span<T> solution, int columns, int from, int end)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        bool found = false;
        for (int start = 0; start < solution.Length && columns > 0; start += columns)
        {
            found |= Finiteness.HasNaN<T>(solution[(start + from)..(start + end)]);
        }

        for (int column = from; column < end && found; column++)
        {
            bool isZero = true;
            for (int i = column; i < right.Length; i += columns)
            {
                isZero &= right[i] == T.Zero;
            }

            for (int i = column; i < solution.Length && isZero; i += columns)
            {
                solution[i] = T.Zero;
            }
        }
    }

    /// <summary>The same for all columns.</summary>
    public static void Clear<T>(ReadOnlySpan<T> right, Span<T> solution, int columns)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (Finiteness.HasNaN<T>(solution))
        {
            Clear(right, solution, columns, 0, columns);
        }
    }
}
