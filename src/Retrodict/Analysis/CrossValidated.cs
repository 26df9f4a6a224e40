namespace Retrodict.Analysis;

/// <summary>What robust cross-validation makes of the weights tried: what the other rules are judged by.</summary>
internal sealed class CrossValidated
{
    /// <summary>Minima of robust cross-validation up to this times the least are not told apart: it scatters by √(2 / d) of itself, and
    /// a third for twenty of them, and so does what it is compared with.</summary>
    public const double Tie = 2;

    /// <summary>How exactly the logarithm of the weight is found: finer than the solution depends on it, coarse as it may cost solves.
    /// </summary>
    private const double Tolerance = 0.1;

    private CrossValidated(PriorWeightPoint point, int observations, bool isFound)
    {
        (Point, IsFound) = (point, isFound);
        DegreesOfFreedom = observations - point.SignalDegreesOfFreedom;
        Noise = Math.Sqrt(point.Misfit * point.Misfit / DegreesOfFreedom);
        IsTrusted = isFound && Suffices(DegreesOfFreedom, observations);
    }

    /// <summary>The point at the weight where it is least.</summary>
    public PriorWeightPoint Point { get; }

    /// <summary>Degrees of freedom that are left for the noise there.</summary>
    public double DegreesOfFreedom { get; }

    /// <summary>The size of the noise by the misfit there, in units of the stated one.</summary>
    public double Noise { get; }

    /// <summary>Whether it was a finite number anywhere.</summary>
    public bool IsFound { get; }

    /// <summary>Whether enough degrees of freedom are left to believe it.</summary>
    public bool IsTrusted { get; }

    /// <summary>Whether so many degrees of freedom of so many observations tell the size of the noise.</summary>
    public static bool Suffices(double degreesOfFreedom, int observations) => degreesOfFreedom >= Math.Max(2, 0.2 * observations);

    public static CrossValidated Of(WeightEvaluations evaluations, double[] descending, int observations)
    {
        double Measure(double weight) => evaluations.At(weight).RobustCrossValidation;
        double best = WeightMinimum.Of(Measure, descending, Tie, Tolerance, out PriorWeightStatus status);
        bool isFound = status != PriorWeightStatus.NotFound;
        return new CrossValidated(isFound ? evaluations.At(best) : PriorWeightPoint.Unknown(best), observations, isFound);
    }
}
