using Retrodict.Catalogue;
using Retrodict.Learning;

namespace Retrodict.Comparison;

/// <summary>heat-3d.</summary>
/// <remarks>Source of the surrogate training: A. L. Kachhadiya, arXiv 2605.13068.</remarks>
internal sealed class Heat3DRecipe : ProblemRecipe
{
    public override BenchmarkProblem Problem => ProblemCatalogue.Heat3D;

    public override PhysicsTraining Physics => new()
    {
        NeglectedVariance = 1e-7,
        LeastSignal = 0.01,
        Estimate = new HeadTraining { Steps = 16000, LearningRate = 1e-3, ValidateEvery = 1000 },
    };

    public override SurrogateTraining Surrogate => new()
    {
        Architecture = new ResidualConvolutionArchitecture(3, Channels: 12, Blocks: 2),
        Stages = SurrogateTraining.ThreeStages(cycle: 0.15, penalty: 0.35, biasTie: 0, composition: 0),
        BatchSize = 32,
        Probes = 1,
        PenaltySamples = 6,
        CycleNoise = 0.005,
        Cosine = true,
    };
}
