// The row space of J holds the gradients of all that the data determine. A parameter that is determined is a row of the unit matrix in
// it, so that what is left lies in the coordinates of the others. Reduced to echelon form it becomes one gradient w for each combination,
// with as few parameters in it as there can be. Constant weights make a sum, w_j x_j / (w_1 x_1) = const a product: x_1^p_1 x_2^p_2 has d
// log = p_1 dx_1 / x_1 + p_2 dx_2 / x_2. Which of both it is, or neither, the model tells when it is moved along.

using System.Globalization;

namespace Retrodict.Regressions;

/// <summary>Finds what the data determine of parameters that they do not determine one by one.</summary>
internal sealed class Combinations
{
    private const double Negligible = 1e-7;
    private const double Same = 1e-9;

    private readonly IReadOnlyList<string> _names;
    private readonly WeightedModel _model;
    private readonly Determination _here;
    private readonly double[] _x;

    private Combinations(IReadOnlyList<string> names, WeightedModel model, Determination here, double[] x) =>
        (_names, _model, _here, _x) = (names, model, here, x);

    /// <param name="names">The parameters' names.</param>
    /// <param name="model">The residuals.</param>
    /// <param name="here">What they determine at the point.</param>
    /// <param name="x">The point.</param>
    /// <param name="variance">The residual variance.</param>
    public static IReadOnlyList<DeterminedCombination> Of(
        IReadOnlyList<string> names, WeightedModel model, Determination here, double[] x, double variance)
    {
        if (!here.IsFinite || here.IsComplete)
        {
            return [];
        }

        var combinations = new Combinations(names, model, here, x);
        return [.. combinations.Gradients().Select(gradient => combinations.Describe(gradient, variance))];
    }

    /// <summary>The gradients of the combinations, over all parameters; the first that is not zero is one.</summary>
    private IEnumerable<double[]> Gradients()
    {
        int[] open = [.. _here.Seen.ToArray().Where(parameter => _here.Statistics.Undetermined[parameter])];
        double[][] rows =
        [
            .. _here.DeterminedGradients().Select(
                gradient => (double[])[.. open.Select(parameter => gradient[parameter] * Unit(parameter))]),
        ];
        int done = 0;
        var pivots = new List<int>();
        for (int column = 0; column < open.Length && done < rows.Length; column++)
        {
            int best = Enumerable.Range(done, rows.Length - done).MaxBy(row => Math.Abs(rows[row][column]));
            if (Math.Abs(rows[best][column]) <= Negligible)
            {
                continue;
            }

            (rows[done], rows[best]) = (rows[best], rows[done]);
            double pivot = rows[done][column];
            rows[done] = [.. rows[done].Select(entry => entry / pivot)];
            for (int row = 0; row < rows.Length; row++)
            {
                double factor = rows[row][column];
                rows[row] = row == done ? rows[row] : [.. rows[row].Select((entry, j) => entry - (factor * rows[done][j]))];
            }

            pivots.Add(column);
            done++;
        }

        return pivots.Select((pivot, row) =>
        {
            var gradient = new double[_x.Length];
            for (int j = 0; j < open.Length; j++)
            {
                gradient[open[j]] = Math.Abs(rows[row][j]) <= Negligible ? 0 : rows[row][j] * Unit(open[pivot]) / Unit(open[j]);
            }

            return gradient;
        });
    }

    /// <summary>The change of a parameter that moves the residuals by one.</summary>
    private double Unit(int parameter) => _here.NaturalSize(parameter, 1);

