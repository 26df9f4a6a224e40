using Retrodict.Autodiff;

namespace Retrodict.Tests.Problems;

/// <summary>The rows of a prior, evaluated.</summary>
internal static class PriorRows
{
    public static double[] At(Prior prior, Shape unknown, double[] x) =>
        Function.Trace(prior.Residual, unknown).Compile<double>().Evaluate(x)[0];

    /// <summary>The matrix of a prior with linear rows, from its values at the axes' unit vectors.</summary>
    public static double[,] Matrix(Prior prior, Shape unknown)
    {
        int n = unknown.ElementCount;
        Plan<double> plan = Function.Trace(prior.Residual, unknown).Compile<double>();
        double[] origin = plan.Evaluate(new double[n])[0];
        var matrix = new double[origin.Length, n];
        for (int j = 0; j < n; j++)
        {
            var unit = new double[n];
            unit[j] = 1;
            double[] column = Dense.Plus(plan.Evaluate(unit)[0], origin, -1);
            for (int i = 0; i < column.Length; i++)
            {
                matrix[i, j] = column[i];
            }
        }

        return matrix;
    }
}
