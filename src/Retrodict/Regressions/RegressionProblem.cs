using Retrodict.Data;
using Retrodict.Regressions;

namespace Retrodict;

/// <summary>A regression as an inverse problem: its unknowns are the parameters that are fitted, its observations the rows.</summary>
public sealed class RegressionProblem
{
    private readonly double[] _observation;
    private readonly double[] _start;

    internal RegressionProblem(
        Regression regression, RegressionFormula formula, RegressionRows rows, InverseProblem problem, double[] observation, double[] start)
    {
        Regression = regression;
        Names = formula;
        Rows = rows;
        Problem = problem;
        _observation = observation;
        _start = start;
    }

    /// <summary>The regression it was made of.</summary>
    public Regression Regression { get; }

    /// <summary>The model as a forward model, with bounds and noise. The loss is there if the noise is given; else it has no scale before
    /// the fit.</summary>
    public InverseProblem Problem { get; }

    /// <summary>The names of the unknowns, in the order of <see cref="Regression.Start"/>.</summary>
    public IReadOnlyList<string> Parameters => Names.Parameters;

    /// <summary>The columns in the model's formula.</summary>
    public IReadOnlyList<string> Columns => Names.Columns;

    /// <summary>The model's formula, without a left side.</summary>
    public string Formula => Names.Right.Text;

    /// <summary>What is fitted, such as <c>y</c> or <c>log(y)</c>.</summary>
    public string Response => Names.Response;

    /// <summary>The values of what is fitted, [rows].</summary>
    public ReadOnlySpan<double> Observation => _observation;

    /// <summary>Where the unknowns start, [parameters].</summary>
    public ReadOnlySpan<double> Start => _start;

    /// <summary>The rows that are fitted: those of the regression without the ones left out.</summary>
    public DataColumns Data => Rows.Data;

    /// <summary>How many rows are left out because they lack a value (<see cref="Regression.Missing"/>).</summary>
    public int RowsWithMissingValues => Rows.Missing;

    /// <summary>How many rows are left out because their standard deviation is infinite.</summary>
    public int RowsWithInfiniteSigma => Rows.InfiniteSigma;

    internal RegressionFormula Names { get; }

    internal RegressionRows Rows { get; }

    /// <summary>Fits the parameters.</summary>
    /// <param name="solver">The method; null for <see cref="LevenbergMarquardt"/>.</param>
    /// <param name="progress">Told of every iteration.</param>
    /// <param name="cancellation">Ends the fit early with the best point so far.</param>
    /// <returns>Estimates and how reliable they are. Numerical failure is a status, never an exception.</returns>
    public RegressionFit Fit(
        Solver? solver = null, IProgress<IterationRecord>? progress = null, CancellationToken cancellation = default) =>
        RobustRegression.Fit(this, solver ?? new LevenbergMarquardt(), progress, cancellation);
}
