namespace Retrodict;

/// <summary>
/// A line search for the strong Wolfe conditions (Nocedal and Wright, Numerical Optimization, 2nd ed., section 3.1): enough decrease, and a
/// slope that has become flat enough. Along a path that bounds bend, slopes jump; there it suffices that the slope on one side is flat, or
/// that both sides rise (the quasi-Wolfe conditions of Ferry, Gill, Wong, Zhang 2020).
/// </summary>
public sealed record WolfeOptions
{
    private readonly double _sufficientDecrease = 1e-4;
    private readonly double _curvature = 0.9;
    private readonly int _maxEvaluations = 40;

    /// <summary>The fraction of the decrease predicted by the gradient that a step must reach; between 0 and 1, default 1e-4.</summary>
    public double SufficientDecrease
    {
        get => _sufficientDecrease;
        init => _sufficientDecrease = Inside(value, nameof(SufficientDecrease));
    }

    /// <summary>The fraction of the first slope that the last one may still have; between 0 and 1, default 0.9. Conjugate gradients want
    /// less.</summary>
    public double Curvature
    {
        get => _curvature;
        init => _curvature = Inside(value, nameof(Curvature));
    }

    /// <summary>The most evaluations of a search; default 40. Then the lowest point that it found is taken.</summary>
    public int MaxEvaluations
    {
        get => _maxEvaluations;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(MaxEvaluations));
            _maxEvaluations = value;
        }
    }

    private static double Inside(double value, string name) => value is > 0 and < 1
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} must lie between 0 and 1, both excluded.");
}
