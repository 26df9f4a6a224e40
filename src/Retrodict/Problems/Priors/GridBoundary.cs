namespace Retrodict;

/// <summary>What differences on a grid assume beyond its last points.</summary>
public enum GridBoundary
{
    /// <summary>Nothing: only differences between points of the grid count.</summary>
    Free,

    /// <summary>Zero one spacing outside of the grid: the values, less a reference if there is one, fall to zero.</summary>
    Zero,

    /// <summary>The grid goes on periodically: the last point's neighbor is the first.</summary>
    Periodic,
}
