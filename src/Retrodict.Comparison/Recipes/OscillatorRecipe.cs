using Retrodict.Catalogue;
using Retrodict.Learning;

namespace Retrodict.Comparison;

/// <summary>
/// The oscillator. Its 64 observations are of four numbers, so the discrepancy is met long before all is known. The errors of an estimate
/// lie along a curve of unknowns that give the same observations, which no Gaussian describes, so the problem's prior stays.
/// </summary>
internal sealed class OscillatorRecipe : ProblemRecipe
{
    public override BenchmarkProblem Problem => ProblemCatalogue.Oscillator;

    public override PhysicsTraining Physics => new()
    {
        Layers = 3,
        LeastSignal = 0.01,
        Estimate = new HeadTraining { Steps = 10000 },
        DiscrepancyStop = null,
        Anchor = SafeguardAnchor.ProblemPrior,
    };
}
