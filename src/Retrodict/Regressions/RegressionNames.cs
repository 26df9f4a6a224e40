using System.Globalization;
using Retrodict.Data;
using Retrodict.Expressions;

namespace Retrodict.Regressions;

/// <summary>Tells which names of a model are columns, parameters and fixed values, and sees to it that everything said about parameters
/// fits.</summary>
internal sealed class RegressionNames
{
    private readonly Regression _regression;
    private readonly Expression _model;
    private readonly string[] _parameters;

    private RegressionNames(Regression regression, Expression model)
    {
        _regression = regression;
        _model = model;
        _parameters = [.. model.Names.Where(name => !regression.Data.Contains(name))];
    }

    public static RegressionFormula Resolve(Regression regression, Expression model, string response)
    {
        if (model.Constants.FirstOrDefault(regression.Data.Contains) is { } constant)
        {
            throw RegressionError.In(nameof(Regression.Model), $"'{constant}' in the model is a mathematical constant, but there " +
                $"is a column of that name too; the column is written {ExpressionLexer.Quote(constant)}, the number " +
                    $"{(constant == "e" ? "exp(1)" : "4*arctan(1)")}");
        }

        if (model.QuotedNames.FirstOrDefault(name => !regression.Data.Contains(name)) is { } unknown)
        {
            throw RegressionError.In(nameof(Regression.Model), regression.Data.Unknown(unknown));
        }

        var names = new RegressionNames(regression, model);
        names.CheckGiven(nameof(Regression.Start), regression.Start.Select(entry => entry.Name));
        names.CheckGiven(nameof(Regression.Fixed), regression.Fixed.Select(entry => entry.Name));
        names.CheckGiven(nameof(Regression.Bounds), regression.Bounds.Select(entry => entry.Name));
        CheckFinite(nameof(Regression.Start), regression.Start);
        CheckFinite(nameof(Regression.Fixed), regression.Fixed);
        names.CheckParameters();
        return new RegressionFormula(
            model,
            [.. model.Names.Where(regression.Data.Contains)],
            [.. regression.Start.Select(entry => entry.Name)],
            regression.Fixed.ToDictionary(entry => entry.Name, entry => entry.Value),
            response);
    }

    /// <summary>Whatever has been said of a parameter is of one that there is, and has been said once.</summary>
    private void CheckGiven(string property, IEnumerable<string> names)
    {
        var seen = new HashSet<string>();
        foreach (string name in names)
        {
            string? problem = _regression.Data.Contains(name) && _model.Names.Contains(name)
                ? $"'{name}' is a column of the data, so it is no parameter"
                : ExpressionFunctions.Constant(name) is not null ? $"'{name}' is a mathematical constant, so it is no parameter"
                : !_parameters.Contains(name)
                    ? $"The model has no parameter {Quoted.Name(name)}; " +
                        $"{(_parameters.Length == 0 ? "it has none at all" : $"its parameters are {Quoted.List(_parameters)}")}" +
                            Hint(name, _parameters)
                : !seen.Add(name) ? $"'{name}' is given more than once"
                : null;
            if (problem is not null)
            {
                throw RegressionError.In(property, problem);
            }
        }
    }

    private static void CheckFinite(string property, IEnumerable<(string Name, double Value)> values)
    {
        foreach ((string name, double value) in values)
        {
            if (!double.IsFinite(value))
            {
                throw RegressionError.In(
                    property, string.Create(CultureInfo.InvariantCulture, $"The value of '{name}' is {value}; it must be finite"));
            }
        }
    }

    /// <summary>Every parameter has a start or a fixed value.</summary>
    private void CheckParameters()
    {
        HashSet<string> started = [.. _regression.Start.Select(entry => entry.Name)];
        HashSet<string> @fixed = [.. _regression.Fixed.Select(entry => entry.Name)];
        if (_parameters.FirstOrDefault(name => !started.Contains(name) && !@fixed.Contains(name)) is { } missing)
        {
            throw RegressionError.In(
                nameof(Regression.Start),
                $"'{missing}' has no start. What is no column ({Quoted.List(_regression.Data.Names)}) is a parameter, and needs a " +
                    "start or a fixed value"
                + (ColumnHints.Beginning(missing, _regression.Data) is { Length: > 0 } column ? column : Hint(missing,
                    _regression.Data.Names.Concat(started))));
        }

        if (_parameters.FirstOrDefault(name => started.Contains(name) && @fixed.Contains(name)) is { } both)
        {
            throw RegressionError.In(nameof(Regression.Fixed), $"'{both}' has a start and is fixed as well; it can be one of them");
        }

        if (_regression.Bounds.FirstOrDefault(entry => @fixed.Contains(entry.Name)).Name is { } bounded)
        {
            throw RegressionError.In(nameof(Regression.Bounds), $"'{bounded}' is fixed, so it cannot have bounds");
        }

        if (started.Count == 0)
        {
            throw RegressionError.In(
                nameof(Regression.Model), _parameters.Length == 0
                    ? "The model has no parameters to fit"
                    : "All parameters are fixed; there is nothing to fit");
        }
    }

    private static string Hint(string name, IEnumerable<string> candidates) =>
        NearestName.Find(name, candidates) is { } nearest ? $"; did you mean '{nearest}'?" : "";
}
