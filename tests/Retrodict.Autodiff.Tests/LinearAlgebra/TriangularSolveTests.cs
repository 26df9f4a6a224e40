using System.Numerics;
using Retrodict.Autodiff.LinearAlgebra;
using Retrodict.Autodiff.Tests.Kernels;

namespace Retrodict.Autodiff.Tests.LinearAlgebra;

public class TriangularSolveTests
{
    [Theory]
    [InlineData(0, 3)]
    [InlineData(1, 1)]
    [InlineData(2, 0)]
    [InlineData(5, 1)]
    [InlineData(16, 7)]
    [InlineData(17, 1)]
    [InlineData(33, 40)]
    [InlineData(64, 64)]
    [InlineData(100, 3)]
    [InlineData(150, 1)]
    [InlineData(129, 70)]
    public void Residuals_meet_the_backward_error_bound(int n, int columns)
    {
        foreach (var (lower, transposed, unit) in Variants())
        {
            CheckResidual<double>(n, columns, lower, transposed, unit);
            CheckResidual<float>(n, columns, lower, transposed, unit);
        }
    }

    [Fact]
    public void The_other_triangle_is_not_read()
    {
        const int N = 40, Columns = 5;
        var t = Triangle<double>(N, lower: true, unit: false);
        var b = Matrices.Random<double>(N, Columns, 1);
        var expected = (double[])b.Clone();
        var workspace = new double[TriangularSolve.WorkspaceLength<double>(N, Columns)];
        TriangularSolve.Lower<double>(t, N, expected, Columns, workspace);
        for (var i = 0; i < N; i++)
        {
            t.AsSpan((i * N) + i + 1, N - i - 1).Fill(double.NaN);
        }

        TriangularSolve.Lower<double>(t, N, b, Columns, workspace);
        Assert.Equal(expected, b);
    }

    [Fact]
    public void Wrong_arguments_are_named()
    {
        Assert.Equal(
            "l", Assert.Throws<ArgumentException>(() => TriangularSolve.Lower<double>(new double[3], 2, new double[2], 1, [])).ParamName);
        Assert.Equal(
            "u", Assert.Throws<ArgumentException>(() => TriangularSolve.Upper<double>(new double[3], 2, new double[2], 1, [])).ParamName);
        Assert.Equal(
            "b", Assert.Throws<ArgumentException>(() => TriangularSolve.Lower<double>(new double[4], 2, new double[2], 2, [])).ParamName);
        Assert.Equal(
            "workspace",
            Assert.Throws<ArgumentException>(() => TriangularSolve.Lower<double>(new double[400], 20, new double[20], 1, [])).ParamName);
        Assert.Equal("n", Assert.Throws<ArgumentOutOfRangeException>(() => TriangularSolve.Lower<double>([], -1, [], 1, [])).ParamName);
    }

    private static IEnumerable<(bool Lower, bool Transposed, bool Unit)> Variants() =>
        from lower in new[] { true, false } from transposed in new[] { true, false } from unit in new[] { true, false }
            select (lower, transposed, unit);

    private static T[] Triangle<T>(int n, bool lower, bool unit)
        where T : unmanaged, INumber<T>
    {
        // Small off-diagonal elements keep the solutions of unit triangles from growing out of range.
        var t = Matrices.Random<T>(n, n, n);
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                t[(i * n) + j] = i == j ? T.One + T.One + t[(i * n) + j]
                    : (i > j) == lower ? t[(i * n) + j] / T.CreateChecked(Math.Sqrt(n)) : T.CreateChecked(99);
            }
        }

        return t;
    }

    /// <summary>|b - T x| at most gamma |T| |x| in every element (Higham 2002, theorem 8.5).</summary>
    private static void CheckResidual<T>(int n, int columns, bool lower, bool transposed, bool unit)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var t = Triangle<T>(n, lower, unit);
        var b = Matrices.Random<T>(n, columns, 7);
        var x = (T[])b.Clone();
        var workspace = new T[TriangularSolve.WorkspaceLength<T>(n, columns)];
        if (lower)
        {
            TriangularSolve.Lower<T>(t, n, x, columns, workspace, transposed, unit);
        }
        else
        {
            TriangularSolve.Upper<T>(t, n, x, columns, workspace, transposed, unit);
        }

        var row = new double[n];
        var column = new double[n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                var (r, c) = transposed ? (j, i) : (i, j);
                row[j] = r == c && unit ? 1 : r == c || (r > c) == lower ? double.CreateChecked(t[(r * n) + c]) : 0;
            }

            for (var s = 0; s < columns; s++)
            {
                for (var j = 0; j < n; j++)
                {
                    column[j] = double.CreateChecked(x[(j * columns) + s]);
                }

                var (residual, magnitude) = AccurateDot.Dot(row, column, double.CreateChecked(b[(i * columns) + s]), -1);
                Assert.True(
                    Math.Abs(residual) <= AccurateDot.Gamma<T>(n + 4) * magnitude,
                    $"{n} x {columns} {lower} {transposed} {unit}: row {i} leaves {residual}.");
            }
        }
    }
}
