namespace Retrodict.Solvers;

/// <summary>How long a step is, and what it is measured by.</summary>
/// <param name="Step">The length of the step.</param>
/// <param name="Point">The length that it is compared with: that of the point it leads to.</param>
internal readonly record struct StepLength(double Step, double Point)
{
    public static StepLength Between(ReadOnlySpan<double> from, ReadOnlySpan<double> to)
    {
        double step = 0;
        double length = 0;
        for (int i = 0; i < from.Length; i++)
        {
            double difference = to[i] - from[i];
            step += difference * difference;
            length += to[i] * to[i];
        }

        return new StepLength(Math.Sqrt(step), Math.Sqrt(length));
    }

    public bool IsShort(double tolerance) => Step <= tolerance * Point;
}
