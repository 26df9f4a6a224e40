using Retrodict.Randomness;

namespace Retrodict.Learning;

/// <summary>Draws an unknown of the kind that is to be found later.</summary>
/// <param name="random">The sample's own stream.</param>
/// <param name="x">Receives the unknown, of length n; every component must be written.</param>
public delegate void UnknownSampler(RandomStream random, Span<double> x);
