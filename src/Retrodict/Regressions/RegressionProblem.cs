using Retrodict.Regressions;

namespace Retrodict;

/// <summary>A regression as an inverse problem: its unknowns are the parameters that are fitted, its observations the rows.</summary>
public sealed class RegressionProblem
{
    private readonly double[] _observation;
    private readonly double[] _start;

    internal RegressionProblem(Regression regression, RegressionFormula formula, InverseProblem problem, double[] observation, double[] start)
    {
        Regression = regression;
        Formula = formula;
        Problem = problem;
        _observation = observation;
        _start = start;
    }

    /// <summary>The regression it was made of.</summary>
    public Regression Regression { get; }

    /// <summary>The model as a forward model, with bounds and noise.</summary>
    public InverseProblem Problem { get; }

    /// <summary>The names of the unknowns, in the order of <see cref="Regression.Start"/>.</summary>
    public IReadOnlyList<string> Parameters => Formula.Parameters;

    /// <summary>What is fitted, such as <c>y</c> or <c>log(y)</c>.</summary>
    public string Response => Formula.Response;

    /// <summary>The values of what is fitted, [rows].</summary>
    public ReadOnlySpan<double> Observation => _observation;

    /// <summary>Where the unknowns start, [parameters].</summary>
    public ReadOnlySpan<double> Start => _start;

    internal RegressionFormula Formula { get; }
}
