namespace Retrodict.Autodiff;

/// <summary>How <see cref="Value.Resize"/> finds values between samples.</summary>
public enum Interpolation
{
    /// <summary>The sample in whose cell the position lies.</summary>
    Nearest,

    /// <summary>
    /// Linear between the two neighboring samples along every axis (bilinear, trilinear); beyond the outermost samples, theirs.
    /// </summary>
    Linear,
}
