namespace Retrodict;

/// <summary>How a second-order method solves its linear least-squares problems.</summary>
public enum LinearSolver
{
    /// <summary>Normal equations by Cholesky where their condition allows it, else QR. The default.</summary>
    Automatic,

    /// <summary>Dense QR with column pivoting: the most accurate, about four times the work of Cholesky or more.</summary>
    Qr,

    /// <summary>Normal equations by Cholesky alone: where they are singular to rounding, Levenberg-Marquardt shortens the step and
    /// Gauss-Newton takes a scaled gradient step.</summary>
    Cholesky,

    /// <summary>LSMR (Fong and Saunders 2011): products with J and J^T alone, inexact far from the solution; memory grows with the number
    /// of unknowns, not with its square. The lengths of J's columns, which scaling and the optimality measure need, are estimates from
    /// random probes.</summary>
    Lsmr,

    /// <summary>Conjugate gradients on the normal equations, without forming them: like <see cref="Lsmr"/>, a little cheaper and a little
    /// less accurate.</summary>
    ConjugateGradients,
}
