using System.Numerics;
using Retrodict.Autodiff;

namespace Retrodict.Solvers;

/// <summary>Products with J and J^T at one point after another: what does not depend on the vector is computed once a point.</summary>
/// <typeparam name="T">The element type of evaluations.</typeparam>
internal sealed class LinearizedProducts<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Workspace<T> _primal;
    private readonly Workspace<T> _linear;
    private readonly Workspace<T> _transposed;
    private readonly int _known;

    /// <param name="plans">The plans.</param>
    /// <param name="observation">The measurement, read whenever a point is set.</param>
    public LinearizedProducts(ObjectivePlans<T> plans, T[] observation)
    {
        (_primal, _linear, _transposed) = (plans.Linearized.Rent(), plans.Linear.Rent(), plans.Transposed.Rent());
        _primal.BindInput(1, observation);
        _known = plans.Linearized.Outputs.Count - 1;
        for (int i = 0; i < _known; i++)
        {
            var shared = new T[plans.Linearized.Outputs[i + 1].Shape.ElementCount];
            _primal.BindOutput(i + 1, shared);
            _linear.BindInput(i, shared);
            _transposed.BindInput(i, shared);
        }
    }

    /// <summary>Where the next point goes.</summary>
    public Span<T> Point => _primal.Input(0);

    /// <summary>Where the vector of the next <see cref="Times"/> goes.</summary>
    public Span<T> Tangent => _linear.Input(_known);

    /// <summary>Where the vector of the next <see cref="TransposedTimes"/> goes.</summary>
    public Span<T> Cotangent => _transposed.Input(_known);

    /// <summary>Linearizes at <see cref="Point"/>.</summary>
    public void Linearize() => _primal.Run();

    /// <summary>J times <see cref="Tangent"/>.</summary>
    public ReadOnlySpan<T> Times()
    {
        _linear.Run();
        return _linear.Output(0);
    }

    /// <summary>J^T times <see cref="Cotangent"/>.</summary>
    public ReadOnlySpan<T> TransposedTimes()
    {
        _transposed.Run();
        return _transposed.Output(0);
    }
}
