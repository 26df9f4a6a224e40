namespace Retrodict.Autodiff.Tests.Laws;

/// <summary>A plan for float computes what the plan for double does, to float's rounding.</summary>
internal static class PrecisionLaw
{
    public static void Check(Subject subject, Random random, double tolerance)
    {
        Function function = subject.Function;
        float[][] point = Numbers.Narrowed(subject.SamplePoint(random));
        double[][] expected = Numbers.Run(function, Numbers.Widened(point));
        float[][] actual = function.Compile<float>(Numbers.Simplified).Evaluate(point);
        Numbers.AssertClose("float against double", expected, Numbers.Widened(actual), tolerance);
    }
}
