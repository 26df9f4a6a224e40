namespace Retrodict;

/// <summary>What a parameter's value of a regression rests on.</summary>
public enum ParameterState
{
    /// <summary>It was fitted.</summary>
    Estimated,

    /// <summary>It was fitted and ended at a bound; the other estimates take it for given.</summary>
    AtBound,

    /// <summary>The data do not determine it: changes of it, together with others, leave the fit as it is.</summary>
    Undetermined,

    /// <summary>It was fixed beforehand.</summary>
    Fixed,
}
