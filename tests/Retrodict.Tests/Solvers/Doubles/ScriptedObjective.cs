using Retrodict.Solvers;

namespace Retrodict.Tests.Solvers;

/// <summary>A model whose evaluations return the costs of a script, one after the other, and that writes down the points.</summary>
/// <param name="problem">The problem.</param>
/// <param name="gradient">The gradient, which is the same everywhere.</param>
/// <param name="costs">The script, which begins with the start.</param>
internal sealed class ScriptedObjective(InverseProblem problem, double[] gradient, params double[] costs) : Objective(problem)
{
    public List<double[]> Evaluated { get; } = [];

    public override double Rounding => 0;

    internal override IObjectiveRun NewRun() => new ScriptedRun(this, gradient, costs);

    private sealed class ScriptedRun(ScriptedObjective owner, double[] slope, double[] costs) : IObjectiveRun
    {
        private int _next;

        public EvaluationCounts Counts { get; set; }

        public void Begin(ReadOnlySpan<double> observation)
        {
        }

        public double Evaluate(ReadOnlySpan<double> x, Span<double> residual)
        {
            owner.Evaluated.Add(x.ToArray());
            double cost = costs[_next++];
            residual.Fill(cost);
            return cost;
        }

        public double EvaluateWithGradient(ReadOnlySpan<double> x, Span<double> residual, Span<double> gradient)
        {
            slope.CopyTo(gradient);
            return Evaluate(x, residual);
        }

        public void Jacobian(ReadOnlySpan<double> x, Span<double> jacobian) => jacobian.Fill(1);

        public void Jvp(ReadOnlySpan<double> x, ReadOnlySpan<double> tangent, Span<double> product) => product.Fill(1);

        public void Vjp(ReadOnlySpan<double> x, ReadOnlySpan<double> cotangent, Span<double> product) => slope.CopyTo(product);

        public void SecondDerivative(ReadOnlySpan<double> x, ReadOnlySpan<double> direction, Span<double> product) => product.Clear();

        public void Curvature(ReadOnlySpan<double> x, ReadOnlySpan<double> weights, Span<double> matrix) => matrix.Clear();

        public void CurvatureProduct(
            ReadOnlySpan<double> x, ReadOnlySpan<double> weights, ReadOnlySpan<double> direction, Span<double> product) => product.Clear();
    }
}
