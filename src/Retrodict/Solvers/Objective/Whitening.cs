using System.Buffers;
using Retrodict.Autodiff;
using Retrodict.Autodiff.LinearAlgebra;

namespace Retrodict.Solvers;

/// <summary>
/// From a misfit F(x) - y to residual rows in units of the noise: components that were not observed are left out, the others divided by
/// their deviation or, with a covariance L L^T, solved with L. And back, for measures in other units. Immutable.
/// </summary>
internal sealed class Whitening
{
    private readonly int _columns;
    private readonly int[]? _observed;
    private readonly double[] _deviation;
    private readonly double[] _scale;
    private readonly double[]? _factor;

    public Whitening(InverseProblem problem)
    {
        int[] observed = [.. Enumerable.Range(0, problem.Observations).Where(problem.IsObserved)];
        Noise noise = problem.Noise.Of(observed);
        Rows = observed.Length;
        _columns = problem.Observations;
        _observed = Rows == problem.Observations ? null : observed;
        _deviation = noise.Deviation.ToArray(Rows);
        _factor = noise.IsCorrelated ? noise.Factor.ToArray() : null;
        _scale = [.. observed.Select(i => problem.ObservationScale[i])];
    }

    /// <summary>The number of components that were observed.</summary>
    public int Rows { get; }

    /// <summary>The rows of a model's value and a measurement, both of one axis.</summary>
    public Value Apply(Value model, Value observation)
    {
        Value misfit = Observed(model) - Observed(observation);
        return _factor is null
            ? misfit * Value.Constant([.. _deviation.Select(deviation => 1 / deviation)])
            : Value.SolveTriangular(Value.Constant(_factor, [Rows, Rows]), misfit);
    }

    /// <summary>The matrix that <see cref="Apply"/> multiplies misfits with, [rows, m] row-major, m being the model's
    /// observations.</summary>
    public double[] ToMatrix()
    {
        var matrix = new double[Rows * _columns];
        for (int i = 0; i < Rows; i++)
        {
            matrix[(i * _columns) + (_observed is null ? i : _observed[i])] = _factor is null ? 1 / _deviation[i] : 1;
        }

        if (_factor is not null)
        {
            TriangularSolve.Lower<double>(
                _factor, Rows, matrix, _columns, new double[TriangularSolve.WorkspaceLength<double>(Rows, _columns)]);
        }

        return matrix;
    }

    /// <summary>The length of the whitened measurement.</summary>
    public double Length(ReadOnlySpan<double> observation)
    {
        double[] memory = ArrayPool<double>.Shared.Rent(Rows + (_factor is null ? 0 : TriangularSolve.WorkspaceLength<double>(Rows, 1)));
        Span<double> whitened = memory.AsSpan(0, Rows);
        for (int i = 0; i < Rows; i++)
        {
            double y = observation[_observed is null ? i : _observed[i]];
            whitened[i] = _factor is null ? y / _deviation[i] : y;
        }

        if (_factor is not null)
        {
            TriangularSolve.Lower<double>(_factor, Rows, whitened, 1, memory.AsSpan(Rows));
        }

        double sum = 0;
        foreach (double w in whitened)
        {
            sum += w * w;
        }

        ArrayPool<double>.Shared.Return(memory);
        return Math.Sqrt(sum);
    }

    /// <summary>Root mean square of the misfit over the observation scale, from its rows.</summary>
    public double Normalized(ReadOnlySpan<double> rows)
    {
        double sum = 0;
        for (int i = 0; i < Rows; i++)
        {
            double normalized = _factor is null ? rows[i] * (_deviation[i] / _scale[i]) : Misfit(rows, i) / _scale[i];
            sum += normalized * normalized;
        }

        return Math.Sqrt(sum / Rows);
    }

    /// <summary>The misfit from its rows.</summary>
    public void Misfit(ReadOnlySpan<double> rows, Span<double> misfit)
    {
        for (int i = 0; i < Rows; i++)
        {
            misfit[i] = _factor is null ? rows[i] * _deviation[i] : Misfit(rows, i);
        }
    }

    /// <summary>The component of the measurement that a row is of; with a covariance, the last one that enters it.</summary>
    public int Component(int row) => _observed is null ? row : _observed[row];

    /// <summary>A component of the misfit, L times the rows.</summary>
    private double Misfit(ReadOnlySpan<double> rows, int component)
    {
        ReadOnlySpan<double> factor = _factor.AsSpan(component * Rows, component + 1);
        double sum = 0;
        for (int j = 0; j < factor.Length; j++)
        {
            sum += factor[j] * rows[j];
        }

        return sum;
    }

    private Value Observed(Value components) => _observed is null ? components : components.Gather(0, _observed);
}
