using Retrodict.Tests.Problems;

namespace Retrodict.Tests.Solvers;

/// <summary>min ‖A x - y‖² over a box by trying all 3^n ways in which bounds can hold: slow and beyond doubt.</summary>
internal static class BoundedLeastSquares
{
    public static double[] Solve(double[,] a, double[] y, Box box)
    {
        int n = a.GetLength(1);
        double[] best = [];
        double least = double.PositiveInfinity;
        for (int code = 0; code < (int)Math.Pow(3, n); code++)
        {
            double[] x = At(a, y, box, [.. Enumerable.Range(0, n).Select(i => code / (int)Math.Pow(3, i) % 3)]);
            if (
                x.All(double.IsFinite)
                    && !box.Project([.. x]) && Dense.Norm(Dense.Plus(Dense.Times(a, x), y, -1)) is var norm && norm < least)
            {
                (best, least) = (x, norm);
            }
        }

        return best;
    }

    /// <summary>The minimizer with unknown i free (0), at its lower (1) or its upper bound (2).</summary>
    private static double[] At(double[,] a, double[] y, Box box, int[] state)
    {
        int[] free = [.. Enumerable.Range(0, state.Length).Where(i => state[i] == 0)];
        double[] x = [.. state.Select((s, i) => s == 0 ? 0 : s == 1 ? box.Lower(i) : box.Upper(i))];
        double[] rest = Dense.Plus(y, Dense.Times(a, x), -1);
        var part = new double[y.Length, free.Length];
        for (int i = 0; i < y.Length; i++)
        {
            for (int j = 0; j < free.Length; j++)
            {
                part[i, j] = a[i, free[j]];
            }
        }

        double[,] transposed = Dense.Transpose(part);
        double[] solution = Dense.Times(Dense.Inverse(Dense.Times(transposed, part)), Dense.Times(transposed, rest));
        for (int j = 0; j < free.Length; j++)
        {
            x[free[j]] = solution[j];
        }

        return x;
    }
}
