using Retrodict.Analysis;
using Retrodict.Numerics;
using Retrodict.Solvers;

namespace Retrodict;

/// <summary>
/// The problem made linear at a point, usually a solution, and what follows from it: errors, posterior, information. Made by
/// <see cref="Session.Analyze"/> or, for a single use, by <see cref="At"/>.
/// </summary>
public sealed class FitAnalysis
{
    private readonly double[] _jacobian;
    private readonly double[] _residual;
    private readonly bool[] _held;
    private readonly int[] _free;
    private readonly double _epsilon;

    private FitAnalysis(InverseProblem problem, int misfitRows, double[] jacobian, double[] residual, bool[] held, double epsilon)
    {
        (Problem, MisfitRows) = (problem, misfitRows);
        (_jacobian, _residual, _held, _epsilon) = (jacobian, residual, held, epsilon);
        _free = [.. Enumerable.Range(0, held.Length).Where(i => !held[i])];
    }

    /// <summary>The problem.</summary>
    public InverseProblem Problem { get; }

    /// <summary>The weighted residuals: m rows (F(x) - y) / noise, then the prior's L^-1 (x - mean).</summary>
    public ReadOnlySpan<double> Residual => _residual;

    /// <summary>The Jacobian of <see cref="Residual"/>, [rows, n] row-major.</summary>
    public ReadOnlySpan<double> Jacobian => _jacobian;

    /// <summary>Which unknowns sit on a bound that the objective's gradient pushes against, or are fixed by equal bounds. They count as
    /// known.</summary>
    public ReadOnlySpan<bool> Held => _held;

    /// <summary>The positions of the others.</summary>
    internal ReadOnlySpan<int> Free => _free;

    internal int MisfitRows { get; }

    /// <summary>What is taken for rounding of singular values.</summary>
    internal double RankTolerance => Math.Max(_residual.Length, _held.Length) * _epsilon;

    /// <summary>Linearizes a problem at a point, in double precision.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="observation">The measurement y, of length m, row-major.</param>
    /// <param name="x">The point, of length n, inside the box.</param>
    /// <exception cref="ArgumentException">A length does not fit the problem, an entry is not finite, or the point lies outside of the
    /// box.</exception>
    public static FitAnalysis At(InverseProblem problem, ReadOnlySpan<double> observation, ReadOnlySpan<double> x)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return Of(Objective.Compile(problem, Precision.Float64, null), observation, x);
    }

    /// <summary>Covariance, standard errors and what they rest on.</summary>
    /// <param name="noise">Whether the size of the noise is known or to be estimated from the residuals.</param>
    /// <param name="rankTolerance">Singular values of the scaled Jacobian up to this times the largest count as zero; null, the default,
    /// for the larger of rows and n times the rounding of the session's precision.</param>
    /// <exception cref="ArgumentOutOfRangeException">The tolerance is not a number from 0 to 1.</exception>
    public FitStatistics Statistics(NoiseLevel noise, double? rankTolerance = null)
    {
        if (rankTolerance is not null and not (>= 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(rankTolerance), rankTolerance, "The tolerance for the rank must be 0 or more and below 1.");
        }

        return Covariance.Of(_free, _jacobian, _residual, _held.Length, noise, rankTolerance ?? RankTolerance);
    }

    /// <summary>Posterior covariance, averaging kernel, gain and information, with <see cref="InverseProblem.Noise"/> and the prior taken
    /// as they are.</summary>
    public Posterior Posterior() => new(this);

    /// <summary>The misfit and prior rows of the unknowns that are not held, decomposed together.</summary>
    internal GeneralizedDecomposition Decompose() => GeneralizedDecomposition.Of(
        MisfitJacobian(), PriorJacobian(), MisfitRows, _residual.Length - MisfitRows, _free.Length, RankTolerance);

    /// <summary>The misfit's rows, with columns for the unknowns that are not held.</summary>
    internal double[] MisfitJacobian() => Matrix.Columns(_jacobian, MisfitRows, _held.Length, _free);

    /// <summary>The prior's rows, with columns for the unknowns that are not held.</summary>
    internal double[] PriorJacobian() =>
        Matrix.Columns(_jacobian.AsSpan(MisfitRows * _held.Length), _residual.Length - MisfitRows, _held.Length, _free);

    internal static FitAnalysis Of(Objective objective, ReadOnlySpan<double> observation, ReadOnlySpan<double> x)
    {
        InverseProblem problem = objective.Problem;
        Session.RequireFinite(observation, problem.Observations, nameof(observation), "the forward model's observation", problem);
        Session.RequireFinite(x, problem.Unknowns, nameof(x), "the unknown");
        double[] point = x.ToArray();
        if (problem.Bounds.Project(point))
        {
            int outside = x.CommonPrefixLength(point);
            throw new ArgumentException($"The point to analyze lies outside of the box, first at position {outside}.", nameof(x));
        }

        IObjectiveRun run = objective.NewRun();
        var residual = new double[objective.Rows];
        var jacobian = new double[objective.Rows * objective.Unknowns];
        run.Begin(observation);
        run.Evaluate(point, residual);
        run.Jacobian(point, jacobian);
        if (problem.Loss is { } loss)
        {
            Reweigh(loss, residual, objective.MisfitRows, jacobian);
        }

        var held = new bool[point.Length];
        for (int j = 0; j < held.Length; j++)
        {
            double gradient = 0;
            for (int i = 0; i < residual.Length; i++)
            {
                gradient += jacobian[(i * held.Length) + j] * residual[i];
            }

            held[j] = problem.Bounds.Lower(j) == problem.Bounds.Upper(j) || ActiveSet.Blocked(problem.Bounds, j, point[j], gradient);
        }

        // Objective.Rounding is 16 units of the element type's rounding.
        return new FitAnalysis(problem, objective.MisfitRows, jacobian, residual, held, objective.Rounding / 16);
    }

    /// <summary>With a robust loss the rows are those of its Gauss-Newton model at the point.</summary>
    private static void Reweigh(RobustLoss loss, double[] residual, int misfitRows, double[] jacobian)
    {
        int n = jacobian.Length / residual.Length;
        var factors = new double[residual.Length];
        RobustWeights.Apply(loss, residual, misfitRows, residual, factors);
        for (int i = 0; i < jacobian.Length; i++)
        {
            jacobian[i] *= factors[i / n];
        }
    }
}
