using Retrodict.Catalogue;
using Retrodict.Learning;

namespace Retrodict.Comparison;

/// <summary>heat-1d-explicit. Its published pairs have noise everywhere.</summary>
/// <remarks>Source: A. L. Kachhadiya, arXiv 2511.21076.</remarks>
internal sealed class Heat1DExplicitRecipe : ProblemRecipe
{
    public override BenchmarkProblem Problem => ProblemCatalogue.Heat1DExplicit;

    public override SurrogateTraining Surrogate => new()
    {
        Architecture = new AffineArchitecture(),
        Stages = [new SurrogateStage("joint", TrainedMaps.Both, 60, 5e-4, new SurrogateLosses()) { Ramp = new PenaltyRamp() }],
        GaussianProbes = true,
        SumOverComponents = true,
        PenaltySamples = null,
        WeightDecay = 0,
        GradientClip = 0.5,
    };

    public override bool HasNoisyPairs => true;
}
