namespace Retrodict.Learning;

/// <summary>The numbers that all elements of one step of Adam share.</summary>
internal readonly struct AdamFactors
{
    /// <summary>Of the parameter in the gradient.</summary>
    public float Penalty { get; init; }

    /// <summary>By how much of itself the parameter is moved before the step: -lr decay, or 0.</summary>
    public float Shrink { get; init; }

    /// <summary>1 - beta1.</summary>
    public float FirstGain { get; init; }

    /// <summary>beta2.</summary>
    public float SecondDecay { get; init; }

    /// <summary>1 - beta2.</summary>
    public float SecondGain { get; init; }

    /// <summary>1 / sqrt(1 - beta2^t).</summary>
    public float InverseRoot { get; init; }

    /// <summary>epsilon.</summary>
    public float Epsilon { get; init; }

    /// <summary>-lr / (1 - beta1^t).</summary>
    public float Length { get; init; }
}
