namespace Retrodict.Solvers;

/// <summary>What <see cref="LinearSolver"/> names.</summary>
internal static class LinearSolvers
{
    /// <summary>J as the method needs it, and the solver of the linear problems.</summary>
    public static (LinearizedResiduals Linearized, DampedSolver Solver) Create(LinearSolver linearSolver, Objective model, bool cutsRank = true)
    {
        switch (linearSolver)
        {
            case LinearSolver.Lsmr:
                var lsmr = new JacobianProducts(model);
                return (lsmr, new LsmrSolver(model, lsmr));
            case LinearSolver.ConjugateGradients:
                var products = new JacobianProducts(model);
                return (products, new ConjugateGradientSolver(model, products));
            case LinearSolver.Automatic or LinearSolver.Qr or LinearSolver.Cholesky:
                var jacobian = new DenseJacobian(model);
                return (jacobian, new DenseSolver(model, jacobian, linearSolver, cutsRank));
            default:
                throw new ArgumentOutOfRangeException(
                    nameof(linearSolver), linearSolver, "The linear solver must be Automatic, Qr, Cholesky, Lsmr or ConjugateGradients.");
        }
    }
}
