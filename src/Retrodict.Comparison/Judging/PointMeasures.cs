namespace Retrodict.Comparison;

/// <summary>How good a point is.</summary>
/// <param name="Residual">Normalized residual: root mean square of (F(x) - y) / standard deviation of observations.</param>
/// <param name="Discrepancy">Root mean square of (F(x) - y) / noise; about 1 where x explains the measurement.</param>
/// <param name="RmseX">The root mean square error of the recovered quantities; NaN without truth.</param>
public readonly record struct PointMeasures(double Residual, double Discrepancy, double RmseX);