    private DeterminedCombination Describe(double[] gradient, double variance)
    {
        int[] members = [.. Enumerable.Range(0, gradient.Length).Where(j => gradient[j] != 0)];
        double[] weights = [.. members.Select(j => gradient[j])];
        double error = Math.Sqrt(variance * _here.Variance(gradient));
        double[]? powers = members.All(j => _x[j] != 0) ? [.. members.Select(j => gradient[j] * _x[j] / _x[members[0]])] : null;
        if (Rounded(weights) is { } terms && IsSame(
            members,
            Math.Max(Math.Abs(_x[members[0]]), _here.NaturalSize(members[0], 0.1 * _model.ObservationLength)),
            (i, delta) => delta * weights[0] / weights[i],
            (value, change) => value + change))
        {
            double sum = members.Select((j, i) => terms[i] * _x[j]).Sum();
            return Made(CombinationKind.Sum, members, terms, SumOf(members, terms, " ", "*"), sum, error);
        }

        if (powers is null)
        {
            weights = Rounded(weights) ?? weights;
            return Made(CombinationKind.Changes, members, weights, $"{SumOf(members, weights, " ", " ")} (changes)", double.NaN, error);
        }

        if (Rounded(powers) is { } exponents
            && IsSame(members, 1, (i, delta) => delta * powers[0] / powers[i], (value, change) => value * Math.Exp(change)))
        {
            double product = members.Select((j, i) => Math.Pow(_x[j], exponents[i])).Aggregate(1.0, (a, b) => a * b);
            double spread = error * Math.Abs(product / _x[members[0]]);
            return Made(CombinationKind.Product, members, exponents, ProductOf(members, exponents), product, spread);
        }

        powers = Rounded(powers) ?? powers;
        return Made(
            CombinationKind.RelativeChanges,
            members,
            powers,
            $"{SumOf(members, powers, " ", " ")} (relative changes)",
            double.NaN,
            error / Math.Abs(_x[members[0]]));
    }

    private DeterminedCombination Made(CombinationKind kind, int[] members, double[] weights, string text, double estimate, double error) =>
        new(kind, text, [.. members.Select((j, i) => (_names[j], weights[i]))], estimate, error);

    /// <summary>Whether the model stays the same where the first parameter goes one way and another one back.</summary>
    private bool IsSame(int[] members, double size, Func<int, double, double> back, Func<double, double, double> move)
    {
        double[]? here = _model.Residual(_x);
        return here is not null && Enumerable.Range(1, members.Length - 1).All(i =>
        {
            foreach (double delta in (ReadOnlySpan<double>)[0.3 * size, -0.3 * size])
            {
                double[] point = [.. _x];
                point[members[0]] = move(point[members[0]], delta);
                point[members[i]] = move(point[members[i]], -back(i, delta));
                if (_model.Residual(point) is { } there)
                {
                    double change = WeightedModel.Length([.. there.Select((value, row) => value - here[row])]);
                    return change <= Same * Math.Max(_model.ObservationLength, WeightedModel.Length(here));
                }
            }

            return false;
        });
    }

    /// <summary>Weights that are small fractions, exactly; null where one is not.</summary>
    private static double[]? Rounded(double[] weights)
    {
        double[] rounded = [.. weights.Select(weight => Math.Round(weight * 12) / 12)];
        bool areNear = weights
            .Zip(rounded, (weight, whole) => whole != 0 && Math.Abs(weight) < 20 && Math.Abs(weight - whole) < 1e-6)
            .All(near => near);
        return areNear ? rounded : null;
    }

    private string SumOf(int[] members, double[] weights, string blank, string times) => string.Concat(members.Select((j, i) =>
    {
        string size = Math.Abs(weights[i]) == 1 ? "" : Digits(Math.Abs(weights[i])) + times;
        return i == 0 ? $"{size}{_names[j]}" : $"{blank}{(weights[i] < 0 ? "-" : "+")}{blank}{size}{_names[j]}";
    }));

    private string ProductOf(int[] members, double[] exponents) => string.Concat(members.Select((j, i) =>
    {
        string power = Math.Abs(exponents[i]) == 1 ? _names[j] : $"{_names[j]}^{Exponent(Math.Abs(exponents[i]))}";
        return i == 0 ? power : exponents[i] < 0 ? $"/{power}" : $"*{power}";
    }));

    private static string Exponent(double value)
    {
        int denominator = Enumerable.Range(1, 12).First(d => Math.Abs((value * d) - Math.Round(value * d)) < 1e-9);
        return denominator == 1
            ? Digits(value)
            : string.Create(CultureInfo.InvariantCulture, $"({Math.Round(value * denominator)}/{denominator})");
    }

    private static string Digits(double value) => value.ToString("G3", CultureInfo.InvariantCulture);
}
