using Retrodict.Autodiff;

namespace Retrodict.Tests.Solvers;

/// <summary>A problem with a published minimum.</summary>
/// <param name="Residual">The residuals.</param>
/// <param name="Start">The published start.</param>
/// <param name="Minimum">The published least sum of squares.</param>
internal sealed record TestProblem(Func<Value, Value> Residual, double[] Start, double Minimum);
