using Retrodict.Autodiff;
using Retrodict.Randomness;

namespace Retrodict.Learning;

/// <summary>
/// What a local inverse is learned for: a forward model with its noise, and examples of unknowns. Immutable, if the sampler is a function
/// of its stream alone.
/// </summary>
public sealed record LearningProblem
{
    private const int MomentSamples = 4000;

    private readonly Lazy<(double[] Mean, double[] Deviation)> _moments;

    /// <summary>A problem whose unknowns can be drawn: training then never sees a sample twice.</summary>
    /// <param name="name">A name, for files and reports.</param>
    /// <param name="problem">The forward model, bounds and noise. Its prior is not looked at except by the Bayesian penalty.</param>
    /// <param name="sampler">Draws an unknown.</param>
    public LearningProblem(string name, InverseProblem problem, UnknownSampler sampler)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(sampler);
        if (problem.Observed is not null || problem.Loss is not null)
        {
            throw new ArgumentException(
                "A local inverse is learned for whole observations with Gaussian noise; leave out the mask and the loss.", nameof(problem));
        }

        (Name, Problem, Sampler) = (name, problem, sampler);
        Shapes = ModelShapes.Of(problem);
        _moments = new(Measure);
    }

    /// <summary>A problem with a fixed set of unknowns, drawn from again and again.</summary>
    /// <param name="name">A name, for files and reports.</param>
    /// <param name="problem">The forward model, bounds and noise.</param>
    /// <param name="unknowns">Examples, [count, n] row-major, at least two.</param>
    /// <exception cref="ArgumentException">The examples are too few, no multiple of n, or not finite.</exception>
    public LearningProblem(string name, InverseProblem problem, ReadOnlyMemory<double> unknowns)
        : this(name, problem, FromRows(problem, unknowns))
    {
    }

    /// <summary>A name, for files and reports.</summary>
    public string Name { get; }

    /// <summary>The forward model, bounds and noise.</summary>
    public InverseProblem Problem { get; }

    /// <summary>Draws an unknown.</summary>
    public UnknownSampler Sampler { get; }

    /// <summary>The shapes of x and y.</summary>
    public ModelShapes Shapes { get; }

    /// <summary>What standardization subtracts, [m]: the mean of noise-free observations, of 4000 draws unless it is given.</summary>
    public IReadOnlyList<double> ObservationMean
    {
        get => field ?? _moments.Value.Mean;
        init;
    }

    /// <summary>
    /// What standardization then divides by, [m]: their standard deviation, at least 1e-6, of 4000 draws unless it is given.
    /// </summary>
    public IReadOnlyList<double> ObservationDeviation
    {
        get => field ?? _moments.Value.Deviation;
        init;
    }

    /// <summary>The standardized forward model D (F(x) - mean), from [n] to [m].</summary>
    internal Function Standardized() => Function.Trace(
        [("x", Shapes.Unknowns)],
        inputs => [("y", Standardize(Problem.Forward.Apply(inputs[0].Reshape(Shapes.Unknown))[0].Flatten()))],
        $"{Name}.standardized");

    /// <summary>D times an observation's distance from the mean.</summary>
    internal Value Standardize(Value observation) =>
        (observation - Value.Constant([.. ObservationMean])) * Value.Constant([.. ObservationDeviation.Select(deviation => 1 / deviation)]);

    /// <summary>D L w, the standardized noise of standard normal numbers w, [m].</summary>
    internal Value StandardizedNoise(Value normal)
    {
        int m = Shapes.Observations;
        Noise noise = Problem.Noise;
        return noise.IsCorrelated
            ? Value.MatMul(Value.Constant(noise.Factor.ToArray(), [m, m]), normal)
                * Value.Constant([.. ObservationDeviation.Select(deviation => 1 / deviation)])
            : normal * Value.Constant([.. NoiseDeviations()]);
    }

    /// <summary>The standardized noise's standard deviations, [m].</summary>
    internal IEnumerable<double> NoiseDeviations() => ObservationDeviation.Select((deviation, i) => Problem.Noise.Deviation[i] / deviation);

    /// <summary>Unknowns of a stream, [count, n]: sample i from its child i.</summary>
    internal double[] Draw(RandomStream random, int count)
    {
        int n = Shapes.Unknowns;
        var x = new double[count * n];
        for (int i = 0; i < count; i++)
        {
            Sampler(random.At(i), x.AsSpan(i * n, n));
        }

        return x;
    }

    private static UnknownSampler FromRows(InverseProblem problem, ReadOnlyMemory<double> unknowns)
    {
        ArgumentNullException.ThrowIfNull(problem);
        int n = problem.Unknowns;
        int count = unknowns.Length / n;
        if (count < 2 || unknowns.Length % n != 0)
        {
            throw new ArgumentException(
                $"There are {unknowns.Length} numbers; at least two unknowns of {n} components each are needed.", nameof(unknowns));
        }

        foreach (double component in unknowns.Span)
        {
            if (!double.IsFinite(component))
            {
                throw new ArgumentException("An unknown has a component that is not finite.", nameof(unknowns));
            }
        }

        return (random, x) => unknowns.Span.Slice(random.NextInt(count) * n, n).CopyTo(x);
    }

    private (double[] Mean, double[] Deviation) Measure()
    {
        const double LeastDeviation = 1e-6;
        double[] x = Draw(new RandomStream(0, $"{Name}/moments"), MomentSamples);
        return SampleMoments.OfComponents(RowMap.Apply(Problem.Forward, x), Shapes.Observations, LeastDeviation);
    }
}
