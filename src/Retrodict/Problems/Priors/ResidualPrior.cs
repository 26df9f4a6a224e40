using Retrodict.Autodiff;

namespace Retrodict;

/// <summary>A prior of one's own: any traced function whose half sum of squares is minus the logarithm of the density.</summary>
public sealed class ResidualPrior : Prior
{
    private readonly Func<Value, Value> _residual;

    /// <summary>A prior from its residual rows.</summary>
    /// <param name="residual">The rows r(x), of any shape, for x in the shape of the problem's unknown. Traced once for every problem it is
    /// given to.</param>
    public ResidualPrior(Func<Value, Value> residual)
    {
        ArgumentNullException.ThrowIfNull(residual);
        _residual = residual;
    }

    /// <summary>Null: what its function accepts decides.</summary>
    public override int? Unknowns => null;

    private protected override Value Rows(Value x) => _residual(x);
}
