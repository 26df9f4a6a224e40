using Retrodict.Autodiff;
using Retrodict.Randomness;

namespace Retrodict.Checks;

/// <summary>The measurements of <see cref="DerivativeCheck"/>, at one point at a time.</summary>
internal sealed class DerivativeProbe
{
    /// <summary>Points keep this fraction of a box's width from its faces, so that differences stay inside.</summary>
    private const double Margin = 0.02;

    /// <summary>At most so many rows and columns of the Jacobian are compared entry by entry.</summary>
    private const int MaxLines = 16;

    private static readonly double[] _steps = [1e-2, 1e-3, 1e-4, 1e-5, 1e-6];

    private readonly InverseProblem _problem;
    private readonly RandomStream _stream;
    private readonly Plan<double> _forward;
    private readonly Plan<double> _jvp;
    private readonly Plan<double> _vjp;
    private readonly Plan<float> _singleJvp;
    private readonly double[] _center;
    private readonly double[] _width;
    private readonly double[] _x;
    private readonly double[] _direction;
    private readonly double[] _weights;
    private double[] _value = [];
    private double[] _product = [];

    /// <param name="problem">Says where points lie.</param>
    /// <param name="function">What is measured: its forward model, or its prior's rows.</param>
    /// <param name="seed">The seed of points and directions.</param>
    public DerivativeProbe(InverseProblem problem, Function function, ulong seed)
    {
        _problem = problem;
        _stream = new RandomStream(seed, "derivative-check");
        _forward = function.Compile<double>();
        Function jvp = function.Jvp();
        _jvp = jvp.Compile<double>();
        _singleJvp = jvp.Compile<float>();
        _vjp = function.Vjp().Compile<double>();
        _x = new double[problem.Unknowns];
        _direction = new double[problem.Unknowns];
        _weights = new double[function.Outputs[0].Shape.ElementCount];
        (_center, _width) = Region(problem);
    }

    /// <summary>Draws point, direction v and cotangent w, and evaluates F and J v there.</summary>
    public void MoveTo(int point)
    {
        RandomStream stream = _stream.At(point);
        for (int i = 0; i < _x.Length; i++)
        {
            (double lower, double upper) = (_problem.Bounds.Lower(i), _problem.Bounds.Upper(i));
            bool bounded = double.IsFinite(upper - lower);
            double margin = Math.Min(Margin * _width[i], (upper - lower) / 2);
            double drawn = bounded ? stream.NextUniform(lower, Math.BitIncrement(upper)) : _center[i] + (_width[i] * stream.NextNormal());
            _x[i] = Math.Max(lower + margin, Math.Min(upper - margin, drawn));
            _direction[i] = _width[i] * stream.NextUniform(-1, 1);
        }

        stream.FillNormal(_weights.AsSpan());
        double[][] results = _jvp.Evaluate(_x, _direction);
        (_value, _product) = (results[0], results[1]);
    }

    /// <summary>J v against central differences, relative, with the best of several steps.</summary>
    public double Differences()
    {
        double best = double.NaN;
        foreach (double step in _steps)
        {
            double[] above = _forward.Evaluate(Shifted(step))[0];
            double[] below = _forward.Evaluate(Shifted(-step))[0];
            double error = Relative([.. above.Zip(below, (a, b) => (a - b) / (2 * step))], _product);
            best = double.IsNaN(best) ? error : Math.Min(best, double.IsNaN(error) ? best : error);
        }

        return best;
    }

    /// <summary>The adjoint identity's error.</summary>
    public double Adjoint()
    {
        double[] pulled = _vjp.Evaluate(_x, _weights)[1];
        double size = Math.Sqrt(Dot(_product, _product) * Dot(_weights, _weights));
        double difference = Math.Abs(Dot(_product, _weights) - Dot(_direction, pulled));
        return difference == 0 ? 0 : difference / size;
    }

    /// <summary>F in float32 against float64.</summary>
    public double SingleValue() => Relative(Single()[0], _value);

    /// <summary>J v in float32 against float64.</summary>
    public double SingleProduct() => Relative(Single()[1], _product);

    /// <summary>Entries of J at the current point from forward and from reverse mode: spread rows against spread columns, relative to the
    /// largest.</summary>
    public double Entries(CancellationToken cancellation)
    {
        int[] columns = Spread(_x.Length);
        int[] rows = Spread(_weights.Length);
        double[][] forward = [.. columns.Select(column => _jvp.Evaluate(_x, Unit(_x.Length, column))[1])];
        cancellation.ThrowIfCancellationRequested();
        double largest = 0, worst = 0;
        foreach (int row in rows)
        {
            double[] reverse = _vjp.Evaluate(_x, Unit(_weights.Length, row))[1];
            for (int c = 0; c < columns.Length; c++)
            {
                largest = Math.Max(largest, Math.Abs(reverse[columns[c]]));
                worst = Math.Max(worst, Math.Abs(forward[c][row] - reverse[columns[c]]));
            }
        }

        return worst == 0 ? 0 : worst / largest;
    }

    /// <summary>At how many of so many points F or J v is not finite.</summary>
    public int NonFinite(int points, CancellationToken cancellation)
    {
        int count = 0;
        for (int point = 0; point < points; point++)
        {
            cancellation.ThrowIfCancellationRequested();
            MoveTo(point);
            count += _value.All(double.IsFinite) && _product.All(double.IsFinite) ? 0 : 1;
        }

        return count;
    }

    private static (double[] Center, double[] Width) Region(InverseProblem problem)
    {
        int n = problem.Unknowns;
        var center = new double[n];
        var width = new double[n];
        for (int i = 0; i < n; i++)
        {
            double bounds = problem.Bounds.Upper(i) - problem.Bounds.Lower(i);
            if (double.IsFinite(bounds))
            {
                width[i] = bounds;
                continue;
            }

            width[i] = 1;
            if (problem.Prior is GaussianPrior prior)
            {
                center[i] = prior.Mean[i];
                ReadOnlySpan<double> row = prior.Factor.Slice(i * n, n);
                width[i] = Math.Sqrt(Dot(row, row));
            }
        }

        return (center, width);
    }

    /// <summary>‖a - b‖ / max(‖a‖, ‖b‖), zero where both are equal.</summary>
    private static double Relative(double[] a, double[] b)
    {
        double[] difference = [.. a.Zip(b, (p, q) => p - q)];
        double squares = Dot(difference, difference);
        return squares == 0 ? 0 : Math.Sqrt(squares / Math.Max(Dot(a, a), Dot(b, b)));
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    private static int[] Spread(int length)
    {
        int count = Math.Min(length, MaxLines);
        return [.. Enumerable.Range(0, count).Select(i => (int)((long)i * length / count))];
    }

    private static double[] Unit(int length, int index)
    {
        var unit = new double[length];
        unit[index] = 1;
        return unit;
    }

    private double[] Shifted(double step) => [.. _x.Zip(_direction, (x, v) => x + (step * v))];

    private double[][] Single()
    {
        float[] x = [.. _x.Select(v => (float)v)];
        float[] direction = [.. _direction.Select(v => (float)v)];
        float[][] results = _singleJvp.Evaluate(x, direction);
        return [[.. results[0].Select(v => (double)v)], [.. results[1].Select(v => (double)v)]];
    }
}
