using Retrodict.Numerics;

namespace Retrodict.Solvers;

/// <summary>
/// The last steps and the changes of the gradient along them, oldest first. Pairs along which the curvature is not positive are not
/// remembered.
/// </summary>
internal sealed class CurvaturePairs(int unknowns, int capacity)
{
    // Rows of a window that moves through buffers of twice its length, so that its rows always lie in the order of time and are seldom
    // moved.
    private readonly double[] _steps = new double[2 * capacity * unknowns];
    private readonly double[] _changes = new double[2 * capacity * unknowns];
    private readonly double[] _curvatures = new double[2 * capacity];
    private readonly double[] _squares = new double[2 * capacity];
    private int _start;

    /// <summary>The number of unknowns.</summary>
    public int Unknowns => unknowns;

    /// <summary>How many pairs fit.</summary>
    public int Capacity => capacity;

    /// <summary>How many pairs there are.</summary>
    public int Count { get; private set; }

    /// <summary>How many pairs were remembered and are not any more; tells those who keep something of every pair how many to
    /// drop.</summary>
    public long Forgotten { get; private set; }

    /// <summary>S^T, a row a pair.</summary>
    public ReadOnlySpan<double> Steps => _steps.AsSpan(_start * unknowns, Count * unknowns);

    /// <summary>Y^T, a row a pair.</summary>
    public ReadOnlySpan<double> Changes => _changes.AsSpan(_start * unknowns, Count * unknowns);

    /// <summary>y.y / s.y of the newest pair.</summary>
    public double Scale => _squares[_start + Count - 1] / _curvatures[_start + Count - 1];

    /// <summary>s of a pair.</summary>
    public ReadOnlySpan<double> Step(int index) => _steps.AsSpan((_start + index) * unknowns, unknowns);

    /// <summary>y of a pair.</summary>
    public ReadOnlySpan<double> Change(int index) => _changes.AsSpan((_start + index) * unknowns, unknowns);

    /// <summary>s.y of a pair.</summary>
    public double Curvature(int index) => _curvatures[_start + index];

    /// <summary>Whether the curvature along a step is positive enough to be remembered.</summary>
    public static bool IsCurved(double curvature, double step, double change) => curvature > 1e-10 * Math.Sqrt(step) * Math.Sqrt(change);

    /// <summary>Forgets all pairs.</summary>
    public void Clear()
    {
        Forgotten += Count;
        (_start, Count) = (0, 0);
    }

    /// <summary>Remembers a step and the change of the gradient, in place of the oldest pair if memory is full.</summary>
    /// <returns>Whether it was worth it.</returns>
    public bool Add(ReadOnlySpan<double> step, ReadOnlySpan<double> change)
    {
        double curvature = Vectors.Dot(step, change);
        double square = Vectors.Dot(change, change);
        if (!IsCurved(curvature, Vectors.Dot(step, step), square))
        {
            return false;
        }

        if (Count == capacity)
        {
            (_start, Count, Forgotten) = (_start + 1, Count - 1, Forgotten + 1);
        }

        if (_start == capacity + 1)
        {
            MoveToFront();
        }

        int end = _start + Count++;
        step.CopyTo(_steps.AsSpan(end * unknowns));
        change.CopyTo(_changes.AsSpan(end * unknowns));
        (_curvatures[end], _squares[end]) = (curvature, square);
        return true;
    }

    private void MoveToFront()
    {
        Steps.CopyTo(_steps);
        Changes.CopyTo(_changes);
        _curvatures.AsSpan(_start, Count).CopyTo(_curvatures);
        _squares.AsSpan(_start, Count).CopyTo(_squares);
        _start = 0;
    }
}
