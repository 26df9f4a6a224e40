namespace Retrodict.Autodiff.Tests.Laws;

/// <summary>Reverse mode is the adjoint of forward mode: u . (J v) = (J^T u) . v.</summary>
internal static class AdjointLaw
{
    private const double Tolerance = 1e-12;

    /// <param name="subject">The function.</param>
    /// <param name="random">Where the point and the directions come from.</param>
    /// <param name="rounding">Rounding error of a derivative's elements that were summed from larger terms; 0 where no terms
    /// cancel.</param>
    public static void Check(Subject subject, Random random, double rounding = 0)
    {
        Function function = subject.Function;
        double[][] point = subject.SamplePoint(random);
        double[][] v = Subject.SampleDirection(function.Inputs, random);
        double[][] u = Subject.SampleDirection(function.Outputs, random);
        int outputs = function.Outputs.Count;
        double[][] jv = Numbers.Run(function.Jvp(), [.. point, .. v])[outputs..];
        double[][] reverse = Numbers.Run(function.Vjp(), [.. point, .. u]);
        double[][] jtu = reverse[outputs..];
        Numbers.AssertClose("values beside cotangents", Numbers.Run(function, point), reverse[..outputs], 1e-12);
        double error = Math.Abs(Numbers.Dot(u, jv) - Numbers.Dot(jtu, v));
        double scale = (Numbers.Norm(u) * Numbers.Norm(jv)) + (Numbers.Norm(jtu) * Numbers.Norm(v));
        double allowed = (Tolerance * scale) + (rounding * Numbers.Norm(u) * Numbers.Norm(v));
        Assert.True(error <= allowed, $"adjoint identity off by {error:E1}, allowed {allowed:E1}.");
    }
}
