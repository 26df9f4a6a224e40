using Retrodict.Autodiff.Tests.Kernels;

namespace Retrodict.Autodiff.Tests.Laws;

/// <summary>How far the results of an operation may be from the exact ones.</summary>
/// <param name="Double">In double precision, in units of the last place.</param>
/// <param name="Single">In single precision.</param>
/// <param name="Exactly">The exact result.</param>
/// <param name="DoubleRanges">Where operands are drawn from in double precision: for each run, an interval an operand.</param>
/// <param name="SingleRanges">The same for single precision.</param>
internal sealed record ErrorBound(
    double Double, double Single, Func<double[], Exact> Exactly, (double Low, double High)[][] DoubleRanges,
    (double Low, double High)[][] SingleRanges)
{
    /// <summary>For one operand, with one bound for both precisions.</summary>
    public ErrorBound(double ulps, Func<double, Exact> exactly, (double Low, double High)[] inDouble, (double Low, double High)[] inSingle)
        : this(
            ulps, ulps, x => exactly(x[0]), [.. inDouble.Select(range => new[] { range })], [.. inSingle.Select(range => new[] { range })])
    {
    }
}
