using Retrodict.Analysis;
using Retrodict.Numerics;

namespace Retrodict.Regressions;

/// <summary>How well the data determine the parameters at a point: which of them bounds hold, which are not determined, and the
/// covariance of the others in units of the residual variance.</summary>
internal sealed class Determination
{
    private readonly double[] _x;
    private readonly int[] _seen;
    private readonly ScaledSingularValues _values;

    /// <param name="regression">The regression.</param>
    /// <param name="solved">What was solved last, with the loss if there was one and the noise it was measured in.</param>
    /// <param name="model">Its residuals.</param>
    /// <param name="x">The point.</param>
    /// <param name="tolerance">Singular values up to this times the largest count as zero; null for what is rounding.</param>
    public Determination(RegressionProblem regression, InverseProblem solved, WeightedModel model, double[] x, double? tolerance = null)
    {
        _x = x;
        FitAnalysis analysis = FitAnalysis.At(solved, regression.Observation, x);
        FitAnalysis plain = solved.Loss is null ? analysis : FitAnalysis.At(solved with { Loss = null }, regression.Observation, x);
        Residual = plain.Residual.ToArray();
        Jacobian = plain.Jacobian.ToArray();
        Rounding = plain.RankTolerance;
        IsFinite = Residual.All(double.IsFinite) && Jacobian.All(double.IsFinite);

        // What a bound holds is decided by the gradient of what was minimized; the covariance is that of the plain rows.
        Free = analysis.Free.ToArray();
        bool[] visible = IsFinite
            ? VisibleColumns.Of(model, x, Jacobian, Residual, Rounding)
            : [.. Enumerable.Repeat(true, x.Length)];
        Unseen = [.. Free.Where(parameter => !visible[parameter])];
        _seen = [.. Free.Where(parameter => visible[parameter])];
        var seen = new double[Jacobian.Length];
        for (int i = 0; i < seen.Length; i++)
        {
            seen[i] = visible[i % x.Length] ? Jacobian[i] : 0;
        }

        Statistics = Covariance.Of(Free, seen, Residual, x.Length, NoiseLevel.Known, tolerance ?? Rounding);
        _values = ScaledSingularValues.Of(
            Matrix.Columns(seen, Residual.Length, x.Length, _seen), Residual.Length, _seen.Length, tolerance ?? Rounding);
    }

    /// <summary>The residuals, each divided by its standard deviation, without a loss.</summary>
    public double[] Residual { get; }

    /// <summary>Their Jacobian, [rows, parameters].</summary>
    public double[] Jacobian { get; }

    /// <summary>Whether both are finite.</summary>
    public bool IsFinite { get; }

    /// <summary>What counts as rounding, beside one.</summary>
    public double Rounding { get; }

    /// <summary>The parameters that no bound holds.</summary>
    public int[] Free { get; }

    /// <summary>Those of them whose changes the residuals do not show.</summary>
    public int[] Unseen { get; }

    /// <summary>The others.</summary>
    public ReadOnlySpan<int> Seen => _seen;

    /// <summary>The covariance for a residual variance of one, and what it leaves open.</summary>
    public FitStatistics Statistics { get; }

    /// <summary>The singular values of the seen parameters' Jacobian, with columns of length one.</summary>
    public double[] SingularValues => _values.Values;

    /// <summary>How many combinations of parameters the data determine.</summary>
    public int Rank => _values.Rank;

    /// <summary>Whether the data determine all parameters that no bound holds.</summary>
    public bool IsComplete => Unseen.Length == 0 && Rank == _seen.Length;

    /// <summary>The right singular vectors from a position on as changes of all parameters: those that change the residuals the
    /// least.</summary>
    public double[][] Directions(int from) =>
    [
        .. Enumerable.Range(from, _seen.Length - from).Select(p =>
        {
            var change = new double[_x.Length];
            for (int i = 0; i < _seen.Length; i++)
            {
                change[_seen[i]] = _values.Right[(i * _seen.Length) + p] / _values.Scale[i];
            }

            return change;
        }),
    ];

    /// <summary>The gradients of what the data determine, as many as <see cref="Rank"/>, each over all parameters.</summary>
    public double[][] DeterminedGradients() =>
    [
        .. Enumerable.Range(0, Rank).Select(p =>
        {
            var gradient = new double[_x.Length];
            for (int i = 0; i < _seen.Length; i++)
            {
                gradient[_seen[i]] = _values.Right[(i * _seen.Length) + p] * _values.Scale[i];
            }

            return gradient;
        }),
    ];

    /// <summary>How far x_j may change until its effect is as large as what is fitted.</summary>
    public double NaturalSize(int parameter, double length)
    {
        double column = Matrix.ColumnLength(Jacobian, Residual.Length, _x.Length, parameter);
        return column > 0 && double.IsFinite(length / column) ? length / column : 0;
    }

    /// <summary>The variance of a quantity for a residual variance of one; parameters at bounds are taken for given.</summary>
    /// <param name="gradient">Its gradient over all parameters.</param>
    /// <returns>NaN where it depends on what the data do not determine.</returns>
    public double Variance(ReadOnlySpan<double> gradient)
    {
        foreach (int parameter in Unseen)
        {
            if (gradient[parameter] != 0)
            {
                return double.NaN;
            }
        }

        int count = _seen.Length;
        var scaled = new double[count];
        for (int i = 0; i < count; i++)
        {
            scaled[i] = gradient[_seen[i]] / _values.Scale[i];
        }

        double sum = 0, open = 0;
        for (int p = 0; p < count; p++)
        {
            double part = 0;
            for (int i = 0; i < count; i++)
            {
                part += scaled[i] * _values.Right[(i * count) + p];
            }

            sum += p < Rank ? part / _values.Values[p] * (part / _values.Values[p]) : 0;
            open += p < Rank ? 0 : part * part;
        }

        return Math.Sqrt(open) <= 1e-6 * WeightedModel.Length(scaled) ? sum : double.NaN;
    }
}
