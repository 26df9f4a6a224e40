using Retrodict.Autodiff;

namespace Retrodict.Solvers;

/// <summary>
/// A problem as weighted residuals r(x; y), whose half sum of squares is the objective: first the m rows (F(x) - y) / noise, then, with a prior, the n rows
/// L^-1 (x - mean), by a triangular solve with the prior's factor. Immutable; each solve has its own <see cref="ILeastSquaresRun"/>.
/// </summary>
internal abstract class LeastSquares
{
    private readonly double[] _noise;
    private readonly double[] _scale;

    protected LeastSquares(InverseProblem problem)
    {
        Problem = problem;
        Rows = problem.Observations + (problem.Prior is null ? 0 : problem.Unknowns);
        _noise = problem.Noise.ToArray(problem.Observations);
        _scale = problem.ObservationScale.ToArray(problem.Observations);
    }

    public InverseProblem Problem { get; }

    public int Unknowns => Problem.Unknowns;

    /// <summary>The number of residuals, the prior's included.</summary>
    public int Rows { get; }

    /// <summary>Relative differences of the objective or of points up to this are rounding.</summary>
    public abstract double Rounding { get; }

    public static LeastSquares Compile(InverseProblem problem, Precision precision, ThreadTeam? team) => precision switch
    {
        Precision.Float64 => new LeastSquares<double>(problem, team),
        Precision.Float32 => new LeastSquares<float>(problem, team),
        _ => throw new ArgumentOutOfRangeException(nameof(precision), precision, "Float64 or Float32."),
    };

    public abstract ILeastSquaresRun NewRun();

    /// <summary>The objective of given residuals: half the sum of their squares.</summary>
    public static double Cost(ReadOnlySpan<double> residual)
    {
        double sum = 0;
        foreach (double r in residual)
        {
            sum += r * r;
        }

        return 0.5 * sum;
    }

    /// <summary>Root mean square of (F(x) - y) / noise.</summary>
    public double Discrepancy(ReadOnlySpan<double> residual)
    {
        double sum = 0;
        for (int i = 0; i < _noise.Length; i++)
        {
            sum += residual[i] * residual[i];
        }

        return Math.Sqrt(sum / _noise.Length);
    }

    /// <summary>The length of y / noise: residuals below its rounding are zero for all that can be told.</summary>
    public double WeightedLength(ReadOnlySpan<double> observation)
    {
        double sum = 0;
        for (int i = 0; i < _noise.Length; i++)
        {
            double weighted = observation[i] / _noise[i];
            sum += weighted * weighted;
        }

        return Math.Sqrt(sum);
    }

    /// <summary>Root mean square of (F(x) - y) / scale.</summary>
    public double NormalizedResidual(ReadOnlySpan<double> residual)
    {
        double sum = 0;
        for (int i = 0; i < _noise.Length; i++)
        {
            double normalized = residual[i] * (_noise[i] / _scale[i]);
            sum += normalized * normalized;
        }

        return Math.Sqrt(sum / _noise.Length);
    }

    protected static Function Trace(InverseProblem problem)
    {
        int m = problem.Observations;
        double[] weights = [.. problem.Noise.ToArray(m).Select(noise => 1 / noise)];
        return Function.Trace(
            [("x", problem.Unknowns), ("y", m)],
            inputs =>
            {
                Value x = inputs["x"];
                Value model = problem.Forward.Apply(x.Reshape(problem.Forward.Inputs[0].Shape))[0].Flatten();
                Value misfit = (model - inputs["y"]) * Value.Constant(weights);
                if (problem.Prior is not { } prior)
                {
                    return [("residual", misfit)];
                }

                Value whitened = Value.SolveTriangular(
                    Value.Constant(prior.Factor, [prior.Dimension, prior.Dimension]), x - Value.Constant(prior.Mean));
                return [("residual", Value.Concatenate(0, misfit, whitened))];
            },
            "residual");
    }
}
