namespace Retrodict.Solvers;

/// <summary>
/// The limited-memory BFGS direction without bounds, by the two-loop recursion (Nocedal and Wright, algorithm 7.4) from the initial matrix s.y / y.y (eq. 7.20);
/// the first step is Cauchy's. Steps along which the curvature is not positive are not remembered.
/// </summary>
internal sealed class LbfgsDirection(LeastSquares model, int memory) : FirstOrderDirection(model)
{
    private readonly int _n = model.Unknowns;
    private readonly double[] _x = new double[model.Unknowns];
    private readonly double[] _slope = new double[model.Unknowns];

    // Rings of rows, the newest at _newest.
    private readonly double[] _moved = new double[memory * model.Unknowns];
    private readonly double[] _changed = new double[memory * model.Unknowns];
    private readonly double[] _curvature = new double[memory];
    private readonly double[] _weights = new double[memory];
    private int _newest;
    private int _count;

    public override void Begin()
    {
        base.Begin();
        (_newest, _count) = (0, 0);
    }

    protected override bool Determine(Iterate iterate)
    {
        if (!Fresh)
        {
            Remember(iterate);
        }

        iterate.X.CopyTo(_x, 0);
        Slope.CopyTo(_slope, 0);
        SteepestDescent(iterate);
        bool finite = true;
        if (_count == 0)
        {
            finite = !double.IsNaN(ScaleToMinimizer(iterate));
        }
        else
        {
            Recur(iterate.Direction);
        }

        iterate.PredictedDecrease = -0.5 * Vectors.Dot(iterate.Gradient, iterate.Direction);
        return finite;
    }

    private void Remember(Iterate iterate)
    {
        int row = (_newest + 1) % memory;
        Span<double> s = Row(_moved, row);
        Span<double> y = Row(_changed, row);
        Vectors.Subtract(iterate.X, _x, s);
        Vectors.Subtract(Slope, _slope, y);
        double curvature = Vectors.Dot(s, y);
        if (!LimitedMemory.IsCurved(curvature, Vectors.Dot(s, s), Vectors.Dot(y, y)))
        {
            // The row may have held the oldest pair.
            _count = Math.Min(_count, memory - 1);
            return;
        }

        _curvature[row] = curvature;
        (_newest, _count) = (row, Math.Min(_count + 1, memory));
    }

    /// <summary>d := H d.</summary>
    private void Recur(Span<double> d)
    {
        for (int k = 0; k < _count; k++)
        {
            int row = (_newest - k + memory) % memory;
            _weights[row] = Vectors.Dot(Row(_moved, row), d) / _curvature[row];
            Vectors.Add(-_weights[row], Row(_changed, row), d);
        }

        Span<double> y = Row(_changed, _newest);
        double scale = _curvature[_newest] / Vectors.Dot(y, y);
        for (int i = 0; i < d.Length; i++)
        {
            d[i] *= scale;
        }

        for (int k = _count - 1; k >= 0; k--)
        {
            int row = (_newest - k + memory) % memory;
            Vectors.Add(_weights[row] - (Vectors.Dot(Row(_changed, row), d) / _curvature[row]), Row(_moved, row), d);
        }
    }

    private Span<double> Row(double[] rows, int row) => rows.AsSpan(row * _n, _n);
}
