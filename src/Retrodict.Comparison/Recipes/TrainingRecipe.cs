using Retrodict.Catalogue;
using Retrodict.Learning;

namespace Retrodict.Comparison;

/// <summary>How the local inverse of a benchmark problem is learned, so that nobody has to look for settings.</summary>
public static partial class TrainingRecipe
{
    /// <summary>A benchmark problem as something to learn: fresh unknowns from its sampler, and the shipped moments of its observations.</summary>
    /// <param name="problem">The problem.</param>
    public static LearningProblem ToLearningProblem(BenchmarkProblem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return new LearningProblem(problem.Name, problem.ToInverseProblem(), problem.DrawUnknown)
        {
            ObservationMean = problem.Statistics.ObservationMean.ToArray(),
            ObservationDeviation = problem.Statistics.ObservationDeviation.ToArray(),
        };
    }

    /// <summary>The settings for physics training of a problem.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="seed">The seed.</param>
    public static PhysicsTraining Physics(BenchmarkProblem problem, ulong seed = BenchmarkProblem.DefaultSeed)
    {
        ArgumentNullException.ThrowIfNull(problem);
        PhysicsTraining training = problem.Name switch
        {
            // Ill-posed, so a second head learns the gain; what observations tell beside five modes is noise.
            "heat-1d" => new PhysicsTraining
            {
                Estimate = new HeadTraining { Steps = 7000 },
                Penalty = JacobianPenalty.Bayesian,
                Gain = new HeadTraining { Steps = 4000, BatchSize = 32 },
            },
            "heat-3d" => new PhysicsTraining
            {
                NeglectedVariance = 1e-7,
                LeastSignal = 0.01,
                Estimate = new HeadTraining { Steps = 16000, LearningRate = 1e-3, ValidateEvery = 1000 },
            },
            // 64 observations of four numbers: the discrepancy is met long before all is known. The errors of an estimate lie along a curve of unknowns that give the same
            // observations, which no Gaussian describes, so the problem's prior stays.
            "oscillator" => new PhysicsTraining
            {
                Layers = 3,
                LeastSignal = 0.01,
                Estimate = new HeadTraining { Steps = 10000 },
                DiscrepancyStop = null,
                Anchor = SafeguardAnchor.ProblemPrior,
            },
            _ => new PhysicsTraining(),
        };
        return training with { Seed = seed };
    }
}
