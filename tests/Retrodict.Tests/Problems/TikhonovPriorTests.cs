using Retrodict.Autodiff;

namespace Retrodict.Tests.Problems;

public sealed class TikhonovPriorTests
{
    public static TheoryData<GridBoundary> Boundaries() => new(GridBoundary.Free, GridBoundary.Zero, GridBoundary.Periodic);

    [Theory]
    [MemberData(nameof(Boundaries))]
    public void On_a_line_rows_are_plain_differences(GridBoundary boundary)
    {
        AssertMatrix(Dense.Identity(5), new TikhonovPrior(5, 0) { Boundary = boundary });
        AssertMatrix(DifferenceMatrix.First(5, boundary), new TikhonovPrior(5, 1) { Boundary = boundary });
        AssertMatrix(DifferenceMatrix.Second(5, boundary), new TikhonovPrior(5, 2) { Boundary = boundary });
    }

    [Theory]
    [MemberData(nameof(Boundaries))]
    public void On_a_plane_rows_are_Kronecker_products_scaled_by_spacing_and_cell(GridBoundary boundary)
    {
        (double h, double k) = (0.5, 4);
        double root = Math.Sqrt(h * k);
        double[,] first(int n) => DifferenceMatrix.First(n, boundary);
        double[,] second(int n) => DifferenceMatrix.Second(n, boundary);
        (double[,] i, double[,] j) = (Dense.Identity(4), Dense.Identity(3));
        Scale spacing = new[] { h, k };
        AssertMatrix(Dense.Identity(12, root), new TikhonovPrior([4, 3], 0) { Boundary = boundary, Spacing = spacing });
        AssertMatrix(
            DifferenceMatrix.Stack(
                DifferenceMatrix.Times(root / h, DifferenceMatrix.Kronecker(first(4), j)),
                DifferenceMatrix.Times(root / k, DifferenceMatrix.Kronecker(i, first(3)))),
            new TikhonovPrior([4, 3], 1) { Boundary = boundary, Spacing = spacing });
        AssertMatrix(
            DifferenceMatrix.Stack(
                DifferenceMatrix.Times(root / (h * h), DifferenceMatrix.Kronecker(second(4), j)),
                DifferenceMatrix.Times(root / (k * k), DifferenceMatrix.Kronecker(i, second(3))),
                DifferenceMatrix.Times(Math.Sqrt(2) * root / (h * k), DifferenceMatrix.Kronecker(first(4), first(3)))),
            new TikhonovPrior([4, 3], 2) { Boundary = boundary, Spacing = spacing });
    }

    [Theory]
    [MemberData(nameof(Boundaries))]
    public void In_space_as_well(GridBoundary boundary)
    {
        double[,] first(int n) => DifferenceMatrix.First(n, boundary);
        double[,] second(int n) => DifferenceMatrix.Second(n, boundary);
        double[,] one(int n) => Dense.Identity(n);
        double[,] mixed(params double[][,] factors) => DifferenceMatrix.Times(Math.Sqrt(2), DifferenceMatrix.Kronecker(factors));
        AssertMatrix(
            DifferenceMatrix.Stack(
                DifferenceMatrix.Kronecker(first(3), one(4), one(5)),
                DifferenceMatrix.Kronecker(one(3), first(4), one(5)),
                DifferenceMatrix.Kronecker(one(3), one(4), first(5))),
            new TikhonovPrior([3, 4, 5], 1) { Boundary = boundary });
        AssertMatrix(
            DifferenceMatrix.Stack(
                DifferenceMatrix.Kronecker(second(3), one(4), one(5)),
                DifferenceMatrix.Kronecker(one(3), second(4), one(5)),
                DifferenceMatrix.Kronecker(one(3), one(4), second(5)),
                mixed(first(3), first(4), one(5)),
                mixed(first(3), one(4), first(5)),
                mixed(one(3), first(4), first(5))),
            new TikhonovPrior([3, 4, 5], 2) { Boundary = boundary });
    }

    [Fact]
    public void A_reference_is_what_is_thought_true()
    {
        double[] reference = Dense.Random(6, 1), x = Dense.Random(6, 2);
        TikhonovPrior prior = new([2, 3], 1) { Boundary = GridBoundary.Zero, Reference = reference };
        Assert.Equal(
            PriorRows.At(
                new TikhonovPrior([2, 3], 1) { Boundary = GridBoundary.Zero }, 6, Dense.Plus(x, reference, -1)), PriorRows.At(prior, 6, x));
        Assert.All(PriorRows.At(prior, 6, reference), row => Assert.Equal(0, row));
        reference[0] = 99;
        Assert.NotEqual(99, prior.Reference![0]);
    }

