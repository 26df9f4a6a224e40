using Retrodict.Autodiff.LinearAlgebra;

namespace Retrodict.Solvers;

/// <summary>
/// The compact form of the limited-memory BFGS matrix (Byrd, Nocedal, Schnabel 1994; Byrd, Lu, Nocedal, Zhu 1995, section 3): with steps S and gradient changes Y
/// as columns, oldest first, D the diagonal and L the part below it of S^T Y,
/// <code>
///   B = theta I - W M W^T,   W = [Y  theta S],   M = [-D  L^T; L  theta S^T S]^-1
/// </code>
/// Vectors of W's column space hold Y's part from 0 and S's part from the capacity on.
/// </summary>
internal sealed class LimitedMemory
{
    private readonly int _n;
    private readonly double[] _products;
    private readonly double[] _schur;
    private readonly double[] _lower;
    private readonly double[] _scaled;
    private readonly double[] _diagonal;
    private readonly double[] _schurWorkspace;

    public LimitedMemory(int unknowns, int capacity)
    {
        (_n, Capacity) = (unknowns, capacity);
        Rows = new double[unknowns * Width];
        Gram = new double[Width * Width];
        _products = new double[Width];
        _schur = new double[capacity * capacity];
        _lower = new double[capacity * capacity];
        _scaled = new double[capacity * capacity];
        _diagonal = new double[capacity];
        _schurWorkspace = new double[Math.Max(
            CholeskyFactorization.WorkspaceLength<double>(capacity), CholeskyFactorization.SolveWorkspaceLength<double>(capacity, 1))];
    }

    /// <summary>How many pairs fit.</summary>
    public int Capacity { get; }

    /// <summary>How many pairs there are.</summary>
    public int Count { get; private set; }

    /// <summary>The length of vectors of W's column space.</summary>
    public int Width => 2 * Capacity;

    /// <summary>theta, the curvature where nothing is remembered.</summary>
    public double Theta { get; private set; } = 1;

    /// <summary>[Y S], a row an unknown.</summary>
    public double[] Rows { get; }

    /// <summary>[Y S]^T [Y S].</summary>
    public double[] Gram { get; }

    /// <summary>Whether the curvature along a step is positive enough to be remembered.</summary>
    public static bool IsCurved(double curvature, double step, double change) => curvature > 1e-10 * Math.Sqrt(step) * Math.Sqrt(change);

    /// <summary>Forgets all pairs.</summary>
    public void Clear(double theta)
    {
        Array.Clear(Rows);
        Array.Clear(Gram);
        (Count, Theta) = (0, theta);
    }

    /// <summary>Remembers a step and the change of the gradient, and forgets the oldest pair if memory is full.</summary>
    public void Add(ReadOnlySpan<double> step, ReadOnlySpan<double> change)
    {
        double curvature = Vectors.Dot(step, change);
        double squared = Vectors.Dot(change, change);
        if (!IsCurved(curvature, Vectors.Dot(step, step), squared))
        {
            return;
        }

        if (Count == Capacity)
        {
            Shift();
        }

        int k = Count++;
        for (int i = 0; i < _n; i++)
        {
            Rows[(i * Width) + k] = change[i];
            Rows[(i * Width) + Capacity + k] = step[i];
        }

        Multiply(change, k);
        Multiply(step, Capacity + k);
        Theta = squared / curvature;
    }

    /// <summary>Factors what <see cref="Middle"/> needs: theta S^T S + L D^-1 L^T.</summary>
    /// <returns>Whether it is positive definite; it is but for rounding.</returns>
    public bool Factor()
    {
        int count = Count;
        for (int i = 0; i < count; i++)
        {
            _diagonal[i] = StepChange(i, i);
            Span<double> row = _lower.AsSpan(i * count, count);
            Span<double> scaled = _scaled.AsSpan(i * count, count);
            for (int j = 0; j < i; j++)
            {
                row[j] = StepChange(i, j);
                scaled[j] = row[j] / _diagonal[j];
            }

            for (int j = 0; j <= i; j++)
            {
                _schur[(i * count) + j] = (Theta * Gram[((Capacity + i) * Width) + Capacity + j]) + Vectors.Dot(scaled[..j], _lower.AsSpan(j * count, j));
            }
        }

        return count == 0 || CholeskyFactorization.TryFactor(_schur.AsSpan(0, count * count), count, _schurWorkspace);
    }

    /// <summary>M v, after <see cref="Factor"/>, by elimination of Y's part.</summary>
    public void Middle(ReadOnlySpan<double> v, Span<double> result)
    {
        int count = Count;
        result.Clear();
        Span<double> right = result.Slice(Capacity, count);
        for (int i = 0; i < count; i++)
        {
            right[i] = v[Capacity + i] + Vectors.Dot(_scaled.AsSpan(i * count, i), v[..i]);
        }

        CholeskyFactorization.Solve<double>(_schur.AsSpan(0, count * count), count, right, 1, _schurWorkspace);
        for (int j = 0; j < count; j++)
        {
            result[j] = -v[j] / _diagonal[j];
            Vectors.Add(right[j], _scaled.AsSpan(j * count, j), result);
        }
    }

    /// <summary>W^T v.</summary>
    public void TransposedTimes(ReadOnlySpan<double> v, Span<double> result)
    {
        Vectors.TransposedTimes(Rows, v, result);
        ScaleSteps(result);
    }

    /// <summary>Row i of W.</summary>
    public void Row(int i, Span<double> row)
    {
        Rows.AsSpan(i * Width, Width).CopyTo(row);
        ScaleSteps(row);
    }

    /// <summary>Multiplies S's part by theta: [Y S] becomes W.</summary>
    public void ScaleSteps(Span<double> v)
    {
        for (int k = Capacity; k < v.Length; k++)
        {
            v[k] *= Theta;
        }
    }

    /// <summary>s_i . y_j.</summary>
    public double StepChange(int i, int j) => Gram[((Capacity + i) * Width) + j];

    private void Multiply(ReadOnlySpan<double> column, int index)
    {
        Vectors.TransposedTimes(Rows, column, _products);
        for (int k = 0; k < Width; k++)
        {
            Gram[(k * Width) + index] = Gram[(index * Width) + k] = _products[k];
        }
    }

    /// <summary>Drops the oldest pair. What moves in from the next row is overwritten by the new pair.</summary>
    private void Shift()
    {
        Rows.AsSpan(1).CopyTo(Rows);
        Gram.AsSpan(Width + 1).CopyTo(Gram);
        Count--;
    }
}
