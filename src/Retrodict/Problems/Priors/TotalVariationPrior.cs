// With p the gradient at a point of the grid, g = sqrt(|p|^2 + b^2) and V the volume of a cell, the functional is the sum of V g (Rudin,
// Osher and Fatemi 1992, smoothed as by Acar and Vogel 1994, eq. 2.4). Rows whose half sum of squares is that can be had in several ways,
// and Gauss-Newton's curvature depends on which. A single row sqrt(2 g) a point has no curvature where x is flat, nor ever across the
// gradient. Here a point has the rows
//     p / sqrt(g)   and   sqrt(g + b^2 / g):     ½ (|p|^2 / g + g + b^2 / g) = ½ (g + g) = g.
// Their Gauss-Newton curvature in p is 1/g across the gradient, as the functional's own, and along it, with t = |p|^2 / g^2 from 0 to 1,
//     (1/g) ((1 - t/2)^2 + t^3 / (4 (2 - t))),
// between the functional's (1/g) (1 - t) and the 1/g of lagged diffusivity (Vogel and Oman 1996): never singular, never too small, exact
// where x is flat.

using System.Globalization;
using Retrodict.Autodiff;

namespace Retrodict;

/// <summary>
/// Total variation on a grid, isotropic and smoothed: the integral of √(|∇x|² + β²), which allows jumps and discourages ripples
/// (Rudin, Osher and Fatemi 1992; Acar and Vogel 1994). The gradient at a point is made of the differences to the next points along the
/// axes, over the spacing.
/// </summary>
/// <remarks>Half the sum of squares of the rows is the functional itself, Σ V √(|∇x|² + β²) with the volume V of a cell, the value
/// β for every flat unit volume included. A point has one row for each axis and one more.</remarks>
public sealed class TotalVariationPrior : Prior
{
    private readonly Scale _spacing = Scale.One;

    /// <summary>A prior on a grid of values.</summary>
    /// <param name="grid">The grid's shape, one axis or more; the unknown has its elements, row-major.</param>
    /// <param name="smoothing">β, a gradient: slopes well below it are smoothed like by a Tikhonov prior, well above it they cost their
    /// height alone. From 1e-150 to 1e150; for evaluations in single precision from 1e-18 to 1e18.</param>
    /// <exception cref="ArgumentException">The grid has no axes or no elements.</exception>
    /// <exception cref="ArgumentOutOfRangeException">β is out of range.</exception>
    public TotalVariationPrior(Shape grid, double smoothing)
    {
        Grid = GridDifferences.RequireGrid(grid);

        // Its square must be a normal number.
        Smoothing = smoothing is >= 1e-150 and <= 1e150
            ? smoothing
            : throw new ArgumentOutOfRangeException(
                nameof(smoothing), smoothing, string.Create(
                    CultureInfo.InvariantCulture, $"The smoothing is {smoothing}; it must lie between 1e-150 and 1e150."));
    }

    /// <summary>The grid's shape.</summary>
    public Shape Grid { get; }

    /// <summary>The gradient β up to which the functional is smoothed.</summary>
    public double Smoothing { get; }

    /// <inheritdoc/>
    public override int? Unknowns => Grid.ElementCount;

    /// <summary>What is assumed beyond the grid; default <see cref="GridBoundary.Free"/>, where the last point of an axis has no slope
    /// along it. With <see cref="GridBoundary.Zero"/> the gradient is also taken at the zeros just before the first points.</summary>
    public GridBoundary Boundary { get; init; }

    /// <summary>The distance of neighbors, one number or one an axis; default 1.</summary>
    /// <exception cref="ArgumentException">It has another number of components than the grid axes.</exception>
    public Scale Spacing
    {
        get => _spacing;
        init => _spacing = GridDifferences.RequireSpacing(value, Grid);
    }

    private protected override Value Rows(Value x)
    {
        Value[] gradient = Gradient(x.Reshape(Grid));
        Value squares = Smoothing * Smoothing;
        foreach (Value slope in gradient)
        {
            squares += slope * slope;
        }

        double volume = Math.Sqrt(GridDifferences.CellVolume(_spacing, Grid));
        Value length = Value.Sqrt(squares);
        Value factor = volume / Value.Sqrt(length);
        Value rest = volume * Value.Sqrt(length + (Smoothing * Smoothing / length));
        return Value.Stack([.. gradient.Select(slope => slope * factor), rest]);
    }

    /// <summary>The gradient's components, all in one shape.</summary>
    private Value[] Gradient(Value x)
    {
        bool zero = Boundary == GridBoundary.Zero;
        for (int axis = 0; axis < Grid.Rank && zero; axis++)
        {
            x = x.Pad(axis, 1, 1);
        }

        return [.. Enumerable.Range(0, Grid.Rank).Select(axis => Component(x, axis, zero) * (1 / _spacing[axis]))];
    }

    private Value Component(Value x, int axis, bool padded)
    {
        Value slope = GridDifferences.First(x, axis, padded ? GridBoundary.Free : Boundary);
        if (Boundary == GridBoundary.Free)
        {
            return slope.Pad(axis, 0, 1);
        }

        // Of the padded grid, all points but those after the last.
        for (int other = 0; other < Grid.Rank && padded; other++)
        {
            slope = slope.Slice(other, 0, Grid[other] + 1);
        }

        return slope;
    }
}
