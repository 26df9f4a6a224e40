using System.Globalization;
using Retrodict.Analysis;
using Retrodict.Autodiff;
using Retrodict.Data;
using Retrodict.Numerics;
using Retrodict.Regressions;

namespace Retrodict;

/// <summary>The parameters that a regression found, and how reliable they are (Seber and Wild, Nonlinear Regression, 1989, section 2.1):
/// the covariance of the linearized model, (JᵀJ)⁻¹, times the residual variance, or as it is where the noise was given. Robust fits
/// have the covariance of Huber 1981, Robust Statistics, section 7.6, whatever is known of the noise.</summary>
public sealed class RegressionFit
{
    private const double Confidence = 0.95;

    private readonly Determination _determination;
    private readonly double[] _covariance;
    private readonly double _variance;

    /// <param name="problem">The regression.</param>
    /// <param name="solved">What was solved last, with the loss if there was one and the noise it was measured in.</param>
    /// <param name="end">Its end.</param>
    /// <param name="model">Its residuals.</param>
    /// <param name="noise">What is said of <see cref="NoiseEstimate"/>.</param>
    internal RegressionFit(RegressionProblem problem, InverseProblem solved, RegressionEnd end, WeightedModel model, double noise)
    {
        Problem = problem;
        Solution = end.Solution;
        NoiseEstimate = noise;
        IsRobust = solved.Loss is not null;
        _determination = end.Determination;
        int n = problem.Parameters.Count;
        double[] x = [.. Solution.X];
        FitStatistics statistics = _determination.Statistics;
        double[] residual = _determination.Residual;
        double unit = IsRobust && !NoiseIsKnown ? noise : 1;
        ResidualSumOfSquares = IsRobust ? unit * unit * Matrix.Dot(residual, residual) : 2 * Solution.Summary.Cost;
        int fitted = _determination.IsFinite ? _determination.Rank : _determination.Free.Length;
        DegreesOfFreedom = problem.Problem.Observations - fitted;
        ResidualStandardDeviation = DegreesOfFreedom > 0 ? Math.Sqrt(ResidualSumOfSquares / DegreesOfFreedom) : double.NaN;
        ObjectiveSum = 2 * Solution.Summary.Cost;
        ConstantObjectiveSum = ConstantComparison.Sum(problem, solved);
        IsWorseThanConstant = _determination.IsFinite
            && ConstantComparison.IsWorse(ObjectiveSum, ConstantObjectiveSum, model, _determination, x);

        // Errors are those of a solution, and nothing else.
        _variance = Solution.Status != SolveStatus.Converged ? double.NaN
            : solved.Loss is { } loss ? RobustCovariance.Factor(loss, residual, fitted)
            : NoiseIsKnown ? 1
            : ResidualStandardDeviation * ResidualStandardDeviation;
        bool[] known = [.. Enumerable.Range(0, n).Select(i => !statistics.Held[i] && !statistics.Undetermined[i])];
        _covariance =
            [.. statistics.Covariance.ToArray().Select((element, i) => known[i / n] && known[i % n] ? element * _variance : double.NaN)];
        double factor = NoiseIsKnown && !IsRobust
            ? StudentQuantile.TwoSided(Confidence, int.MaxValue)
            : StudentQuantile.TwoSided(Confidence, DegreesOfFreedom);
        Parameters =
        [
            .. problem.Parameters.Select((name, i) =>
            {
                double error = Math.Sqrt(_covariance[i * (n + 1)]);
                ParameterState state = statistics.Held[i]
                    ? ParameterState.AtBound
                    : statistics.Undetermined[i]
                    ? ParameterState.Undetermined
                    : ParameterState.Estimated;
                return Within(new ParameterEstimate(name, x[i], error, factor * error, state), problem.Problem.Bounds, i);
            }),
            .. problem.Regression.Fixed.Select(
                entry => new ParameterEstimate(entry.Name, entry.Value, double.NaN, double.NaN, ParameterState.Fixed)),
        ];
        Unseen = [.. _determination.Unseen.Select(parameter => problem.Parameters[parameter])];
        Combinations = Solution.Status == SolveStatus.Undetermined
            ? []
            : Regressions.Combinations.Of(problem.Parameters, model, _determination, x, _variance);
        NonFinite = NonFiniteExamination.Of(problem, Solution);
    }

