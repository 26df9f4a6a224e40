using System.Globalization;
using Retrodict.Autodiff;
using Retrodict.Expressions;

namespace Retrodict.Regressions;

/// <summary>Looks at a formula part by part for the one that makes the model, or its derivative, not finite.</summary>
internal static class NonFiniteExamination
{
    private const string Elsewhere = "another start may help";

    /// <summary>The cause; null for a solve that did not end for it.</summary>
    public static NonFiniteCause? Of(RegressionProblem regression, SolveResult solution)
    {
        if (solution.Status != SolveStatus.NonFinite)
        {
            return null;
        }

        double[] x = [.. solution.X];
        int rows = regression.Observation.Length;
        double[] values = regression.Problem.Forward.Compile<double>().Evaluate(x)[0];
        if (Array.FindIndex(values, value => !double.IsFinite(value)) is var row and >= 0)
        {
            return Cause(regression, x, row, null);
        }

        double[] jacobian = regression.Problem.Forward.Jacobian("x").Compile<double>().Evaluate(x)[0];
        if (Array.FindIndex(jacobian, entry => !double.IsFinite(entry)) is var entry and >= 0)
        {
            return Cause(regression, x, entry / x.Length, entry % x.Length);
        }

        int? met = solution.Summary.NonFinite is { } report && report.Residual >= 0 && report.Residual < rows ? report.Residual : null;
        string? place = met is { } known ? regression.Data.Place(known) : null;
        string what = solution.Criterion == StoppingCriterion.NonFiniteDerivative
            ? "a derivative of the model is not finite"
            : "no step that was tried from the end gives finite numbers";
        return new NonFiniteCause
        {
            Row = met,
            Place = place,
            Message = place is null ? what : $"{place}: {what}",
            Advice = "bounds that exclude such points, or another start, may help",
        };
    }

    private static NonFiniteCause Cause(RegressionProblem regression, double[] x, int row, int? parameter)
    {
        string place = regression.Data.Place(row);
        string? name = parameter is { } j ? regression.Parameters[j] : null;
        string what = name is null
            ? "the model is not finite with these parameters"
            : $"the derivative of the model with respect to {name} is not finite with these parameters";
        var cause = new NonFiniteCause { Row = row, Place = place, Parameter = name, Message = $"{place}: {what}", Advice = Elsewhere };
        return Culprit(regression, x, row, parameter) is { } culprit
            ? cause with
            {
                Expression = culprit.Expression,
                Reason = culprit.Reason.Text,
                Message = $"{place}: {what}: {culprit.Expression} {culprit.Reason.Text}",
                Advice = culprit.Reason.Advice,
            }
            : cause;
    }

    /// <summary>From the root down to the first part that is not finite though all that it comes from is.</summary>
    private static (string Expression, NonFiniteReason Reason)? Culprit(RegressionProblem regression, double[] x, int row, int? parameter)
    {
        IReadOnlyList<ExpressionNode> nodes = regression.Names.Right.Nodes;
        Function each = Each(regression, row);
        double[] values = each.Compile<double>().Evaluate(x)[0];
        double[] derivatives = parameter is null ? [] : each.Jacobian("x").Compile<double>().Evaluate(x)[0];
        int node = nodes.Count - 1;
        if (!IsBad(node))
        {
            return null;
        }

        while (nodes[node].Sources(values).Where(IsBad).ToArray() is [var source, ..])
        {
            node = source;
        }

        string text = regression.Regression.Model;
        if (nodes[node].Operands.Count == 0)
        {
            return (
                ExpressionExcerpt.Of(text, nodes[node]),
                new NonFiniteReason(string.Create(CultureInfo.InvariantCulture, $"is {values[node]}"), "leave the row out"));
        }

        string operation = ExpressionExcerpt.Operation(text, nodes, nodes[node]);
        return (
            ExpressionExcerpt.Of(text, nodes[node]),
            NonFiniteReason.Of(operation, [.. nodes[node].Operands.Select(operand => values[operand])], double.IsFinite(values[node])));

        bool IsBad(int index) => !double.IsFinite(values[index])
            || (parameter is { } j && !double.IsFinite(derivatives[(index * x.Length) + j]));
    }

    /// <summary>All parts of the formula in one row, [nodes], as a function of the parameters.</summary>
    private static Function Each(RegressionProblem regression, int row)
    {
        RegressionFormula formula = regression.Names;
        return Function.Trace(
            x => Value.Concatenate(0, [.. formula.Right.ApplyEach(name => ValueOf(name, x)).Select(value => value.Reshape(1))]),
            Shape.Of([formula.Parameters.Count]));

        Value ValueOf(string name, Value x) => formula.Parameters.ToList().IndexOf(name) is var parameter and >= 0 ? x[parameter]
            : formula.Fixed.TryGetValue(name, out double given) ? given
            : regression.Data[name][row];
    }
}
