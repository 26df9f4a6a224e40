namespace Retrodict;

/// <summary>What a solve cost, counted exactly.</summary>
/// <param name="Model">Evaluations of the forward model, rejected trials and runs for finite differences included.</param>
/// <param name="Jvp">Jacobian-vector products; a dense Jacobian counts one a column, or <paramref name="Vjp"/> one a row.</param>
/// <param name="Vjp">Vector-Jacobian products.</param>
/// <param name="ReverseMap">Evaluations of a learned reverse map, products with its Jacobian included.</param>
/// <param name="LinearSolves">Linear systems or least-squares problems solved.</param>
public readonly record struct EvaluationCounts(long Model, long Jvp, long Vjp, long ReverseMap, long LinearSolves);
