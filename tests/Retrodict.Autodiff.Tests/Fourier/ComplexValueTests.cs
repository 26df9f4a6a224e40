using System.Numerics;

namespace Retrodict.Autodiff.Tests.Fourier;

/// <summary>Complex values compute what complex numbers do.</summary>
public class ComplexValueTests
{
    private static readonly Complex _x = new(0.7, -1.2);
    private static readonly Complex _y = new(-0.4, 0.9);

    [Fact]
    public void Arithmetic_is_that_of_complex_numbers()
    {
        Check(_x + _y, (x, y) => x + y);
        Check(_x - _y, (x, y) => x - y);
        Check(_x * _y, (x, y) => x * y);
        Check(_x / _y, (x, y) => x / y);
        Check(-_x, (x, _) => -x);
        Check(_x + 2, (x, _) => x + 2);
        Check(2 + _x, (x, _) => 2 + x);
        Check(_x - 2, (x, _) => x - 2);
        Check(2 - _x, (x, _) => 2 - x);
        Check(_x * 2, (x, _) => x * 2);
        Check(2 * _x, (x, _) => 2 * x);
        Check(_x / 2, (x, _) => x / 2);
        Check(2 / _x, (x, _) => 2 / x);
        Check(_x * _y.Real, (x, y) => x * y.Real);
        Check(Complex.Conjugate(_x), (x, _) => x.Conjugate);
        Check(_x * Complex.ImaginaryOne, (x, _) => x.TimesI());
        Check(_x.Real * _x.Real + (_x.Imaginary * _x.Imaginary), (x, _) => ComplexValue.FromReal(x.AbsoluteSquare));
        Check(Complex.Exp(Complex.ImaginaryOne * 0.7), (x, _) => ComplexValue.ExpI(x.Real));
    }

    [Fact]
    public void Parts_are_broadcast_and_rearranged_together()
    {
        Function.Trace([("a", [2, 3]), ("b", [4, 1, 3])], v =>
        {
            var z = new ComplexValue(v[0], v[1]);
            Assert.Equal([4, 2, 3], z.Shape);
            Assert.Equal(3, z.Rank);
            Assert.Equal([4, 2, 3], z.Imaginary.Shape);
            Assert.Equal([2, 3], z[1].Shape);
            Assert.Equal([2, 2, 3], z[1..3].Shape);
            Assert.Equal([8, 3], z.Reshape([8, 3]).Shape);
            Assert.Equal([3, 2, 4], z.Permute().Shape);
            Assert.Equal([4, 2, 1], z.Slice(2, 1, 2).Shape);
            Assert.Equal([4, 2, 6], z.Pad(-1, 1, 2).Shape);
            Assert.Equal([4], z.Sum(1, 2).Shape);
            Assert.Equal([4, 2, 3], (z * new ComplexValue(v[0], 1)).Shape);
            return [("y", z.Real)];
        });
        Assert.Throws<ShapeException>(() => Function.Trace([("a", [2]), ("b", [3])], v => [("y", new ComplexValue(v[0], v[1]).Real)]));
    }

    private static void Check(Complex expected, Func<ComplexValue, ComplexValue, ComplexValue> function)
    {
        Function f = Function.Trace([("a", Shape.Scalar), ("b", Shape.Scalar), ("c", Shape.Scalar), ("d", Shape.Scalar)], v =>
        {
            ComplexValue z = function(new ComplexValue(v[0], v[1]), new ComplexValue(v[2], v[3]));
            return [("re", z.Real), ("im", z.Imaginary)];
        });
        double[][] actual = f.Compile<double>().Evaluate([_x.Real], [_x.Imaginary], [_y.Real], [_y.Imaginary]);
        Assert.Equal(expected.Real, actual[0][0], 1e-15);
        Assert.Equal(expected.Imaginary, actual[1][0], 1e-15);
    }
}
