using Retrodict.Numerics;

namespace Retrodict.Solvers;

/// <summary>
/// Products with the inverse of the limited-memory BFGS matrix by the two-loop recursion (Nocedal and Wright, algorithm 7.4) from the
/// initial matrix s.y / y.y of the last pair (eq. 7.20).
/// </summary>
internal sealed class TwoLoopRecursion(CurvaturePairs pairs)
{
    private readonly double[] _weights = new double[pairs.Capacity];

    /// <summary>d := H d, with at least one pair.</summary>
    public void Apply(Span<double> d)
    {
        for (int k = pairs.Count - 1; k >= 0; k--)
        {
            _weights[k] = Vectors.Dot(pairs.Step(k), d) / pairs.Curvature(k);
            Vectors.Add(-_weights[k], pairs.Change(k), d);
        }

        Vectors.Scale(1 / pairs.Scale, d);
        for (int k = 0; k < pairs.Count; k++)
        {
            Vectors.Add(_weights[k] - (Vectors.Dot(pairs.Change(k), d) / pairs.Curvature(k)), pairs.Step(k), d);
        }
    }
}
