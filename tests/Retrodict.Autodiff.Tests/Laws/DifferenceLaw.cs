namespace Retrodict.Autodiff.Tests.Laws;

/// <summary>
/// Forward mode equals the derivative of t -> f(x + t v) at 0, taken by central differences at three steps and extrapolated twice
/// (Richardson), which leaves an error of order h^6.
/// </summary>
internal static class DifferenceLaw
{
    private const double Step = 1.0 / 128;

    public static void Check(Subject subject, Random random)
    {
        Function function = subject.Function;
        double[][] point = subject.SamplePoint(random);
        double[][] direction = Subject.SampleDirection(function.Inputs, random);
        double[][] results = Numbers.Run(function.Jvp(), [.. point, .. direction]);
        int outputs = function.Outputs.Count;
        Plan<double> plan = function.Compile<double>(Numbers.Simplified);
        Numbers.AssertClose("values beside tangents", plan.Evaluate(point), results[..outputs], 1e-12);
        if (subject.HasTrueDerivatives)
        {
            Numbers.AssertClose("forward mode against differences", Derivative(plan, point, direction), results[outputs..], 1e-6);
        }
    }

    private static double[][] Derivative(Plan<double> plan, double[][] point, double[][] direction)
    {
        double[][] coarse = Central(Step);
        double[][] middle = Central(Step / 2);
        double[][] fine = Central(Step / 4);
        double[][] first = Numbers.Combined(4.0 / 3, middle, -1.0 / 3, coarse);
        double[][] second = Numbers.Combined(4.0 / 3, fine, -1.0 / 3, middle);
        return Numbers.Combined(16.0 / 15, second, -1.0 / 15, first);

        double[][] Central(double h) => Numbers.Combined(
            0.5 / h, plan.Evaluate(Numbers.Moved(point, h, direction)), -0.5 / h, plan.Evaluate(Numbers.Moved(point, -h, direction)));
    }
}
