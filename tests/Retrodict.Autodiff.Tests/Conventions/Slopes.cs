using Retrodict.Autodiff.Tests.Laws;

namespace Retrodict.Autodiff.Tests.Conventions;

/// <summary>Derivatives of elementwise functions at single points, by every mode, which must agree.</summary>
internal static class Slopes
{
    /// <summary>The derivative at each point; forward, reverse, and both kinds of Jacobian's diagonal.</summary>
    public static double[] At(Func<Value, Value> f, params double[] points)
    {
        Function function = Function.Trace(f, points.Length);
        double[] ones = [.. points.Select(_ => 1.0)];
        double[] forward = Numbers.Run(function.Jvp(), points, ones)[1];
        double[] reverse = Numbers.Run(function.Vjp(), points, ones)[1];
        Assert.Equal(forward, reverse);
        Assert.Equal(forward, Numbers.Run(Function.Trace(x => f(x).Sum(), points.Length).Gradient(), points)[0]);
        Assert.Equal(forward, function.Vjp().Compile<double>(Numbers.AsWritten).Evaluate([points, ones])[1]);
        Assert.Equal(
            forward.Select(s => (float)s),
            function.Vjp().Compile<float>().Evaluate([[.. points.Select(p => (float)p)], [.. ones.Select(o => (float)o)]])[1]);
        double[] jacobian = Numbers.Run(function.Jacobian(), points)[0];
        Assert.Equal(forward, points.Select((_, i) => jacobian[i * (points.Length + 1)]));
        return forward;
    }

    /// <summary>Second derivatives at each point, by forward over reverse, reverse over forward and reverse over reverse.</summary>
    public static double[] OfSlopesAt(Func<Value, Value> f, params double[] points)
    {
        Function sum = Function.Trace(x => f(x).Sum(), points.Length);
        double[] ones = [.. points.Select(_ => 1.0)];
        double[] forwardOverReverse = Numbers.Run(sum.HessianVectorProduct(), points, ones)[0];
        Assert.Equal(forwardOverReverse, Numbers.Run(sum.Gradient().Vjp(), points, ones)[1]);
        Assert.Equal(forwardOverReverse, Numbers.Run(sum.Jvp().Vjp("x"), points, ones, [0.0], [1.0])[2]);
        return forwardOverReverse;
    }
}
