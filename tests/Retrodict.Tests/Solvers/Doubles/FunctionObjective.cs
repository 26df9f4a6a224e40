using Retrodict.Solvers;

namespace Retrodict.Tests.Solvers;

/// <summary>Any smooth objective in place of a sum of squares, for parts that only look at costs and gradients.</summary>
internal sealed class FunctionObjective(InverseProblem problem, Func<double[], double> cost, Func<double[], double[]> gradient)
    : Objective(problem)
{
    public List<double[]> Evaluated { get; } = [];

    public override double Rounding => 0;

    /// <summary>A search from x along p.</summary>
    public DescentState At(double[] x, double[] p)
    {
        DescentState state = Searching.At(this, x, p);
        state.Proposal.PredictedDecrease = gradient(x).Zip(p, (g, d) => -0.5 * g * d).Sum();
        Evaluated.Clear();
        return state;
    }

    internal override IObjectiveRun NewRun() => new FunctionRun(this, cost, gradient);

    private sealed class FunctionRun(FunctionObjective owner, Func<double[], double> cost, Func<double[], double[]> gradient)
        : IObjectiveRun
    {
        public EvaluationCounts Counts { get; set; }

        public void Begin(ReadOnlySpan<double> observation) => Counts = default;

        public double Evaluate(ReadOnlySpan<double> x, Span<double> residual)
        {
            owner.Evaluated.Add(x.ToArray());
            Counts = Counts with { Model = Counts.Model + 1 };
            return cost(x.ToArray());
        }

        public double EvaluateWithGradient(ReadOnlySpan<double> x, Span<double> residual, Span<double> product)
        {
            gradient(x.ToArray()).CopyTo(product);
            return Evaluate(x, residual);
        }

        public void Jacobian(ReadOnlySpan<double> x, Span<double> jacobian) => throw new NotSupportedException();

        public void Jvp(ReadOnlySpan<double> x, ReadOnlySpan<double> tangent, Span<double> product) => throw new NotSupportedException();

        public void Vjp(ReadOnlySpan<double> x, ReadOnlySpan<double> cotangent, Span<double> product) =>
            gradient(x.ToArray()).CopyTo(product);

        public void SecondDerivative(ReadOnlySpan<double> x, ReadOnlySpan<double> direction, Span<double> product) =>
            throw new NotSupportedException();

        public void Curvature(ReadOnlySpan<double> x, ReadOnlySpan<double> weights, Span<double> matrix) =>
            throw new NotSupportedException();

        public void CurvatureProduct(
            ReadOnlySpan<double> x, ReadOnlySpan<double> weights, ReadOnlySpan<double> direction, Span<double> product) =>
            throw new NotSupportedException();
    }
}
