// A column J_j that is zero says that the data do not see x_j. One that is merely tiny may say the same - exp(-k x) far out on its
// plateau has the derivative 1e-76, and an error of 1e75 would follow - or belong to an honest parameter whose estimate happens to be
// zero. The column's length tells nothing by itself, since it has a unit. So where moving x_j by all of itself stays below rounding, a
// step is tried whose effect the linearized model says is plain, the root of rounding beside what is fitted: a parameter that the data
// see moves the residuals by that, one on a plateau does not.

namespace Retrodict.Regressions;

/// <summary>Which parameters the data see at a point.</summary>
internal static class VisibleColumns
{
    private static readonly double _plain = Math.Sqrt(Math.BitIncrement(1) - 1);

    /// <param name="model">The residuals.</param>
    /// <param name="x">The point.</param>
    /// <param name="jacobian">Their Jacobian there, [rows, parameters].</param>
    /// <param name="residual">The residuals there.</param>
    /// <param name="rounding">What counts as rounding, beside one.</param>
    /// <returns>Of each parameter, whether changes of it that matter change the residuals.</returns>
    public static bool[] Of(WeightedModel model, double[] x, ReadOnlySpan<double> jacobian, double[] residual, double rounding)
    {
        double length = Math.Max(model.ObservationLength, WeightedModel.Length(residual));
        var visible = new bool[x.Length];
        for (int j = 0; j < x.Length; j++)
        {
            double column = Numerics.Matrix.ColumnLength(jacobian, residual.Length, x.Length, j);
            visible[j] = column > 0
                && (!(column * Math.Abs(x[j]) <= rounding * length) || IsSeen(model, x, residual, j, column, length, rounding));
        }

        return visible;
    }

    private static bool IsSeen(
        WeightedModel model, double[] x, double[] residual, int parameter, double column, double length, double rounding)
    {
        double step = _plain * length / column;
        foreach (double signed in (ReadOnlySpan<double>)[step, -step])
        {
            double[] moved = [.. x];
            moved[parameter] = model.Clip(parameter, x[parameter] + signed);
            double predicted = column * Math.Abs(moved[parameter] - x[parameter]);
            if (!(predicted > 10 * rounding * length) || model.Residual(moved) is not { } there)
            {
                continue;
            }

            double actual = WeightedModel.Length([.. there.Select((value, row) => value - residual[row])]);
            if (actual >= predicted / 2 && actual <= 2 * predicted)
            {
                return true;
            }
        }

        return false;
    }
}
