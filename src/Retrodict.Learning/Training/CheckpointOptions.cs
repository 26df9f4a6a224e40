namespace Retrodict.Learning;

/// <summary>
/// A file that holds all of a training's state, so that one that was killed goes on and ends with the same bits. It is written beside its place and renamed, so
/// it is always whole.
/// </summary>
/// <param name="Path">The file, in the safetensors format.</param>
public sealed record CheckpointOptions(string Path)
{
    private readonly long _every = 1000;

    /// <summary>Steps from one writing to the next, at least 1. Default 1000. The end of a training, for whatever reason, is written too.</summary>
    public long Every
    {
        get => _every;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(Every));
            _every = value;
        }
    }

    /// <summary>
    /// Whether to go on from the file if there is one; else it is replaced. Default false. The batch source and the validation must be those of the training
    /// that wrote it; parameters, objective and options are checked.
    /// </summary>
    public bool Resume { get; init; }
}
