using Retrodict.Autodiff;
using Retrodict.Data;
using Retrodict.Expressions;

namespace Retrodict.Regressions;

/// <summary>A model whose names are known to be columns, parameters or fixed values.</summary>
/// <param name="Right">The formula.</param>
/// <param name="Columns">The columns in it.</param>
/// <param name="Parameters">The parameters that are fitted, in the order of the unknown.</param>
/// <param name="Fixed">The values of the others.</param>
/// <param name="Response">What is fitted, as text.</param>
internal sealed record RegressionFormula(
    Expression Right, IReadOnlyList<string> Columns, IReadOnlyList<string> Parameters, IReadOnlyDictionary<string, double> Fixed,
    string Response)
{
    /// <summary>The values of an expression that has only columns in it, row by row.</summary>
    public static double[] Evaluate(Expression expression, DataColumns data)
    {
        Dictionary<string, Value> columns = Constants(expression.Names, data);
        var rows = Shape.Of([data.RowCount]);

        // A program has an input, be it one that this one does not need.
        Function function = Function.Trace(_ => expression.Apply(name => columns[name]).BroadcastTo(rows), Shape.Of([1]));
        return function.Compile<double>().Evaluate([0.0])[0];
    }

    /// <summary>The formula on the rows of data, [rows], as a function of the parameters, [parameters].</summary>
    public Function On(DataColumns data)
    {
        Dictionary<string, Value> columns = Constants(Columns, data);
        var rows = Shape.Of([data.RowCount]);
        return Function.Trace(
            x =>
            {
                Dictionary<string, Value> values = new(columns);
                for (int i = 0; i < Parameters.Count; i++)
                {
                    values[Parameters[i]] = x[i];
                }

                foreach ((string name, double value) in Fixed)
                {
                    values[name] = value;
                }

                return Right.Apply(name => values[name]).BroadcastTo(rows);
            },
            Shape.Of([Parameters.Count]));
    }

    private static Dictionary<string, Value> Constants(IEnumerable<string> names, DataColumns data) =>
        names.ToDictionary(name => name, name => Value.Constant(data[name]));
}
