namespace Retrodict.Autodiff.Tests.Laws;

/// <summary>
/// The split derivative equals forward mode, its transpose equals reverse mode, and the transpose of the transpose is the linear part
/// again.
/// </summary>
internal static class LinearizationLaw
{
    private const double Tolerance = 1e-12;

    public static void Check(Subject subject, Random random)
    {
        Function function = subject.Function;
        int outputs = function.Outputs.Count;
        double[][] point = subject.SamplePoint(random);
        double[][] v = Subject.SampleDirection(function.Inputs, random);
        double[][] u = Subject.SampleDirection(function.Outputs, random);
        double[][] forward = Numbers.Run(function.Jvp(), [.. point, .. v]);
        double[][] reverse = Numbers.Run(function.Vjp(), [.. point, .. u]);

        Linearization split = function.Linearize();
        double[][] primal = Numbers.Run(split.Primal, point);
        Assert.Equal(outputs + split.ResidualCount, primal.Length);
        Numbers.AssertClose("values of the primal part", forward[..outputs], primal[..outputs], Tolerance);
        double[][] residuals = primal[outputs..];
        Numbers.AssertClose("linear part", forward[outputs..], Numbers.Run(split.Linear, [.. residuals, .. v]), Tolerance);

        string[] tangents = Names(split.Linear, split.ResidualCount);
        if (tangents.Length == 0)
        {
            return;
        }

        Function transpose = split.Linear.Transpose(tangents);
        Numbers.AssertClose("transposed linear part", reverse[outputs..], Numbers.Run(transpose, [.. residuals, .. u]), Tolerance);
        Function twice = transpose.Transpose(Names(transpose, split.ResidualCount));
        Numbers.AssertClose("linear part transposed twice", forward[outputs..], Numbers.Run(twice, [.. residuals, .. v]), Tolerance);
    }

    private static string[] Names(Function function, int skipped) => [.. function.Inputs.Skip(skipped).Select(input => input.Name)];
}
