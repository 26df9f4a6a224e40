namespace Retrodict.Catalogue;

/// <summary>How many samples each part of a problem's data has.</summary>
/// <param name="Train">Samples for training.</param>
/// <param name="Validation">Samples for validation.</param>
/// <param name="Test">Samples for testing.</param>
public sealed record SplitSizes(int Train, int Validation, int Test)
{
    /// <summary>The number of samples of a part.</summary>
    /// <param name="split">The part.</param>
    public int this[Split split] => split switch
    {
        Split.Train => Train,
        Split.Validation => Validation,
        Split.Test => Test,
        _ => throw new ArgumentOutOfRangeException(nameof(split), split, "There is no such split."),
    };
}
