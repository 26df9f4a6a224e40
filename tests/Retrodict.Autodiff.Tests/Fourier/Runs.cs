using System.Numerics;

namespace Retrodict.Autodiff.Tests.Fourier;

/// <summary>Compiles and runs transforms on complex arrays.</summary>
internal static class Runs
{
    public static Complex[] Run<T>(Shape shape, Complex[] x, Func<ComplexValue, ComplexValue> transform, PlanOptions? options = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Function function = Function.Trace([("re", shape), ("im", shape)], v =>
        {
            ComplexValue y = transform(new ComplexValue(v[0], v[1]));
            return [("re", y.Real), ("im", y.Imaginary)];
        });
        T[][] y = function.Compile<T>(options).Evaluate(Reals<T>(x.Select(e => e.Real)), Reals<T>(x.Select(e => e.Imaginary)));
        return [.. y[0].Zip(y[1], (re, im) => new Complex(double.CreateTruncating(re), double.CreateTruncating(im)))];
    }

    public static T[] Reals<T>(IEnumerable<double> x)
        where T : unmanaged, IFloatingPointIeee754<T> => [.. x.Select(T.CreateTruncating)];
}
