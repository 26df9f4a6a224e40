using Retrodict.Autodiff.LinearAlgebra;
using Retrodict.Tests.Problems;

namespace Retrodict.Tests.Analysis;

/// <summary>The test equations against their kernels, their right sides and values of an independent program.</summary>
public sealed class IllPosedEquationTests
{
    /// <summary>The first, second and fifth singular value at n = 32 by NumPy 1.24, of matrices made there with 8 by 8 Gauss-Legendre nodes
    /// a box, split at the kink of Phillips' kernel.</summary>
    [Theory]
    [InlineData("shaw", 2.9933281475861, 1.8567988854783932, 0.058992138495927625)]
    [InlineData("deriv2", 0.10123984266729366, 0.025249072815710646, 0.00397245704908029)]
    [InlineData("heat", 0.35827136927562975, 0.19020489485187317, 0.0633693997623314)]
    [InlineData("phillips", 5.800150599632789, 5.2339453652668695, 2.4148452970886045)]
    [InlineData("baart", 3.2280826825090334, 0.6307637658053064, 0.000231668758081482)]
    [InlineData("foxgood", 0.8107481961621121, 0.09563765531839453, 0.00024591766152522613)]
    public void Singular_values_are_those_of_another_program(string name, double first, double second, double fifth)
    {
        double[] values = Values(Equation(name, 32).Matrix);
        Assert.Equal(first, values[0], 1e-12 * first);
        Assert.Equal(second, values[1], 1e-11 * first);
        Assert.Equal(fifth, values[4], 1e-11 * first);
    }

    /// <summary>The truth's image is the right side of the equation, to the square of the boxes' length.</summary>
    [Fact]
    public void Data_are_the_right_sides_of_the_equations()
    {
        AssertRightSide("deriv2", 0, 1, s => ((s * s * s) - s) / 6);
        AssertRightSide("phillips", -6, 6, s => ((6 - Math.Abs(s)) * (1 + (0.5 * Math.Cos(Math.PI * s / 3))))
            + (9 / (2 * Math.PI) * Math.Sin(Math.PI * Math.Abs(s) / 3)));
        AssertRightSide("baart", 0, 0.5 * Math.PI, s => 2 * Math.Sinh(s) / s);
        AssertRightSide("foxgood", 0, 1, s => (Math.Pow(1 + (s * s), 1.5) - (s * s * s)) / 3, isPoints: true);
    }

    /// <summary>Row sums are integrals of the kernel, by a finer rule.</summary>
    [Fact]
    public void Rows_of_kernels_at_points_sum_to_their_integrals()
    {
        AssertRows("shaw", -0.5 * Math.PI, 0.5 * Math.PI, (s, t) =>
        {
            double u = Math.PI * (Math.Sin(s) + Math.Sin(t));
            return Math.Pow((Math.Cos(s) + Math.Cos(t)) * (u == 0 ? 1 : Math.Sin(u) / u), 2);
        });
        AssertRows("heat", 0, 1, (s, t) =>
            t >= s ? 0 : Math.Exp(-0.25 / (s - t)) / (2 * Math.Sqrt(Math.PI) * Math.Pow(s - t, 1.5)), shift: 0.5);
        AssertRows("foxgood", 0, 1, (s, t) => Math.Sqrt((s * s) + (t * t)));
    }

    private static IllPosedEquation Equation(string name, int n) =>
        IllPosedEquation.All.Select(make => make(n)).Single(equation => equation.Name == name);

    private static void AssertRightSide(string name, double from, double to, Func<double, double> right, bool isPoints = false)
    {
        const int N = 256;
        double h = (to - from) / N;
        double[] expected = [.. Enumerable.Range(0, N).Select(i => (isPoints ? 1 : Math.Sqrt(h)) * right(from + ((i + 0.5) * h)))];
        double[] data = Equation(name, N).Data;
        Assert.True(Dense.Norm(Dense.Plus(data, expected, -1)) <= 2e-4 * Dense.Norm(expected), name);
    }

    private static void AssertRows(string name, double from, double to, Func<double, double, double> kernel, double shift = 0)
    {
        const int N = 128, Finer = 4000;
        double h = (to - from) / N;
        double[] sums = Dense.Times(Equation(name, N).Matrix, [.. Enumerable.Repeat(1.0, N)]);
        for (int i = 0; i < N; i++)
        {
            double s = from + ((i + 0.5 + shift) * h);
            double step = (to - from) / Finer;
            double integral = Enumerable.Range(0, Finer).Sum(k => step * kernel(s, from + ((k + 0.5) * step)));
            Assert.Equal(integral, sums[i], 2e-3 * sums.Max());
        }
    }

    private static double[] Values(double[,] a)
    {
        int n = a.GetLength(0);
        var values = new double[n];
        Assert.True(SingularValues.TryDecompose(
            Dense.Flat(a), n, n, new double[n * n], values, new double[n * n], new double[SingularValues.WorkspaceLength(n, n)]));
        return values;
    }
}
