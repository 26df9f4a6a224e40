using Retrodict.Autodiff;
using Retrodict.Numerics;

namespace Retrodict;

/// <summary>The points about x at which a black box is run for a derivative, and what came of it. For one thread at a time.</summary>
internal sealed class DifferenceStencil(int unknowns, int observations)
{
    private readonly double[] _x = new double[unknowns];
    private readonly double[] _moved = new double[unknowns];
    private readonly double[] _center = new double[observations];
    private readonly double[] _first = new double[observations];
    private readonly double[] _second = new double[observations];
    private readonly double[] _column = new double[observations];
    private ExternalFunction? _model;
    private ModelRuns? _runs;
    private bool _hasCenter;

    public ReadOnlySpan<double> X => _x;

    /// <summary>F(x), after <see cref="RunCenter"/>.</summary>
    public ReadOnlySpan<double> Center => _center;

    /// <summary>Whether F(x) is not finite.</summary>
    public bool CenterFailed { get; private set; }

    /// <summary>F at one more point.</summary>
    public double[] First => _first;

    /// <summary>F at another one.</summary>
    public double[] Second => _second;

    /// <summary>The derivative by an unknown.</summary>
    public Span<double> Column => _column;

    public bool Fits(int n, int m) => n == _x.Length && m == _column.Length;

    public void Begin(ExternalFunction model, ReadOnlySpan<double> x, ModelRuns? runs)
    {
        (_model, _runs, _hasCenter) = (model, runs, false);
        x.CopyTo(_x);
        x.CopyTo(_moved);
    }

    /// <summary>Takes F(x) from another one, if it has been run there.</summary>
    public void ShareCenter(DifferenceStencil other)
    {
        other._center.CopyTo(_center, 0);
        (_hasCenter, CenterFailed) = (other._hasCenter, other.CenterFailed);
    }

    /// <summary>Runs the model at x, once.</summary>
    public void RunCenter()
    {
        if (!_hasCenter)
        {
            CenterFailed = Run(_x, _center);
            _hasCenter = true;
        }
    }

    /// <summary>Runs the model with one unknown moved.</summary>
    /// <returns>Where the unknown was moved to, and whether the model was not finite there.</returns>
    public (double At, bool Failed) RunAt(int unknown, double value, double[] y)
    {
        _moved[unknown] = value;
        try
        {
            return (value, Run(_moved, y));
        }
        finally
        {
            _moved[unknown] = _x[unknown];
        }
    }

    private bool Run(double[] x, double[] y)
    {
        _runs?.Take();
        Array.Clear(y);
        _model!(x, y);
        return !double.IsFinite(Vectors.Largest(y));
    }
}
