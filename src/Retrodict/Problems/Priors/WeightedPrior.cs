using Retrodict.Autodiff;

namespace Retrodict;

/// <summary>A prior whose functional is multiplied by a number.</summary>
internal sealed class WeightedPrior(Prior prior, double weight) : Prior
{
    public override int? Unknowns => prior.Unknowns;

    public override double Weight => weight;

    public override Prior Weighted(double weight) => new WeightedPrior(prior, RequireWeight(Weight * RequireWeight(weight)));

    private protected override Value Rows(Value x) => prior.Residual(x) * Math.Sqrt(weight);
}
