using System.Globalization;
using Retrodict.Autodiff;

namespace Retrodict;

/// <summary>
/// Smoothness on a grid: half the integral of the squared derivatives of d = x - reference (Tikhonov 1963; Hansen 2010, Discrete Inverse
/// Problems, section 4.3). Order 0 takes d itself, order 1 its gradient, order 2 all its second derivatives (the mixed ones twice, as in
/// the squared Frobenius norm of the Hessian, which no rotation of the axes changes; Wahba 1990, Spline Models, eq. 2.4.1).
/// </summary>
/// <remarks>
/// Derivatives are differences of neighbors over the spacing, and every row is multiplied by the square root of a cell's volume, so that a
/// weight means the same on a finer grid; with spacing 1, the default, the rows are plain differences. Rows come axis by axis, in order 2
/// the mixed ones after. Where nothing is assumed beyond the grid, order 1 does not see constants and order 2 no affine functions.
/// </remarks>
public sealed class TikhonovPrior : Prior
{
    private readonly Scale _spacing = Scale.One;
    private readonly double[]? _reference;

    /// <summary>A prior on a grid of values.</summary>
    /// <param name="grid">The grid's shape, one axis or more; the unknown has its elements, row-major.</param>
    /// <param name="order">The order of the derivatives: 0, 1 or 2.</param>
    /// <exception cref="ArgumentException">The grid has no axes or no elements.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The order is another.</exception>
    public TikhonovPrior(Shape grid, int order)
    {
        Grid = GridDifferences.RequireGrid(grid);
        Order = order is >= 0 and <= 2
            ? order
            : throw new ArgumentOutOfRangeException(
                nameof(order), order, string.Create(
                    CultureInfo.InvariantCulture, $"The order of a Tikhonov prior is {order}; it must be 0, 1 or 2."));
    }

    /// <summary>The grid's shape.</summary>
    public Shape Grid { get; }

    /// <summary>The order of the derivatives.</summary>
    public int Order { get; }

    /// <inheritdoc/>
    public override int? Unknowns => Grid.ElementCount;

    /// <summary>What is assumed beyond the grid; default <see cref="GridBoundary.Free"/>. Order 0 does not ask.</summary>
    public GridBoundary Boundary { get; init; }

    /// <summary>The distance of neighbors, one number or one an axis; default 1.</summary>
    /// <exception cref="ArgumentException">It has another number of components than the grid axes.</exception>
    public Scale Spacing
    {
        get => _spacing;
        init => _spacing = GridDifferences.RequireSpacing(value, Grid);
    }

    /// <summary>What is thought smooth is the difference from it, row-major; null, the default, for zero.</summary>
    /// <exception cref="ArgumentException">It has another length than the grid has elements, or an entry is not finite.</exception>
    public IReadOnlyList<double>? Reference
    {
        get => _reference;
        init
        {
            if (value is not null && (value.Count != Grid.ElementCount || !value.All(double.IsFinite)))
            {
                throw new ArgumentException($"The reference must have a finite number for each of the {Grid.ElementCount} points " +
                    $"of the grid {Grid}.", nameof(value));
            }

            _reference = value?.ToArray();
        }
    }

    private protected override Value Rows(Value x)
    {
        Value d = x.Reshape(Grid);
        if (_reference is not null)
        {
            d -= Value.Constant(_reference, Grid);
        }

        double root = Math.Sqrt(GridDifferences.CellVolume(_spacing, Grid));
        Value[] rows = [.. Order switch
        {
            0 => [Scaled(d, root)],
            1 => Gradient(d, root),
            _ => Hessian(d, root),
        }];
        return rows.Length > 0
            ? Value.Concatenate(0, rows)
            : throw new ShapeException($"On the grid {Grid} there is no difference of order {Order}: no axis is long enough.");
    }

    private IEnumerable<Value> Gradient(Value d, double root) => Axes(1).Select(
        axis => Scaled(GridDifferences.First(d, axis, Boundary), root / _spacing[axis]));

    private IEnumerable<Value> Hessian(Value d, double root)
    {
        foreach (int axis in Axes(2))
        {
            yield return Scaled(GridDifferences.Second(d, axis, Boundary), root / (_spacing[axis] * _spacing[axis]));
        }

        foreach (int axis in Axes(1))
        {
            foreach (int other in Axes(1).Where(other => other > axis))
            {
                Value mixed = GridDifferences.First(GridDifferences.First(d, axis, Boundary), other, Boundary);
                yield return Scaled(mixed, Math.Sqrt(2) * root / (_spacing[axis] * _spacing[other]));
            }
        }
    }

    private IEnumerable<int> Axes(int order) =>
        Enumerable.Range(0, Grid.Rank).Where(axis => GridDifferences.Has(Grid[axis], order, Boundary));

    private static Value Scaled(Value rows, double factor) => (factor == 1 ? rows : rows * factor).Flatten();
}
