using System.Globalization;

namespace Retrodict.Learning;

/// <summary>
/// Unknowns with the observations that belong to them: what a forward map is learned from where there is no forward model. Immutable.
/// </summary>
public sealed class PairedData
{
    private const double LeastDeviation = 1e-6;

    private readonly double[] _x;
    private readonly double[] _y;
    private readonly double[] _mean;
    private readonly double[] _deviation;

    /// <summary>Pairs, one a row. They are copied.</summary>
    /// <param name="name">The name of the problem, for files and reports; it may be empty.</param>
    /// <param name="shapes">The shapes of x and y.</param>
    /// <param name="unknowns">The unknowns, [count, n] row-major.</param>
    /// <param name="observations">The observations, [count, m] row-major, in their own units.</param>
    /// <exception cref="ArgumentException">
    /// There are fewer than two pairs, the counts differ, or a number is not finite; the message says where.
    /// </exception>
    public PairedData(string name, ModelShapes shapes, ReadOnlySpan<double> unknowns, ReadOnlySpan<double> observations)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(shapes);
        (int n, int m) = (shapes.Unknowns, shapes.Observations);
        int count = unknowns.Length / n;
        if (count < 2 || unknowns.Length != count * n || observations.Length != count * m)
        {
            throw new ArgumentException(
                $"There are {unknowns.Length} numbers of unknowns and {observations.Length} of observations; "
                + $"at least two pairs of {n} and {m} components are needed, as many of one as of the other.",
                nameof(observations));
        }

        RequireFinite(unknowns, n, "unknown", nameof(unknowns));
        RequireFinite(observations, m, "observation", nameof(observations));
        (Name, Shapes, Count) = (name, shapes, count);
        (_x, _y) = (unknowns.ToArray(), observations.ToArray());
        (_mean, _deviation) = SampleMoments.OfComponents(_y, m, LeastDeviation);
    }

    /// <summary>The name of the problem.</summary>
    public string Name { get; }

    /// <summary>The shapes of x and y.</summary>
    public ModelShapes Shapes { get; }

    /// <summary>The number of pairs.</summary>
    public int Count { get; }

    /// <summary>The unknowns, [count, n].</summary>
    public ReadOnlySpan<double> Unknowns => _x;

    /// <summary>The observations, [count, m], in their own units.</summary>
    public ReadOnlySpan<double> Observations => _y;

    /// <summary>The observations' mean, [m].</summary>
    public IReadOnlyList<double> ObservationMean => _mean;

    /// <summary>The observations' unbiased standard deviation, [m], at least 1e-6.</summary>
    public IReadOnlyList<double> ObservationDeviation => _deviation;

    /// <summary>Observations standardized by given moments, [count, m].</summary>
    internal double[] Standardized(IReadOnlyList<double> mean, IReadOnlyList<double> deviation)
    {
        int m = Shapes.Observations;
        var standardized = new double[_y.Length];
        for (int i = 0; i < _y.Length; i++)
        {
            standardized[i] = (_y[i] - mean[i % m]) / deviation[i % m];
        }

        return standardized;
    }

    private static void RequireFinite(ReadOnlySpan<double> rows, int columns, string what, string parameter)
    {
        for (int i = 0; i < rows.Length; i++)
        {
            if (!double.IsFinite(rows[i]))
            {
                throw new ArgumentException(
                    string.Create(
                        CultureInfo.InvariantCulture, $"Component {i % columns} of {what} {i / columns} is {rows[i]}; it must be finite."),
                    parameter);
            }
        }
    }
}
