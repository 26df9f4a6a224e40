using Retrodict.Autodiff;
using Retrodict.Numerics;

namespace Retrodict.Solvers;

/// <summary>
/// A problem, compiled: weighted residuals r(x; y) and their derivatives. First come the rows of the whitened misfit, (F(x) - y) in units
/// of the noise, one for each component that was observed, then the rows of the prior. Half their sum of squares, or what a robust loss
/// makes of the misfit's, is the objective that solves minimize. Immutable; a <see cref="Point"/> evaluates it.
/// </summary>
public abstract class Objective
{
    private readonly Whitening _whitening;

    private protected Objective(InverseProblem problem, GaussianPrior? anchor = null)
    {
        (Problem, Anchor) = (problem, anchor);
        _whitening = new Whitening(problem);
        Rows = MisfitRows + (anchor?.Dimension ?? problem.PriorResidual?.Outputs[0].Shape.ElementCount ?? 0);
    }

    /// <summary>The problem, whose <see cref="InverseProblem.Bounds"/> every point keeps.</summary>
    public InverseProblem Problem { get; }

    /// <summary>The number of unknowns, the length of x.</summary>
    public int Unknowns => Problem.Unknowns;

    /// <summary>The number of residuals, the prior's included.</summary>
    public int Rows { get; }

    /// <summary>The number of residuals that belong to the misfit, which come first.</summary>
    public int MisfitRows => _whitening.Rows;

    /// <summary>Relative differences of the objective or of points up to this are rounding; it depends on
    /// <see cref="Solver.Precision"/>.</summary>
    public abstract double Rounding { get; }

    /// <summary>The distribution of the unknown around a point that every solve brings along, behind its measurement, in place of the
    /// problem's prior; null without one.</summary>
    internal GaussianPrior? Anchor { get; }

    /// <summary>How many numbers a solve brings along: the measurement, then the anchor's point.</summary>
    internal int Observed => Problem.Observations + (Anchor?.Dimension ?? 0);

    internal static Objective Compile(InverseProblem problem, Precision precision, ThreadTeam? team, GaussianPrior? anchor = null) =>
        precision switch
    {
        Precision.Float64 => new Objective<double>(problem, team, anchor),
        Precision.Float32 => new Objective<float>(problem, team, anchor),
        _ => throw new ArgumentOutOfRangeException(nameof(precision), precision, "Float64 or Float32."),
    };

    internal abstract IObjectiveRun NewRun();

    /// <summary>Compiles the curvature of the residuals as a matrix, should it not have been.</summary>
    internal virtual void CompileCurvature()
    {
    }

    /// <summary>Compiles products with the curvature of the residuals, should they not have been.</summary>
    internal virtual void CompileCurvatureProduct()
    {
    }

    /// <summary>Compiles second derivatives along a direction, should they not have been.</summary>
    internal virtual void CompileSecondDerivative()
    {
    }

    /// <summary>(x, y) to the residuals, traced anew.</summary>
    internal Function Trace() => Trace(Problem);

    /// <summary>The objective of given residuals: half the sum of their squares, or of what a robust loss makes of the misfit's.</summary>
    internal double Cost(ReadOnlySpan<double> residual)
    {
        if (Problem.Loss is { } loss)
        {
            return RobustWeights.Cost(loss, residual, MisfitRows);
        }

        return 0.5 * Vectors.SumOfSquares(residual);
    }

    /// <summary>Root mean square of the whitened misfit.</summary>
    internal double Discrepancy(ReadOnlySpan<double> residual)
    {
        double sum = 0;
        foreach (double r in residual[..MisfitRows])
        {
            sum += r * r;
        }

        return Math.Sqrt(sum / MisfitRows);
    }

    /// <summary>The length of the whitened measurement: residuals below its rounding are zero for all that can be told.</summary>
    internal double WeightedLength(ReadOnlySpan<double> observation) => _whitening.Length(observation);

    /// <summary>Root mean square of (F(x) - y) / scale over the components that were observed.</summary>
    internal double NormalizedResidual(ReadOnlySpan<double> residual) => _whitening.Normalized(residual);

    /// <summary>The misfit F(x) - y from its whitened rows; all components must have been observed.</summary>
    internal void Misfit(ReadOnlySpan<double> rows, Span<double> misfit) => _whitening.Misfit(rows, misfit);

    /// <summary>Where a row comes from: a component of the measurement or, from their number on, a row of the prior.</summary>
    internal int Position(int row) => row < MisfitRows ? _whitening.Component(row) : Problem.Observations + row - MisfitRows;

    private Function Trace(InverseProblem problem) => Function.Trace(
        [("x", problem.Unknowns), ("y", Observed)],
        inputs =>
        {
            Value x = inputs["x"].Reshape(problem.Forward.Inputs[0].Shape);
            Value misfit = _whitening.Apply(
                problem.Forward.Apply(x)[0].Flatten(), Anchor is null ? inputs["y"] : inputs["y"].Slice(0, 0, problem.Observations));
            if (Anchor is not null)
            {
                Value rows = Anchor.Residual(inputs["x"] - inputs["y"].Slice(0, problem.Observations, Observed));
                return [("residual", Value.Concatenate(0, misfit, rows))];
            }

            return problem.PriorResidual is { } prior
                ? [("residual", Value.Concatenate(0, misfit, prior.Apply(x)[0]))]
                : [("residual", misfit)];
        },
        "residual");
}
