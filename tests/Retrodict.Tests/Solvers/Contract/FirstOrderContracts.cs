namespace Retrodict.Tests.Solvers;

/// <summary>Solvers that see the model through gradients.</summary>
public abstract class FirstOrderContract : SolverContract
{
    protected override int IterationsAtSolution => 10;

    protected override double SolutionTolerance => 1e-5;

    protected override double Unit(double wanted) => Math.Pow(2, Math.Round(Math.Log2(wanted)));
}

public sealed class GradientDescentContract : FirstOrderContract
{
    protected override Solver Solver { get; } = new GradientDescent();

    protected override bool MayIgnoreADerivative => true;

    protected override bool IsMonotone => false;

    protected override bool MayStallAtRounding => true;
}

public sealed class CauchyDescentContract : FirstOrderContract
{
    protected override Solver Solver { get; } = new GradientDescent
    {
        Step = GradientStep.Cauchy,
        LineSearch = new ArmijoOptions(),
        Stopping = new GradientDescent().Stopping with { MaxIterations = 50_000 },
    };

    /// <summary>Steepest descent zigzags: its gradient hovers about a tolerance for a while before it is below it again.</summary>
    protected override int IterationsAtSolution => 15;

    protected override bool MayIgnoreADerivative => true;

    protected override bool MayStallAtRounding => true;
}

public sealed class HagerZhangContract : FirstOrderContract
{
    protected override Solver Solver { get; } = new NonlinearConjugateGradients();
}

public sealed class PolakRibiereContract : FirstOrderContract
{
    protected override Solver Solver { get; } = new NonlinearConjugateGradients { Update = ConjugateGradientUpdate.PolakRibiere };

    protected override bool MayStallAtRounding => true;
}

public sealed class BfgsContract : FirstOrderContract
{
    protected override Solver Solver { get; } = new Bfgs();
}

public sealed class BfgsFromGaussNewtonContract : FirstOrderContract
{
    protected override Solver Solver { get; } = new Bfgs { InitialHessian = InitialHessian.GaussNewton };

    protected override bool MayIgnoreADerivative => true;
}

public sealed class LBfgsContract : FirstOrderContract
{
    protected override Solver Solver { get; } = new LBfgs();
}

public sealed class LBfgsShortMemoryContract : FirstOrderContract
{
    protected override Solver Solver { get; } = new LBfgs
    {
        // Two pairs know little curvature, so that what they predict to gain is much less than what there is.
        Memory = 2,
        Stopping = new LBfgs().Stopping with { GradientTolerance = 1e-7, CostTolerance = 1e-14 },
    };
}
