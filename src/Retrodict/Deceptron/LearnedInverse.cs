using Retrodict.Solvers;

namespace Retrodict;

/// <summary>What a session with a reverse map has beyond its solves.</summary>
/// <param name="Model">The compiled problem.</param>
/// <param name="Map">The reverse map.</param>
/// <param name="Plans">Its plans.</param>
/// <param name="Prior">The problem's prior, if it is Gaussian.</param>
/// <param name="Probes">How many probes measure the composition error.</param>
internal sealed record LearnedInverse(Objective Model, ReverseMap Map, ReverseMapPlans Plans, GaussianPrior? Prior, int Probes);
