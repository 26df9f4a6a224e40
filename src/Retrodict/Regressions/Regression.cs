using Retrodict.Data;
using Retrodict.Regressions;

namespace Retrodict;

/// <summary>
/// Nonlinear regression: the parameters of a formula that fit it best, in the sense of least squares or of a robust loss, to columns of
/// data. Names of the formula that are columns are data, all others are parameters.
/// </summary>
/// <param name="Model">The formula, such as <c>b1*(1-exp(-b2*x))</c>, as <see cref="Expressions.Expression"/> reads it; or <c>log(y) =
/// formula</c>, where the left side, made of columns alone, is what is fitted.</param>
/// <param name="Data">The data, a row a measurement.</param>
public sealed record Regression(string Model, DataColumns Data)
{
    /// <summary>The column that is fitted, if the model has no left side; null, the default, for the first one.</summary>
    public string? Response { get; init; }

    /// <summary>The column with the standard deviation of each row's noise, in units of what is fitted; null, the default, if it is the
    /// same for all rows and unknown. It is then estimated from the residuals; otherwise the standard errors rest on the deviations as they
    /// are given.</summary>
    public string? Sigma { get; init; }

    /// <summary>What becomes of rows that lack a value of what is fitted, of a column of the formula, or of <see cref="Sigma"/>. Default
    /// <see cref="MissingValues.Refuse"/>. In data made of arrays NaN is what is missing.</summary>
    public MissingValues Missing { get; init; }

    /// <summary>How residuals count that are large beside the noise; null, the default, for their squares. Its scale is in units of
    /// <see cref="Sigma"/>, and without that of the noise as it is estimated from the residuals: plain least squares first, then twice a
    /// robust fit whose noise is 1.4826 times the median absolute residual of the fit before it (Huber 1981, Robust Statistics, section
    /// 7.8). Standard errors are then Huber's (section 7.6).</summary>
    public RobustLoss? Loss { get; init; }

    /// <summary>Where the parameters start; every parameter needs a start, or a fixed value.</summary>
    public IReadOnlyList<(string Name, double Value)> Start { get; init; } = [];

    /// <summary>Parameters that are not fitted, with their values.</summary>
    public IReadOnlyList<(string Name, double Value)> Fixed { get; init; } = [];

    /// <summary>Bounds on parameters; infinite ones are none.</summary>
    public IReadOnlyList<(string Name, double Lower, double Upper)> Bounds { get; init; } = [];

    /// <summary>The regression as an inverse problem, for any solver.</summary>
    /// <exception cref="Expressions.ExpressionException">The model is no formula.</exception>
    /// <exception cref="ArgumentException">A name, start, bound or fixed value does not fit the model and the data;
    /// <see cref="ArgumentException.ParamName"/> is the property, and the message says what would be right.</exception>
    /// <exception cref="DataFormatException">A row has no finite value of what is fitted, or no positive standard deviation; or a column is
    /// not numeric.</exception>
    public RegressionProblem ToProblem() => RegressionBuilder.Build(this);

    /// <summary>Fits the parameters.</summary>
    /// <param name="solver">The method; null for <see cref="LevenbergMarquardt"/>.</param>
    /// <param name="progress">Told of every iteration.</param>
    /// <param name="cancellation">Ends the fit early with the best point so far.</param>
    /// <returns>Estimates and how reliable they are. Numerical failure is a status, never an exception.</returns>
    /// <exception cref="Expressions.ExpressionException">As for <see cref="ToProblem"/>.</exception>
    /// <exception cref="ArgumentException">As for <see cref="ToProblem"/>.</exception>
    /// <exception cref="DataFormatException">As for <see cref="ToProblem"/>.</exception>
    public RegressionFit Fit(
        Solver? solver = null, IProgress<IterationRecord>? progress = null, CancellationToken cancellation = default) =>
        ToProblem().Fit(solver, progress, cancellation);
}
