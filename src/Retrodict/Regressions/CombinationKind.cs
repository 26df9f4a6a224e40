namespace Retrodict;

/// <summary>How the weights of a <see cref="DeterminedCombination"/> are meant.</summary>
public enum CombinationKind
{
    /// <summary>The sum of weight times parameter. The model was seen to be the same along it.</summary>
    Sum,

    /// <summary>The product of parameters to the power of their weights. The model was seen to be the same along it.</summary>
    Product,

    /// <summary>The sum of weight times the relative change of a parameter, which holds for small changes alone.</summary>
    RelativeChanges,

    /// <summary>The sum of weight times the change of a parameter, which holds for small changes alone.</summary>
    Changes,
}
