using System.Globalization;
using Retrodict.Autodiff;
using Retrodict.Randomness;

namespace Retrodict.Learning;

/// <summary>
/// Learns the local inverse of a forward model that is given. The same problem, options and seed give the same model, bit for bit, whatever
/// the number of threads.
/// </summary>
public static class DeceptronTrainer
{
    /// <summary>Trains a Deceptron.</summary>
    /// <param name="problem">What it is for.</param>
    /// <param name="training">How; null for the default.</param>
    /// <param name="progress">Hears of every point of the learning curves; null for nobody.</param>
    /// <param name="cancellation">Ends the training; nothing is returned then, but a checkpoint stays.</param>
    /// <exception cref="ArgumentException">The options do not suit the problem.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="TrainingException">The loss became infinite or NaN and nothing could be learned.</exception>
    public static DeceptronModel Train(
        LearningProblem problem,
        PhysicsTraining? training = null,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(problem);
        training ??= new PhysicsTraining();
        var random = new RandomStream(training.Seed, $"{problem.Name}/deceptron");
        PrincipalBasis? basis = training.Architecture is null || training.Penalty == JacobianPenalty.Bayesian
            ? Basis(problem, training, random.Child("basis"))
            : null;
        Architecture architecture = training.Architecture
            ?? new PrincipalArchitecture(basis!.FeatureCount, basis.ComponentCount)
            {
                Hidden = training.Hidden,
                Layers = training.Layers,
                Basis = basis,
            };
        var heads = new HeadRun(problem, training, architecture, progress, cancellation);
        float[] estimate = heads.Estimate(random.Child("estimate"));
        float[]? gain = training.Penalty == JacobianPenalty.Bayesian
            ? heads.Gain(random.Child("gain"), new PriorDirections(basis!.Directions, basis.Variances))
            : null;
        var model = new DeceptronModel
        {
            Problem = problem.Name,
            Shapes = problem.Shapes,
            Architecture = architecture,
            ReverseParameters = estimate,
            GainParameters = gain,
            ObservationMean = [.. problem.ObservationMean],
            ObservationDeviation = [.. problem.ObservationDeviation],
            Fingerprint = ProblemFingerprint.Of(problem.Problem, problem.Draw(random.Child("fingerprint"), 3)),
            Form = training.Form,
            DiscrepancyStop = training.DiscrepancyStop,
            Anchor = training.Anchor,
            Training = new Dictionary<string, string>
            {
                ["mode"] = "physics",
                ["options"] = training.Describe(),
                ["seed"] = training.Seed.ToString(CultureInfo.InvariantCulture),
            },
        };
        return Calibrations.Apply(model, problem, random.Child("calibration"), training.CalibrationSamples);
    }

    private static PrincipalBasis Basis(LearningProblem problem, PhysicsTraining training, RandomStream random)
    {
        double[] x = problem.Draw(random, training.BasisSamples);
        return PrincipalBasis.Of(
            x,
            RowMap.Apply(problem.Standardized(), x),
            [.. problem.NoiseDeviations()],
            training.NeglectedVariance,
            training.LeastSignal);
    }
}
