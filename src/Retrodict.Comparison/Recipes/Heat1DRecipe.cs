using Retrodict.Catalogue;
using Retrodict.Learning;

namespace Retrodict.Comparison;

/// <summary>heat-1d. It is ill-posed, so a second head learns the gain; what observations tell beside five modes is noise.</summary>
/// <remarks>Its published surrogate training is the default one; source: A. L. Kachhadiya, arXiv 2605.13068.</remarks>
internal sealed class Heat1DRecipe : ProblemRecipe
{
    public override BenchmarkProblem Problem => ProblemCatalogue.Heat1D;

    public override PhysicsTraining Physics => new()
    {
        Estimate = new HeadTraining { Steps = 7000 },
        Penalty = JacobianPenalty.Bayesian,
        Gain = new HeadTraining { Steps = 4000, BatchSize = 32 },
    };
}
