namespace Retrodict.Solvers;

/// <summary>How long a step is: as the iteration table shows it, and as criteria look at it, unknown by unknown, so that no unit
/// matters.</summary>
/// <param name="Euclidean">The length of the step in the units of x.</param>
/// <param name="Relative">The largest of its components, each beside the unknown itself or, if that makes it less, in its effect beside the
/// residuals, where that of the step that the unknown asks for by itself counts as well. Infinite where the Jacobian says nothing of an
/// unknown that may move: a step without it proves nothing of it.</param>
internal readonly record struct StepLength(double Euclidean, double Relative)
{
    /// <param name="point">Where the step begins.</param>
    /// <param name="to">Where it leads.</param>
    /// <param name="columns">The squares of the lengths of J's columns at the point; empty where the direction does not know
    /// them.</param>
    /// <param name="orWay">Whether components may also be short beside the way from the start.</param>
    public static StepLength From(Point point, ReadOnlySpan<double> to, ReadOnlySpan<double> columns, bool orWay = false)
    {
        ReadOnlySpan<double> from = point.X;
        ReadOnlySpan<double> start = point.Start;
        Box bounds = point.Objective.Problem.Bounds;
        double residualLength = Math.Sqrt(2 * point.Cost);
        double squares = 0;
        double relative = 0;
        for (int i = 0; i < from.Length; i++)
        {
            double step = Math.Abs(to[i] - from[i]);
            squares += step * step;
            double size = orWay ? Math.Max(Math.Abs(to[i]), Math.Abs(from[i] - start[i])) : Math.Abs(to[i]);
            if (!columns.IsEmpty && columns[i] == 0)
            {
                relative = bounds.Lower(i) < bounds.Upper(i) ? double.PositiveInfinity : relative;
            }
            else if (step > relative * size)
            {
                double share = step / size;
                if (!columns.IsEmpty)
                {
                    double column = Math.Sqrt(columns[i]);
                    double effect = Math.Max(step * column, Math.Abs(point.Gradient[i]) / column);
                    share = Math.Min(share, effect / residualLength);
                }

                relative = Math.Max(relative, share);
            }
        }

        return new StepLength(Math.Sqrt(squares), relative);
    }
}
