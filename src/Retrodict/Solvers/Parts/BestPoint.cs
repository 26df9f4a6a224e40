namespace Retrodict.Solvers;

/// <summary>The lowest point that a solve has left behind: one from which a nonmonotone search went up, or one that a search kept while it
/// looked for a better one.</summary>
internal sealed class BestPoint(Objective objective)
{
    private readonly double[] _x = new double[objective.Unknowns];
    private readonly double[] _residual = new double[objective.Rows];

    /// <summary>Its objective; infinite where there is none.</summary>
    public double Cost { get; private set; } = double.PositiveInfinity;

    public void Forget() => Cost = double.PositiveInfinity;

    /// <summary>Keeps a point, if it is the lowest.</summary>
    /// <returns>Whether it is.</returns>
    public bool Keep(ReadOnlySpan<double> x, ReadOnlySpan<double> residual, double cost)
    {
        if (!(cost < Cost))
        {
            return false;
        }

        x.CopyTo(_x);
        residual.CopyTo(_residual);
        Cost = cost;
        return true;
    }

    /// <returns>Its objective.</returns>
    public double CopyTo(Span<double> x, Span<double> residual)
    {
        _x.CopyTo(x);
        _residual.CopyTo(residual);
        return Cost;
    }
}