    /// <summary>x = sin(pi t) on [0, 1] has half the integral of x'^2 equal to pi^2 / 4 and of x''^2 equal to pi^4 / 4; differences are of
    /// second order.</summary>
    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 4)]
    public void The_functional_is_the_integral_on_any_grid(int order, int power)
    {
        double[] errors = [.. new[] { 49, 99 }.Select(n =>
        {
            double h = 1.0 / (n + 1);
            double[] x = [.. Enumerable.Range(1, n).Select(i => Math.Sin(Math.PI * i * h))];
            double[] rows = PriorRows.At(new TikhonovPrior(n, order) { Boundary = GridBoundary.Zero, Spacing = h }, n, x);
            return Math.Abs((0.5 * Dense.Dot(rows, rows) / (Math.Pow(Math.PI, power) / 4)) - 1);
        })];
        Assert.InRange(errors[1], 0, 2e-4);
        Assert.InRange(errors[0] / errors[1], 3.9, 4.1);
    }

    [Fact]
    public void Free_boundaries_leave_constants_and_affine_functions_free()
    {
        double[] affine = [.. Enumerable.Range(0, 20).Select(i => 3 + (2.0 * (i / 5)) - (i % 5))];
        Assert.All(PriorRows.At(new TikhonovPrior([4, 5], 2), 20, affine), row => Assert.Equal(0, row, 1e-13));
        Assert.All(PriorRows.At(new TikhonovPrior([4, 5], 1), 20, [.. Enumerable.Repeat(7.0, 20)]), row => Assert.Equal(0, row));
    }

    [Fact]
    public void Axes_too_short_for_a_difference_have_none()
    {
        AssertMatrix(DifferenceMatrix.First(5, GridBoundary.Free), new TikhonovPrior([1, 5], 1));
        Assert.Contains(
            "[2]", Assert.Throws<ShapeException>(
                () => new InverseProblem(x => x, 2) { Prior = new TikhonovPrior(2, 2) }).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, GridBoundary.Free)]
    [InlineData(1, GridBoundary.Free)]
    [InlineData(1, GridBoundary.Zero)]
    [InlineData(1, GridBoundary.Periodic)]
    [InlineData(2, GridBoundary.Free)]
    [InlineData(2, GridBoundary.Zero)]
    [InlineData(2, GridBoundary.Periodic)]
    public void The_estimate_of_a_linear_model_is_the_closed_form(int order, GridBoundary boundary)
    {
        const int N = 12, M = 9;
        double[,] a = Dense.RandomMatrix(M, N, 3);
        double[] y = Dense.Random(M, 4), reference = Dense.Random(N, 5);
        InverseProblem problem = new(x => Value.MatMul(Value.Constant(a), x.Flatten()), Shape.Of([3, 4]))
        {
            Noise = 0.1,
            Prior = new TikhonovPrior([3, 4], order) { Boundary = boundary, Reference = reference }.Weighted(0.7),
        };
        double[,] l = PriorRows.Matrix(new TikhonovPrior([3, 4], order) { Boundary = boundary }, N);
        double[,] precision = DifferenceMatrix.Times(0.7, Dense.Times(Dense.Transpose(l), l));
        double[,] weighted = DifferenceMatrix.Times(100, Dense.Transpose(a));
        double[] expected = Dense.Times(
            Dense.Inverse(Dense.Plus(Dense.Times(weighted, a), precision)), Dense.Plus(
                Dense.Times(weighted, y), Dense.Times(precision, reference)));
        SolveResult result = new GaussNewton().Solve(problem, y, new double[N]);
        Assert.Equal(SolveStatus.Converged, result.Status);
        Dense.AssertClose(expected, [.. result.X], 1e-9);
    }

    [Fact]
    public void Misuse_is_named()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new TikhonovPrior(4, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TikhonovPrior(4, -1));
        Assert.Throws<ArgumentException>(() => new TikhonovPrior(Shape.Scalar, 1));
        Assert.Throws<ArgumentException>(() => new TikhonovPrior([3, 0], 1));
        Assert.Contains(
            "3 spacings", Assert.Throws<ArgumentException>(
                () => new TikhonovPrior([3, 3], 1) { Spacing = new double[] { 1, 1, 1 } }).Message, StringComparison.Ordinal);
        Assert.Contains(
            "9 points", Assert.Throws<ArgumentException>(
                () => new TikhonovPrior([3, 3], 1) { Reference = [1, 2] }).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new TikhonovPrior(2, 1) { Reference = [1, double.NaN] });
        Assert.Contains(
            "4 unknowns", Assert.Throws<ArgumentException>(
                () => new InverseProblem(x => x, 3) { Prior = new TikhonovPrior(4, 1) }).Message, StringComparison.Ordinal);
    }

    private static void AssertMatrix(double[,] expected, TikhonovPrior prior)
    {
        double[,] actual = PriorRows.Matrix(prior, prior.Grid.ElementCount);
        Assert.Equal(expected.GetLength(0), actual.GetLength(0));
        Dense.AssertClose(Dense.Flat(expected), Dense.Flat(actual), 1e-14);
    }
}
