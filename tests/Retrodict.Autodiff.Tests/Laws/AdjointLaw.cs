namespace Retrodict.Autodiff.Tests.Laws;

/// <summary>Reverse mode is the adjoint of forward mode: u . (J v) = (J^T u) . v.</summary>
internal static class AdjointLaw
{
    private const double Tolerance = 1e-12;

    public static void Check(Subject subject, Random random)
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
        Assert.True(error <= Tolerance * scale, $"adjoint identity off by {error:E1}, allowed {Tolerance * scale:E1}.");
    }
}
