using Retrodict.Solvers;

namespace Retrodict.Tests.Solvers;

/// <summary>A model that writes down where it was evaluated. For one solve at a time.</summary>
internal sealed class WatchedObjective(Objective inner) : Objective(inner.Problem)
{
    public List<double[]> Evaluated { get; } = [];

    public List<double> Costs { get; } = [];

    public List<double[]> Linearized { get; } = [];

    /// <summary>A session of a solver whose model evaluations are watched.</summary>
    public static (Session Session, WatchedObjective Model) Prepare(Solver solver, InverseProblem problem)
    {
        WatchedObjective model = new(Compile(problem, solver.Precision, solver.Team));
        return (new Session(problem, model, solver.Stopping, () => solver.MakeParts(model)), model);
    }

    public override double Rounding => inner.Rounding;

    internal override IObjectiveRun NewRun() => new WatchedRun(this, inner.NewRun());

    private sealed class WatchedRun(WatchedObjective owner, IObjectiveRun inner) : IObjectiveRun
    {
        public EvaluationCounts Counts
        {
            get => inner.Counts;
            set => inner.Counts = value;
        }

        public void Begin(ReadOnlySpan<double> observation)
        {
            owner.Evaluated.Clear();
            owner.Costs.Clear();
            owner.Linearized.Clear();
            inner.Begin(observation);
        }

        public double Evaluate(ReadOnlySpan<double> x, Span<double> residual)
        {
            owner.Evaluated.Add(x.ToArray());
            owner.Costs.Add(inner.Evaluate(x, residual));
            return owner.Costs[^1];
        }

        public double EvaluateWithGradient(ReadOnlySpan<double> x, Span<double> residual, Span<double> gradient)
        {
            owner.Evaluated.Add(x.ToArray());
            owner.Costs.Add(inner.EvaluateWithGradient(x, residual, gradient));
            return owner.Costs[^1];
        }

        public void Jacobian(ReadOnlySpan<double> x, Span<double> jacobian)
        {
            owner.Linearized.Add(x.ToArray());
            inner.Jacobian(x, jacobian);
        }

        public void Jvp(ReadOnlySpan<double> x, ReadOnlySpan<double> tangent, Span<double> product) => inner.Jvp(x, tangent, product);

        public void Vjp(ReadOnlySpan<double> x, ReadOnlySpan<double> cotangent, Span<double> product) => inner.Vjp(x, cotangent, product);

        public void SecondDerivative(ReadOnlySpan<double> x, ReadOnlySpan<double> direction, Span<double> product) =>
            inner.SecondDerivative(x, direction, product);

        public void Curvature(ReadOnlySpan<double> x, ReadOnlySpan<double> weights, Span<double> matrix) =>
            inner.Curvature(x, weights, matrix);

        public void CurvatureProduct(
            ReadOnlySpan<double> x, ReadOnlySpan<double> weights, ReadOnlySpan<double> direction, Span<double> product) =>
            inner.CurvatureProduct(x, weights, direction, product);
    }
}
