namespace Retrodict;

/// <summary>How a second-order method solves its linear least-squares problems.</summary>
public enum LinearSolver
{
    /// <summary>Normal equations by Cholesky where their condition allows it, else QR. The default.</summary>
    Automatic,

    /// <summary>Dense QR with column pivoting: the most accurate, about four times the work of Cholesky or more.</summary>
    Qr,

    /// <summary>Normal equations by Cholesky alone: fails, with a shorter step, where they are singular to rounding.</summary>
    Cholesky,
}
