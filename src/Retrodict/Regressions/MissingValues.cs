namespace Retrodict;

/// <summary>What becomes of rows without a value in a column that is needed.</summary>
public enum MissingValues
{
    /// <summary>They are refused, and the message says how many there are, and where.</summary>
    Refuse,

    /// <summary>They are left out.</summary>
    Skip,
}
