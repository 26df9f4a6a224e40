using Retrodict.Analysis;
using Retrodict.Numerics;

namespace Retrodict;

/// <summary>
/// Chooses the weight of a problem's prior, and solves with it: the regularization parameter of an ill-posed problem. A linear model in an
/// unbounded box needs one decomposition for all weights; for others every weight is a solve, from large weights to small, each from the
/// solution before.
/// </summary>
public sealed record PriorWeightSearch
{
    private readonly double? _target;
    private readonly int _points = 25;
    private readonly double _tolerance = 1e-4;
    private readonly double? _lower;
    private readonly double? _upper;

    /// <summary>The rule; default <see cref="PriorWeightRule.Discrepancy"/>.</summary>
    public PriorWeightRule Rule { get; init; }

    /// <summary>
    /// The discrepancy that <see cref="PriorWeightRule.Discrepancy"/> asks for; null, the default, for that of the noise of this
    /// measurement. Then a stated size of the noise that cannot be right makes the weight <see cref="PriorWeightStatus.Doubtful"/> too. The
    /// root mean square of m independent numbers of size 1 scatters around 1 by 1 / √(2m), so in half of all measurements a target of 1 is
    /// met only by fitting noise. Where robust cross-validation is least, the misfit per degree of freedom tells how large the noise was:
    /// √(misfit² / (m - tr H)), of which no less than 1 and no more than 1 + 3 / √(2m) is taken.
    /// </summary>
    public double? Target
    {
        get => _target;
        init => _target = value is { } given ? Positive(given, nameof(Target)) : null;
    }

    /// <summary>Whether <see cref="PriorWeightRule.GeneralizedCrossValidation"/> is guarded against fitting noise; default true. False for
    /// the function as published in 1979.</summary>
    public bool Robust { get; init; } = true;

    /// <summary>The smallest weight to try; null, the default, for a tenth of the smallest generalized singular value of model and prior
    /// above 1e-6 of the largest, and, with the discrepancy, smaller ones as needed.</summary>
    public double? Lower
    {
        get => _lower;
        init => _lower = value is { } given ? Positive(given, nameof(Lower)) : null;
    }

    /// <summary>The largest weight to try; null, the default, for ten times the largest generalized singular value, and, with the
    /// discrepancy, larger ones as needed.</summary>
    public double? Upper
    {
        get => _upper;
        init => _upper = value is { } given ? Positive(given, nameof(Upper)) : null;
    }

    /// <summary>The number of weights, equally spaced in their logarithms, that are tried before the best is refined; default 25.</summary>
    public int Points
    {
        get => _points;
        init => _points = Sizes.Between(value, 3, Sizes.MostRemembered, nameof(Points));
    }

    /// <summary>The relative tolerance of the weight where a measure is least or greatest; a discrepancy is met to 1e-8. Default
    /// 1e-4.</summary>
    public double Tolerance
    {
        get => _tolerance;
        init => _tolerance = Positive(value, nameof(Tolerance));
    }

    /// <summary>Chooses the weight for one measurement.</summary>
    /// <param name="solver">The method that solves.</param>
    /// <param name="problem">The problem, with a prior whose residuals take the weight.</param>
    /// <param name="observation">The measurement y, of length m, row-major.</param>
    /// <param name="start">The first point, of length n; projected into the box if it lies outside.</param>
    /// <param name="cancellation">Ends the search with the weight that suited best so far.</param>
    /// <exception cref="ArgumentException">The problem has no prior, a length does not fit it, an entry is not finite, or the smallest
    /// weight is not below the largest.</exception>
    public PriorWeightResult Solve(
        Solver solver, InverseProblem problem, ReadOnlySpan<double> observation, ReadOnlySpan<double> start,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(solver);
        ArgumentNullException.ThrowIfNull(problem);
        if (problem.Prior is null)
        {
            throw new ArgumentException("The problem has no prior whose weight could be chosen.", nameof(problem));
        }

        return new WeightChoice(this, solver, problem, observation, start, cancellation).Make();
    }

    private static double Positive(double value, string name) => value > 0 && double.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} must be a finite number above 0.");
}
