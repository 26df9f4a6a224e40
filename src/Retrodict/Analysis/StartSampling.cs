namespace Retrodict;

/// <summary>Where starts are drawn from.</summary>
public enum StartSampling
{
    /// <summary><see cref="Box"/> where every unknown has two finite bounds, else <see cref="Prior"/>.</summary>
    Automatic,

    /// <summary>A Latin hypercube in the box: of every unknown's interval, cut into as many equal parts as there are starts, each part
    /// holds one start (McKay, Beckman and Conover, Technometrics 21, 1979).</summary>
    Box,

    /// <summary>Draws from the prior; one outside of the box is moved to its nearest point.</summary>
    Prior,
}