    /// <summary>What was solved.</summary>
    public RegressionProblem Problem { get; }

    /// <summary>The solver's result: status, criterion, counts and iteration table; where the noise was estimated for a loss, those of the
    /// last of the solves; where a solve ended on a ridge and went on beside it, both as one. The status is
    /// <see cref="SolveStatus.Undetermined"/> where the end is no solution: no row depends on any parameter there, or only at that point
    /// do the data not determine them.</summary>
    public SolveResult Solution { get; }

    /// <summary>The parameters: those that were fitted in the order of their starts, then those that were fixed.</summary>
    public IReadOnlyList<ParameterEstimate> Parameters { get; }

    /// <summary>The sum of squared residuals, whatever the loss, each divided by its standard deviation where those were given.</summary>
    public double ResidualSumOfSquares { get; }

    /// <summary>The root of the residual sum of squares over the degrees of freedom; NaN where there are none.</summary>
    public double ResidualStandardDeviation { get; }

    /// <summary>Rows less what they determine: the parameters fitted, without those at bounds; of parameters that are not determined, the
    /// combinations that are.</summary>
    public int DegreesOfFreedom { get; }

    /// <summary>What was minimized: the residual sum of squares or, where a loss was in force, that of the loss.</summary>
    public double ObjectiveSum { get; }

    /// <summary>The same of the constant that fits best, with the same standard deviations and loss.</summary>
    public double ConstantObjectiveSum { get; }

    /// <summary>Whether the fit is worse than a constant, so that another start or bounds should be tried: <see cref="ObjectiveSum"/> is
    /// above <see cref="ConstantObjectiveSum"/>. Never of a model that is linear in what is fitted, whose minimum is the only one
    /// whatever its sum.</summary>
    public bool IsWorseThanConstant { get; }

    /// <summary>The residual sum of squares over the degrees of freedom, where the noise was given and no loss was in force; about 1
    /// where it was right and the model is too. Else NaN.</summary>
    public double ReducedChiSquare =>
        NoiseIsKnown && !IsRobust && DegreesOfFreedom > 0 ? ResidualSumOfSquares / DegreesOfFreedom : double.NaN;

    /// <summary>The probability of a larger <see cref="ReducedChiSquare"/> where model and noise are right; NaN without it. Near zero the
    /// residuals are larger than the noise that was given, near one smaller.</summary>
    public double ChiSquareProbability => ChiSquareDistribution.Above(ReducedChiSquare * DegreesOfFreedom, DegreesOfFreedom);

    /// <summary>The smallest and the largest reduced chi-square that are not unlikely where model and noise are right.</summary>
    /// <param name="unlikely">The probability of a smaller one, and of a larger one, between 0 and 1.</param>
    /// <returns>NaN without degrees of freedom.</returns>
    public (double Low, double High) UsualReducedChiSquare(double unlikely) => (
        ChiSquareDistribution.Quantile(1 - unlikely, DegreesOfFreedom) / DegreesOfFreedom,
        ChiSquareDistribution.Quantile(unlikely, DegreesOfFreedom) / DegreesOfFreedom);

    /// <summary>The parameters that no row depends on at the end, among those that are not determined.</summary>
    public IReadOnlyList<string> Unseen { get; }

    /// <summary>What the data determine of the parameters that they do not determine one by one; empty unless the fit converged or
    /// stalled.</summary>
    public IReadOnlyList<DeterminedCombination> Combinations { get; }

    /// <summary>Why the solve could not go on, where its status is <see cref="SolveStatus.NonFinite"/>; else null.</summary>
    public NonFiniteCause? NonFinite { get; }

    /// <summary>The values of the fitted model, [rows].</summary>
    public IReadOnlyList<double> Fitted => Predict(Problem.Data).Values;

    /// <summary>Whether the noise was given, so that standard errors rest on it and not on the residuals.</summary>
    public bool NoiseIsKnown => Problem.Regression.Sigma is not null;

    /// <summary>Whether the loss of the regression was in force. It was not if the noise had to be estimated first and could not
    /// be.</summary>
    public bool IsRobust { get; }

