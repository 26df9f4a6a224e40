using Retrodict.Analysis;
using Retrodict.Numerics;
using Retrodict.Randomness;

namespace Retrodict.Regressions;

/// <summary>The surroundings of a point along the directions in which the residuals hardly change there.</summary>
internal sealed class FlatDirections
{
    /// <summary>A share of the objective below which points do not count as lower.</summary>
    private const double Lower = 1e-9;

    /// <summary>By how much a singular value is larger beside a singular point.</summary>
    private const double Rise = 1e4;

    private const int Mixtures = 8;

    private static readonly double[] _factors = [0.5, 2, 0.1, 10, 0.01, 100];
    private static readonly double[] _steps = [0.3, 0.1, 0.03, 0.01, 1e-3];

    private readonly RegressionProblem _regression;
    private readonly WeightedModel _model;
    private readonly Determination _here;
    private readonly double[] _x;
    private readonly int _flat;
    private readonly double[][] _directions;
    private readonly Lazy<bool> _isRidge;
    private readonly Lazy<bool> _isPlateau;

    /// <param name="regression">The regression.</param>
    /// <param name="model">Its residuals.</param>
    /// <param name="here">What the data determine at the point.</param>
    /// <param name="x">The point.</param>
    /// <param name="flat">Where the directions begin, among the singular values.</param>
    public FlatDirections(RegressionProblem regression, WeightedModel model, Determination here, double[] x, int flat)
    {
        (_regression, _model, _here, _x, _flat) = (regression, model, here, x, flat);
        _directions = [.. Mixed(here.Directions(flat)).Select(Scaled)];
        _isRidge = new Lazy<bool>(() => _directions.Any(direction => RankRises(direction, 0.1) || RankRises(direction, 0.3)));
        _isPlateau = new Lazy<bool>(() => here.Unseen.Any(IsSeenElsewhere));
    }

    /// <summary>Whether the residuals show less here than beside this point: it is no minimum that is merely not unique.</summary>
    public bool IsSingular => IsRidge || _isPlateau.Value;

    /// <summary>Whether that is so along a combination of parameters that are seen one by one.</summary>
    public bool IsRidge => _isRidge.Value;

    /// <summary>The lowest of the points beside this one; null if none is lower.</summary>
    public double[]? LowestPoint()
    {
        double lowest = _model.Cost(_x) * (1 - Lower);
        double[]? found = null;
        foreach (double[] point in _steps.SelectMany(step => _directions.SelectMany(direction => BothWays(direction, step)))
            .Concat(_here.Unseen.SelectMany(Replaced)))
        {
            double cost = _model.Cost(point);
            (lowest, found) = cost < lowest ? (cost, point) : (lowest, found);
        }

        return found;
    }

    /// <summary>Points off a ridge, to go on from.</summary>
    public IEnumerable<double[]> PointsBesideRidge() => _directions
        .Where(direction => RankRises(direction, 0.1) || RankRises(direction, 0.3))
        .Take(3)
        .SelectMany(direction => BothWays(direction, 0.2))
        .Where(point => _model.Residual(point) is not null);

    private IEnumerable<double[]> BothWays(double[] direction, double step) => [Moved(direction, step), Moved(direction, -step)];

    private double[] Moved(double[] direction, double step) => [.. _x.Select((value, j) => _model.Clip(j, value + (step * direction[j])))];

    /// <summary>The directions, and, where there are several, sums of them.</summary>
    private static double[][] Mixed(double[][] directions)
    {
        if (directions.Length < 2)
        {
            return directions;
        }

        var stream = new RandomStream(7, "flat directions");
        return [.. directions, .. Enumerable.Range(0, Mixtures).Select(_ =>
        {
            double[] weights = [.. directions.Select(_ => stream.NextNormal())];
            return (double[])
            [
                .. Enumerable.Range(0, directions[0].Length)
                    .Select(j => directions.Select((direction, p) => weights[p] * direction[j]).Sum()),
            ];
        })];
    }

    /// <summary>A direction in which a step of one changes some parameter by all of itself, and none by more.</summary>
    private double[] Scaled(double[] direction)
    {
        double largest = 0;
        for (int j = 0; j < direction.Length; j++)
        {
            double size = Math.Max(Math.Abs(_x[j]), 0.01 * _here.NaturalSize(j, _model.ObservationLength));
            largest = size > 0 ? Math.Max(largest, Math.Abs(direction[j]) / size) : largest;
        }

        return largest > 0 ? [.. direction.Select(part => part / largest)] : direction;
    }

    /// <summary>The point with another value of an unseen parameter: factors on it, its start, and what columns of the data hold.</summary>
    private IEnumerable<double[]> Replaced(int parameter) => Values(parameter).Select(value =>
    {
        double[] point = [.. _x];
        point[parameter] = _model.Clip(parameter, value);
        return point;
    });

    private IEnumerable<double> Values(int parameter)
    {
        IEnumerable<double> own = [.. _factors.Select(factor => factor * _x[parameter]), _regression.Start[parameter]];
        return own.Concat(_regression.Columns.SelectMany(name =>
        {
            double[] sorted = [.. _regression.Data[name]];
            Array.Sort(sorted);
            return (double[])[sorted[0], sorted[sorted.Length / 4], sorted[sorted.Length / 2], sorted[3 * sorted.Length / 4], sorted[^1]];
        }));
    }

    /// <summary>Whether a direction that is flat here is not so beside this point.</summary>
    private bool RankRises(double[] direction, double step) => BothWays(direction, step).Any(point =>
    {
        if (_model.Jacobian(point) is not { } jacobian)
        {
            return false;
        }

        int rows = _here.Residual.Length;
        var there = ScaledSingularValues.Of(Matrix.Columns(jacobian, rows, _x.Length, _here.Seen), rows, _here.Seen.Length, _here.Rounding);
        double here = _here.SingularValues[_flat] / _here.SingularValues[0];
        return there.IsFinite && there.Values[_flat] / there.Values[0] > Rise * Math.Max(here, _here.Rounding);
    });

    /// <summary>Whether the residuals show a parameter if its value is another one.</summary>
    private bool IsSeenElsewhere(int parameter) => Replaced(parameter).Any(point =>
        _model.Jacobian(point) is { } jacobian
        && Matrix.ColumnLength(jacobian, _here.Residual.Length, _x.Length, parameter) * Math.Abs(point[parameter])
            > Rise * _here.Rounding * _model.ObservationLength);
}
