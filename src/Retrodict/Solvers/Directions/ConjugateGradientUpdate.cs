namespace Retrodict;

/// <summary>How much of the last direction <see cref="NonlinearConjugateGradients"/> keeps.</summary>
public enum ConjugateGradientUpdate
{
    /// <summary>(y - 2 d y.y / d.y).g / d.y (Hager and Zhang 2005, SIAM J. Optim. 16, eq. 1.3), at least 0.4 g.d / d.d (Hager and Zhang
    /// 2013, SIAM J. Optim. 23): descends whatever the line search.</summary>
    HagerZhang,

    /// <summary>g.y over the last g.g, at least 0 (Polak and Ribière 1969, Powell 1984); restarted when successive gradients are far from
    /// orthogonal.</summary>
    PolakRibiere,
}
