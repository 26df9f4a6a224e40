namespace Retrodict.Learning;

/// <summary>What is left out of a surrogate training, to see what it is good for.</summary>
public enum SurrogateAblation
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The Jacobian Composition Penalty.</summary>
    JacobianComposition,

    /// <summary>
    /// The Jacobian Composition Penalty and ‖V W - I‖², which for the affine module without an activation is the same on average.
    /// </summary>
    Compositions,

    /// <summary>A reverse weight of its own: V = Wᵀ.</summary>
    UntiedWeights,

    /// <summary>The reconstruction loss.</summary>
    Reconstruction,

    /// <summary>The cycle loss.</summary>
    Cycle,
}
