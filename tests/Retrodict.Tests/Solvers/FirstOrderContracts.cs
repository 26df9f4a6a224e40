namespace Retrodict.Tests.Solvers;

public sealed class GradientDescentContract : SolverContract
{
    protected override Solver Solver { get; } = new GradientDescent();
}

public sealed class CauchyDescentContract : SolverContract
{
    protected override Solver Solver { get; } = new GradientDescent { Step = GradientStep.Cauchy, LineSearch = new ArmijoOptions() };
}

public sealed class HagerZhangContract : SolverContract
{
    protected override Solver Solver { get; } = new NonlinearConjugateGradients();
}

public sealed class PolakRibiereContract : SolverContract
{
    protected override Solver Solver { get; } = new NonlinearConjugateGradients { Update = ConjugateGradientUpdate.PolakRibiere };
}

public sealed class BfgsContract : SolverContract
{
    protected override Solver Solver { get; } = new Bfgs();
}

public sealed class BfgsFromGaussNewtonContract : SolverContract
{
    protected override Solver Solver { get; } = new Bfgs { InitialHessian = InitialHessian.GaussNewton };
}

public sealed class LBfgsContract : SolverContract
{
    protected override Solver Solver { get; } = new LBfgs();
}

public sealed class LBfgsShortMemoryContract : SolverContract
{
    protected override Solver Solver { get; } = new LBfgs { Memory = 2 };
}
