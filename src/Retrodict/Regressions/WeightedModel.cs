using Retrodict.Autodiff;
using Retrodict.Numerics;
using Retrodict.Solvers;

namespace Retrodict.Regressions;

/// <summary>A regression's residuals, each divided by its standard deviation, at points around its end; compiled when they are first asked
/// for.</summary>
internal sealed class WeightedModel
{
    private const double Least = 1e-12;

    private readonly InverseProblem _problem;
    private readonly double[] _observation;
    private readonly double[] _weights;
    private readonly Lazy<Plan<double>> _values;
    private readonly Lazy<Plan<double>> _jacobian;

    /// <param name="regression">The regression.</param>
    /// <param name="solved">What was solved last, with the loss if there was one and the noise it was measured in.</param>
    public WeightedModel(RegressionProblem regression, InverseProblem solved)
    {
        _problem = solved;
        _observation = regression.Observation.ToArray();
        _weights = [.. Enumerable.Range(0, _observation.Length).Select(row => 1 / solved.Noise[row])];
        _values = new Lazy<Plan<double>>(() => solved.Forward.Compile<double>());
        _jacobian = new Lazy<Plan<double>>(() => solved.Forward.Jacobian("x").Compile<double>());
        ObservationLength = Length([.. _observation.Select((value, row) => value * _weights[row])]);
        if (ObservationLength == 0 && Residual([.. regression.Start]) is { } start)
        {
            ObservationLength = Least * Length(start);
        }
    }

    /// <summary>The root of the sum of squares of what is fitted, each divided by its standard deviation; where all of it is zero, what
    /// is rounding beside the residuals of the start.</summary>
    public double ObservationLength { get; }

    /// <summary>The residuals; null outside of the bounds, and where one is not finite.</summary>
    public double[]? Residual(double[] x)
    {
        if (_problem.Bounds.IsOutside(x) || !x.All(double.IsFinite))
        {
            return null;
        }

        double[] values = _values.Value.Evaluate(x)[0];
        for (int row = 0; row < values.Length; row++)
        {
            values[row] = (values[row] - _observation[row]) * _weights[row];
        }

        return values.All(double.IsFinite) ? values : null;
    }

    /// <summary>The objective, half the sum of squares or of the loss; infinite where there are no residuals.</summary>
    public double Cost(double[] x) => Residual(x) is not { } residual ? double.PositiveInfinity
        : _problem.Loss is { } loss ? RobustWeights.Cost(loss, residual, residual.Length)
        : Matrix.Dot(residual, residual) / 2;

    /// <summary>The residuals' Jacobian, [rows, parameters]; null outside of the bounds, and where it is not finite.</summary>
    public double[]? Jacobian(double[] x)
    {
        if (_problem.Bounds.IsOutside(x) || !x.All(double.IsFinite))
        {
            return null;
        }

        double[] jacobian = _jacobian.Value.Evaluate(x)[0];
        for (int i = 0; i < jacobian.Length; i++)
        {
            jacobian[i] *= _weights[i / x.Length];
        }

        return jacobian.All(double.IsFinite) ? jacobian : null;
    }

    /// <summary>The nearest value of a parameter inside of its bounds.</summary>
    public double Clip(int parameter, double value) =>
        Math.Min(Math.Max(value, _problem.Bounds.Lower(parameter)), _problem.Bounds.Upper(parameter));

    /// <summary>The length of a vector, whatever the size of its entries.</summary>
    public static double Length(double[] vector) => Matrix.ColumnLength(vector, vector.Length, 1, 0);
}
