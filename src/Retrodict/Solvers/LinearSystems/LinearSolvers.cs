namespace Retrodict.Solvers;

/// <summary>What <see cref="LinearSolver"/> names.</summary>
internal static class LinearSolvers
{
    /// <summary>J as the method needs it, and the solver of the linear problems.</summary>
    public static (LinearizedResiduals Linearized, DampedSolver Solver) Create(
        LinearSolver linearSolver, Objective objective, bool cutsRank = true)
    {
        switch (linearSolver)
        {
            case LinearSolver.Lsmr:
                var lsmr = new JacobianProducts(objective);
                return (lsmr, new LsmrSolver(objective, lsmr));
            case LinearSolver.ConjugateGradients:
                var products = new JacobianProducts(objective);
                return (products, new ConjugateGradientSolver(objective, products));
            case LinearSolver.Automatic or LinearSolver.Qr or LinearSolver.Cholesky:
                var jacobian = new DenseJacobian(objective);
                return (jacobian, new DenseSolver(objective, jacobian, linearSolver, cutsRank));
            default:
                throw new ArgumentOutOfRangeException(
                    nameof(linearSolver), linearSolver, "The linear solver must be Automatic, Qr, Cholesky, Lsmr or ConjugateGradients.");
        }
    }
}
