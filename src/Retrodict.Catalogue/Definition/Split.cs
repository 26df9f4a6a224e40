namespace Retrodict.Catalogue;

/// <summary>What a part of a problem's data is for. The parts are drawn from random streams of their own and share no sample.</summary>
public enum Split
{
    /// <summary>For training and for the prior. Problem statistics are those of this part.</summary>
    Train,

    /// <summary>For choosing among trained models and for early stopping.</summary>
    Validation,

    /// <summary>For results alone.</summary>
    Test,
}
