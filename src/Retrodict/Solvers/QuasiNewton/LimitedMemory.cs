using Retrodict.Numerics;

namespace Retrodict.Solvers;

/// <summary>
/// The compact form of the limited-memory BFGS matrix (Byrd, Nocedal, Schnabel 1994; Byrd, Lu, Nocedal, Zhu 1995, section 3): with steps S
/// and gradient changes Y as columns, oldest first, D the diagonal and L the part below it of S^T Y,
/// <code>
///   B = theta I - W M W^T,   W = [Y  theta S],   M = [-D  L^T; L  theta S^T S]^-1
/// </code>
/// Vectors of W's column space hold Y's part, then S's.
/// </summary>
internal sealed class LimitedMemory(CurvaturePairs pairs)
{
    private readonly QuasidefiniteFactor _middle = new(2 * pairs.Capacity);
    private readonly double[] _steps = new double[pairs.Capacity];
    private double _initialTheta = 1;

    /// <summary>What is remembered.</summary>
    public CurvaturePairs Pairs => pairs;

    /// <summary>How many pairs there are.</summary>
    public int Count => pairs.Count;

    /// <summary>The length of vectors of W's column space now.</summary>
    public int Width => 2 * pairs.Count;

    /// <summary>theta, the curvature where nothing is remembered.</summary>
    public double Theta => Count == 0 ? _initialTheta : pairs.Scale;

    /// <summary>S^T S, S^T Y and Y^T Y, after <see cref="Factor"/>.</summary>
    public PairProducts Products { get; } = new(pairs);

    /// <summary>Forgets all pairs.</summary>
    public void Clear(double theta)
    {
        pairs.Clear();
        _initialTheta = theta;
    }

    /// <summary>Factors what <see cref="Middle"/> needs, after pairs were remembered.</summary>
    /// <returns>Whether the matrix is positive definite; it is but for rounding.</returns>
    public bool Factor()
    {
        Products.Update();
        int count = Count;
        int stride = Products.Stride;
        double theta = Theta;
        _middle.Begin(2 * count);
        for (int k = 0; k < count; k++)
        {
            Span<double> row = _middle.Row(k);
            row.Clear();
            row[0] = -pairs.Curvature(k);
            for (int i = k + 1; i < count; i++)
            {
                row[count - k + i] = Products.StepChanges[(i * stride) + k];
            }

            row = _middle.Row(count + k);
            Products.StepSteps.AsSpan((k * stride) + k, row.Length).CopyTo(row);
            Vectors.Scale(theta, row);
        }

        return _middle.TryFactor(count);
    }

    /// <summary>M v, after <see cref="Factor"/>.</summary>
    public void Middle(ReadOnlySpan<double> v, Span<double> result)
    {
        v.CopyTo(result);
        _middle.Solve(result[..v.Length]);
    }

    /// <summary>W^T v.</summary>
    public void TransposedTimes(ReadOnlySpan<double> v, Span<double> result)
    {
        Span<double> steps = result[Count..Width];
        LongRows.Times(pairs.Changes, v, result[..Count]);
        LongRows.Times(pairs.Steps, v, steps);
        Vectors.Scale(Theta, steps);
    }

    /// <summary>target += W c.</summary>
    public void AddTimes(ReadOnlySpan<double> c, Span<double> target)
    {
        c[Count..Width].CopyTo(_steps);
        Vectors.Scale(Theta, _steps.AsSpan(0, Count));
        LongRows.AddTransposedTimes(pairs.Changes, c[..Count], target);
        LongRows.AddTransposedTimes(pairs.Steps, _steps.AsSpan(0, Count), target);
    }

    /// <summary>Row i of W.</summary>
    public void Row(int i, Span<double> row)
    {
        (int n, double theta) = (pairs.Unknowns, Theta);
        for (int k = 0; k < Count; k++)
        {
            row[k] = pairs.Changes[(k * n) + i];
            row[Count + k] = theta * pairs.Steps[(k * n) + i];
        }
    }
}
