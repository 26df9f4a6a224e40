namespace Retrodict.Solvers;

/// <summary>
/// Products with the inverse of the limited-memory BFGS matrix by the two-loop recursion (Nocedal and Wright, algorithm 7.4) from the initial matrix s.y / y.y of the
/// last pair (eq. 7.20). Steps along which the curvature is not positive are not remembered.
/// </summary>
internal sealed class TwoLoopRecursion(int unknowns, int capacity)
{
    // Rings of rows, the newest at _newest.
    private readonly double[] _steps = new double[capacity * unknowns];
    private readonly double[] _changes = new double[capacity * unknowns];
    private readonly double[] _curvature = new double[capacity];
    private readonly double[] _weights = new double[capacity];
    private int _newest;

    /// <summary>How many pairs are remembered.</summary>
    public int Count { get; private set; }

    public void Clear() => (_newest, Count) = (0, 0);

    /// <summary>Remembers a step and the change of the gradient, in place of the oldest pair if memory is full.</summary>
    /// <returns>Whether it was worth it.</returns>
    public bool Add(ReadOnlySpan<double> step, ReadOnlySpan<double> change)
    {
        double curvature = Vectors.Dot(step, change);
        if (!LimitedMemory.IsCurved(curvature, Vectors.Dot(step, step), Vectors.Dot(change, change)))
        {
            return false;
        }

        _newest = (_newest + 1) % capacity;
        Count = Math.Min(Count + 1, capacity);
        step.CopyTo(Step(0));
        change.CopyTo(Change(0));
        _curvature[_newest] = curvature;
        return true;
    }

    /// <summary>The step before the last <paramref name="age"/> ones.</summary>
    public Span<double> Step(int age) => _steps.AsSpan(Row(age) * unknowns, unknowns);

    /// <summary>The change of the gradient along it.</summary>
    public Span<double> Change(int age) => _changes.AsSpan(Row(age) * unknowns, unknowns);

    /// <summary>d := H d, with at least one pair.</summary>
    public void Apply(Span<double> d)
    {
        for (int age = 0; age < Count; age++)
        {
            double weight = _weights[age] = Vectors.Dot(Step(age), d) / _curvature[Row(age)];
            Vectors.Add(-weight, Change(age), d);
        }

        double scale = _curvature[_newest] / Vectors.Dot(Change(0), Change(0));
        for (int i = 0; i < d.Length; i++)
        {
            d[i] *= scale;
        }

        for (int age = Count - 1; age >= 0; age--)
        {
            Vectors.Add(_weights[age] - (Vectors.Dot(Change(age), d) / _curvature[Row(age)]), Step(age), d);
        }
    }

    private int Row(int age) => (_newest - age + capacity) % capacity;
}
