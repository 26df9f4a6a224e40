using System.Runtime.CompilerServices;

namespace Retrodict.Autodiff.LinearAlgebra;

/// <summary>Argument checks that name the argument and the sizes.</summary>
internal static class Check
{
    /// <summary>A dimension is not negative.</summary>
    public static void Dimension(int value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        ArgumentOutOfRangeException.ThrowIfNegative(value, name);

    /// <summary>A matrix has exactly rows x columns elements.</summary>
    public static void Matrix(int length, int rows, int columns, string name)
    {
        if (length != (long)rows * columns)
        {
            throw new ArgumentException($"'{name}' has {length} elements; {rows} x {columns} = {(long)rows * columns} are expected.", name);
        }
    }

    /// <summary>A buffer has at least the elements needed.</summary>
    public static void AtLeast(int length, int needed, string name)
    {
        if (length < needed)
        {
            throw new ArgumentException($"'{name}' has {length} elements; at least {needed} are needed.", name);
        }
    }
}
