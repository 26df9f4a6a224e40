namespace Retrodict.Solvers;

/// <summary>Finds the first row and the unknown whose derivative is not finite: in a Jacobian that is at hand, or by one more product, with
/// a unit vector.</summary>
internal sealed class DerivativeFault(Objective objective, IObjectiveRun run)
{
    private double[] _unit = [];
    private double[] _product = [];

    /// <summary>The row, -1 if none has been found.</summary>
    public int Row { get; private set; } = -1;

    /// <summary>The unknown, -1 if none has been found.</summary>
    public int Unknown { get; private set; } = -1;

    public void Forget() => (Row, Unknown) = (-1, -1);

    /// <summary>Looks at J, [rows, unknowns], when its transpose's product with the residuals is not finite.</summary>
    public void FindIn(ReadOnlySpan<double> jacobian)
    {
        int at = FirstNonFinite(jacobian);
        (Row, Unknown) = at < 0 ? (-1, -1) : (at / objective.Unknowns, at % objective.Unknowns);
    }

    /// <summary>Looks for the row, where a product J^T u is not finite.</summary>
    public void FindRow(ReadOnlySpan<double> x, ReadOnlySpan<double> transposed)
    {
        int unknown = FirstNonFinite(transposed);
        if (unknown >= 0 && Unknown < 0)
        {
            run.Jvp(x, UnitVector(objective.Unknowns, unknown), Product(objective.Rows));
            (Row, Unknown) = (FirstNonFinite(Product(objective.Rows)), unknown);
        }
    }

    /// <summary>Looks for the unknown, where a product J v is not finite.</summary>
    public void FindUnknown(ReadOnlySpan<double> x, ReadOnlySpan<double> product)
    {
        int row = FirstNonFinite(product);
        if (row >= 0 && Unknown < 0)
        {
            run.Vjp(x, UnitVector(objective.Rows, row), Product(objective.Unknowns));
            (Row, Unknown) = (row, FirstNonFinite(Product(objective.Unknowns)));
        }
    }

    /// <summary>Whether the derivative by an unknown is not finite.</summary>
    public bool IsBy(ReadOnlySpan<double> x, int unknown)
    {
        run.Jvp(x, UnitVector(objective.Unknowns, unknown), Product(objective.Rows));
        return FirstNonFinite(Product(objective.Rows)) >= 0;
    }

    private static int FirstNonFinite(ReadOnlySpan<double> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i]))
            {
                return i;
            }
        }

        return -1;
    }

    private Span<double> UnitVector(int length, int at)
    {
        Span<double> unit = Room(ref _unit, length);
        unit.Clear();
        unit[at] = 1;
        return unit;
    }

    private Span<double> Product(int length) => Room(ref _product, length);

    private static Span<double> Room(ref double[] memory, int length)
    {
        if (memory.Length < length)
        {
            Array.Resize(ref memory, length);
        }

        return memory.AsSpan(0, length);
    }
}
