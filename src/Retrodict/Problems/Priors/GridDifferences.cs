using Retrodict.Autodiff;

namespace Retrodict;

/// <summary>Differences between neighbors along an axis of a grid; divide by the spacing for derivatives.</summary>
internal static class GridDifferences
{
    /// <summary>Whether an axis is long enough for a derivative of an order.</summary>
    public static bool Has(int length, int order, GridBoundary boundary) => boundary switch
    {
        GridBoundary.Free => length > order,
        GridBoundary.Periodic => length > 1,
        _ => true,
    };

    /// <summary>x[i + 1] - x[i]: one fewer than points on a free axis, one more with zeros outside, as many on a periodic one.</summary>
    public static Value First(Value x, int axis, GridBoundary boundary) => Neighbors(
        boundary switch
        {
            GridBoundary.Zero => x.Pad(axis, 1, 1),
            GridBoundary.Periodic => x.PadCircular(axis, 0, 1),
            _ => x,
        },
        axis);

    /// <summary>x[i + 1] - 2 x[i] + x[i - 1]: two fewer than points on a free axis, as many on the others.</summary>
    public static Value Second(Value x, int axis, GridBoundary boundary) => Neighbors(
        Neighbors(
            boundary switch
            {
                GridBoundary.Zero => x.Pad(axis, 1, 1),
                GridBoundary.Periodic => x.PadCircular(axis, 1, 1),
                _ => x,
            },
            axis),
        axis);

    private static Value Neighbors(Value x, int axis) => x.Slice(axis, 1, x.Shape[axis]) - x.Slice(axis, 0, x.Shape[axis] - 1);

    /// <summary>Checks a grid.</summary>
    public static Shape RequireGrid(Shape grid) => grid.Rank > 0 && grid.ElementCount > 0
        ? grid
        : throw new ArgumentException($"A grid needs one axis or more, none of them empty, but its shape is {grid}.", nameof(grid));

    /// <summary>Checks that there is a single spacing or one an axis.</summary>
    public static Scale RequireSpacing(Scale spacing, Shape grid)
    {
        ArgumentNullException.ThrowIfNull(spacing);
        return spacing.Dimension is null || spacing.Dimension == grid.Rank
            ? spacing
            : throw new ArgumentException(
                $"{spacing.Dimension} spacings were given, but the grid {grid} has {grid.Rank} axes.", nameof(spacing));
    }

    /// <summary>The volume of a cell.</summary>
    public static double CellVolume(Scale spacing, Shape grid)
    {
        double volume = 1;
        for (int axis = 0; axis < grid.Rank; axis++)
        {
            volume *= spacing[axis];
        }

        return volume;
    }
}