    /// <summary>The standard deviation of the noise by which the loss was scaled, estimated from the residuals. NaN where it was not
    /// estimated: without a loss, with the noise given, or after a fit by least squares that did not end. 0 where at least half of the rows
    /// are met exactly by least squares, whose fit it then is.</summary>
    public double NoiseEstimate { get; }

    /// <summary>The covariance of the fitted parameters, [fitted, fitted] row-major; NaN in rows and columns of those at bounds or
    /// undetermined, and throughout where the fit did not converge.</summary>
    public ReadOnlySpan<double> Covariance => _covariance;

    /// <summary>The correlation of two fitted parameters, from -1 to 1; NaN where one of them has no standard error.</summary>
    /// <param name="first">The position of one.</param>
    /// <param name="second">The position of the other.</param>
    public double Correlation(int first, int second)
    {
        int n = Problem.Parameters.Count;
        double product = Math.Sqrt(_covariance[first * (n + 1)]) * Math.Sqrt(_covariance[second * (n + 1)]);
        return first == second && product >= 0 ? 1 : Math.Clamp(_covariance[(first * n) + second] / product, -1, 1);
    }

    /// <summary>The fitted model on new rows.</summary>
    /// <param name="data">Data with all columns of the model's formula; what was fitted need not be there.</param>
    /// <exception cref="KeyNotFoundException">A column is missing.</exception>
    /// <exception cref="DataFormatException">A column is not numeric.</exception>
    public RegressionPrediction Predict(DataColumns data)
    {
        ArgumentNullException.ThrowIfNull(data);
        int n = Problem.Parameters.Count;
        Function model = Problem.Names.On(data);
        double[] x = [.. Solution.X];
        double[] jacobian = model.Jacobian("x").Compile<double>().Evaluate(x)[0];
        return new RegressionPrediction(
            model.Compile<double>().Evaluate(x)[0],
            [.. Enumerable.Range(0, data.RowCount).Select(row => Math.Sqrt(Variance(jacobian.AsSpan(row * n, n))))]);
    }

    /// <summary>The fit in lines: what became of the solve, then a parameter a line.</summary>
    public override string ToString()
    {
        IEnumerable<string> lines = Parameters.Select(parameter =>
        {
            string reliability = parameter.State switch
            {
                ParameterState.AtBound => " (at its bound)",
                ParameterState.Undetermined => " (not determined)",
                ParameterState.Fixed => " (fixed)",
                _ when double.IsNaN(parameter.StandardError) => "",
                _ => string.Create(CultureInfo.InvariantCulture, $" ± {parameter.StandardError:G3}"),
            };
            return string.Create(CultureInfo.InvariantCulture, $"{parameter.Name} = {parameter.Estimate:G8}{reliability}");
        });
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Solution.Status} ({Solution.Criterion}) after {Solution.Summary.Iterations} iterations, residual sum of squares " +
                $"{ResidualSumOfSquares:G8}\n{string.Join('\n', lines)}");
    }

    /// <summary>The interval ends at the bounds.</summary>
    private static ParameterEstimate Within(ParameterEstimate parameter, Box bounds, int index)
    {
        (double lower, double upper) = (Math.Max(parameter.Lower, bounds.Lower(index)), Math.Min(parameter.Upper, bounds.Upper(index)));
        return lower > parameter.Lower || upper < parameter.Upper
            ? parameter with { Lower = lower, Upper = upper, IsCutByBound = true }
            : parameter;
    }

    /// <summary>gᵀ C g; parameters at bounds are taken for given.</summary>
    private double Variance(ReadOnlySpan<double> gradient)
    {
        if (Solution.Status != SolveStatus.Converged || !_determination.IsComplete)
        {
            return _variance * _determination.Variance(gradient);
        }

        int n = gradient.Length;
        double sum = 0;
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                bool matters = gradient[i] != 0 && gradient[j] != 0
                    && Parameters[i].State != ParameterState.AtBound && Parameters[j].State != ParameterState.AtBound;
                sum += matters ? gradient[i] * _covariance[(i * n) + j] * gradient[j] : 0;
            }
        }

        return sum;
    }
}
