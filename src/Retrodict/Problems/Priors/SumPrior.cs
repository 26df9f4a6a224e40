using Retrodict.Autodiff;

namespace Retrodict;

/// <summary>Several priors at once.</summary>
internal sealed class SumPrior : Prior
{
    private readonly Prior[] _terms;

    public SumPrior(Prior[] terms)
    {
        if (terms.Length == 0)
        {
            throw new ArgumentException("A sum of priors needs at least one.", nameof(terms));
        }

        foreach (Prior term in terms)
        {
            ArgumentNullException.ThrowIfNull(term, nameof(terms));
            if (term.Unknowns is { } unknowns && unknowns != (Unknowns ??= unknowns))
            {
                throw new ArgumentException($"Priors on {Unknowns} and on {unknowns} unknowns do not add up.", nameof(terms));
            }
        }

        _terms = terms;
    }

    public override int? Unknowns { get; }

    private protected override Value Rows(Value x) => Value.Concatenate(0, [.. _terms.Select(term => term.Residual(x))]);
}
