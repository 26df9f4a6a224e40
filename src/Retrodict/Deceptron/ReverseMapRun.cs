namespace Retrodict;

/// <summary>Evaluations of a reverse map for one solve at a time.</summary>
internal abstract class ReverseMapRun
{
    /// <summary>g of a standardized observation.</summary>
    public abstract void Evaluate(ReadOnlySpan<double> observation, Span<double> unknown);

    /// <summary>J_g v.</summary>
    public abstract void Times(ReadOnlySpan<double> observation, ReadOnlySpan<double> tangent, Span<double> product);

    /// <summary>J v with the Jacobian of <see cref="ReverseMap.Gain"/>.</summary>
    public abstract void GainTimes(ReadOnlySpan<double> observation, ReadOnlySpan<double> tangent, Span<double> product);

    /// <summary>J_g, [n, m] row-major.</summary>
    public abstract void Jacobian(ReadOnlySpan<double> observation, Span<double> jacobian);

    /// <summary>The Jacobian of <see cref="ReverseMap.Gain"/>.</summary>
    public abstract void GainJacobian(ReadOnlySpan<double> observation, Span<double> jacobian);
}
