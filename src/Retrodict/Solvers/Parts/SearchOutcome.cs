namespace Retrodict.Solvers;

/// <summary>What a search for the next point ended with.</summary>
public enum SearchOutcome
{
    /// <summary>The trial is the next point. It has been evaluated and is finite.</summary>
    Accepted,

    /// <summary>No trial was good enough.</summary>
    Exhausted,

    /// <summary>No trial was even finite.</summary>
    NonFinite,

    /// <summary>The point stays where it is, but the direction has changed its mind: it is to be asked again.</summary>
    Again,

    /// <summary>A limit of the solve forbade another trial: see <see cref="Trial.MayEvaluate"/>.</summary>
    Stopped,
}
