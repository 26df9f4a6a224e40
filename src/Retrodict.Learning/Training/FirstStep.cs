namespace Retrodict.Learning;

/// <summary>
/// What a training's first step sees: loss, terms and the gradient's norm at its start, on its first batch. All that decides a training
/// (data, sampler, seed, basis, forward model, start) is in these numbers, so a checkpoint keeps them to tell whose it is.
/// </summary>
/// <param name="Numbers">The loss, the terms, and the norm of the gradient.</param>
internal sealed record FirstStep(double[] Numbers)
{
    /// <summary>Processors round single precision differently; another seed changes far more.</summary>
    private const double Tolerance = 1e-4;

    /// <summary>Whether two trainings begin alike.</summary>
    public bool IsLike(FirstStep other) => Numbers.Length == other.Numbers.Length && Numbers.Zip(other.Numbers).All(Agree);

    private static bool Agree((double First, double Second) pair) =>
        pair.First.Equals(pair.Second)
        || Math.Abs(pair.First - pair.Second) <= Tolerance * Math.Max(Math.Abs(pair.First), Math.Abs(pair.Second));
}
