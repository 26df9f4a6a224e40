namespace Retrodict.Autodiff;

/// <summary>How a linear system given by products alone is solved: restarted GMRES (Saad and Schultz 1986).</summary>
public sealed record KrylovOptions
{
    /// <summary>
    /// Solved when the residual is at most this times the right side. Null, the default, is 1e-12 for double and 1e-6 for float.
    /// </summary>
    public double? Tolerance { get; init; }

    /// <summary>The number of vectors kept before a restart; default 30, and never more than unknowns.</summary>
    public int Restart { get; init; } = 30;

    /// <summary>The most products; default 1000. A system that needs more gives NaN.</summary>
    public int MaxProducts { get; init; } = 1000;
}
