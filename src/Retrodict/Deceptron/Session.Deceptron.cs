namespace Retrodict;

/// <content>What is asked of a learned local inverse.</content>
public sealed partial class Session
{
    /// <summary>The learned reverse map of methods that have one.</summary>
    internal LearnedInverse? Inverse { get; init; }

    /// <summary>Holds the learned local inverse against the model's own derivatives at a point, with dense Jacobians: how far its steps are
    /// from Gauss-Newton steps, and how far they can be. Costs n products with the model's Jacobian and a singular value
    /// decomposition.</summary>
    /// <param name="observation">The measurement y, of length m, row-major.</param>
    /// <param name="x">The point, of length n, inside the box.</param>
    /// <exception cref="InvalidOperationException">The session's method has no reverse map.</exception>
    /// <exception cref="ArgumentException">A length does not fit the problem, or an entry is not finite.</exception>
    public LearnedCertificate Certify(ReadOnlySpan<double> observation, ReadOnlySpan<double> x)
    {
        LearnedInverse inverse = Inverse ?? throw new InvalidOperationException(
            "Only sessions of methods with a reverse map have a certificate.");
        RequireFinite(observation, Problem.Observations, nameof(observation), "the forward model's observation");
        RequireFinite(x, Problem.Unknowns, nameof(x), "the unknown");
        return new Certification(inverse, observation, x).Certificate();
    }
}
