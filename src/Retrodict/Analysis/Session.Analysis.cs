using Retrodict.Solvers;

namespace Retrodict;

/// <content>What is asked after a fit.</content>
public sealed partial class Session
{
    /// <summary>The compiled problem.</summary>
    internal Objective Model => _objective;

    /// <summary>Linearizes the problem at a point, usually the solution, for errors and information.</summary>
    /// <param name="observation">The measurement y, of length m, row-major.</param>
    /// <param name="x">The point, of length n, inside the box.</param>
    /// <exception cref="ArgumentException">A length does not fit the problem, an entry is not finite, or the point lies outside of the
    /// box.</exception>
    public FitAnalysis Analyze(ReadOnlySpan<double> observation, ReadOnlySpan<double> x) => FitAnalysis.Of(_objective, observation, x);
}
