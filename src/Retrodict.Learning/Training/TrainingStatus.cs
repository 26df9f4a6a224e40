namespace Retrodict.Learning;

/// <summary>Why a training ended.</summary>
public enum TrainingStatus
{
    /// <summary>Nothing has been trained.</summary>
    None,

    /// <summary>All steps were taken.</summary>
    Completed,

    /// <summary>Validation found nothing better for <see cref="TrainingOptions.Patience"/> times.</summary>
    EarlyStopped,

    /// <summary>The time was up.</summary>
    TimeLimit,

    /// <summary>The caller cancelled it.</summary>
    Cancelled,

    /// <summary>The loss or its gradient was not finite. The parameters were left as they were before that step.</summary>
    NonFinite,
}
