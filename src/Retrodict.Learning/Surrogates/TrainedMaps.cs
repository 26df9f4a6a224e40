namespace Retrodict.Learning;

/// <summary>Which maps a stage of surrogate training changes.</summary>
public enum TrainedMaps
{
    /// <summary>f and g.</summary>
    Both,

    /// <summary>f alone.</summary>
    Forward,

    /// <summary>g alone.</summary>
    Reverse,
}
