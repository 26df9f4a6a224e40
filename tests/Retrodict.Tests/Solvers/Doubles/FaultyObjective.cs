using Retrodict.Solvers;

namespace Retrodict.Tests.Solvers;

/// <summary>A model that does something else at a chosen call of a chosen kind, once a solve, and that writes down what it was asked. For
/// one solve at a time.</summary>
internal sealed class FaultyObjective(Objective inner) : Objective(inner.Problem)
{
    /// <summary>The points of evaluations and of derivatives, in their order.</summary>
    public List<double[]> Points { get; } = [];

    /// <summary>The points of evaluations alone.</summary>
    public List<double[]> Evaluated { get; } = [];

    public List<double> Costs { get; } = [];

    /// <summary>How many derivatives were asked for.</summary>
    public int Derivatives { get; private set; }

    /// <summary>Called with the number of every evaluation, from 1, and its residuals, which it may change.</summary>
    public Action<int, Span<double>> AtEvaluation { get; set; } = static (_, _) => { };

    /// <summary>Called with the number of every derivative, from 1, and its values, which it may change.</summary>
    public Action<int, Span<double>> AtDerivative { get; set; } = static (_, _) => { };

    public override double Rounding => inner.Rounding;

    /// <summary>A session of a solver with such a model.</summary>
    public static (Session Session, FaultyObjective Model) Prepare(Solver solver, InverseProblem problem)
    {
        FaultyObjective model = new(Compile(problem, solver.Precision, solver.Team));
        return (new Session(problem, model, solver.Stopping, () => solver.MakeParts(model)), model);
    }

    internal override IObjectiveRun NewRun() => new FaultyRun(this, inner.NewRun());

    private sealed class FaultyRun(FaultyObjective owner, IObjectiveRun inner) : IObjectiveRun
    {
        public EvaluationCounts Counts
        {
            get => inner.Counts;
            set => inner.Counts = value;
        }

        public void Begin(ReadOnlySpan<double> observation)
        {
            owner.Points.Clear();
            owner.Evaluated.Clear();
            owner.Costs.Clear();
            owner.Derivatives = 0;
            inner.Begin(observation);
        }

        public double Evaluate(ReadOnlySpan<double> x, Span<double> residual)
        {
            inner.Evaluate(x, residual);
            return Evaluated(x, residual);
        }

        public double EvaluateWithGradient(ReadOnlySpan<double> x, Span<double> residual, Span<double> gradient)
        {
            inner.EvaluateWithGradient(x, residual, gradient);
            double cost = Evaluated(x, residual);
            if (!double.IsFinite(cost))
            {
                gradient.Fill(double.NaN);
            }

            owner.AtDerivative(++owner.Derivatives, gradient);
            return cost;
        }

        public void Jacobian(ReadOnlySpan<double> x, Span<double> jacobian)
        {
            inner.Jacobian(x, jacobian);
            Differentiated(x, jacobian);
        }

        public void Jvp(ReadOnlySpan<double> x, ReadOnlySpan<double> tangent, Span<double> product)
        {
            inner.Jvp(x, tangent, product);
            Differentiated(x, product);
        }

        public void Vjp(ReadOnlySpan<double> x, ReadOnlySpan<double> cotangent, Span<double> product)
        {
            inner.Vjp(x, cotangent, product);
            Differentiated(x, product);
        }

        public void SecondDerivative(ReadOnlySpan<double> x, ReadOnlySpan<double> direction, Span<double> product)
        {
            inner.SecondDerivative(x, direction, product);
            Differentiated(x, product);
        }

        public void Curvature(ReadOnlySpan<double> x, ReadOnlySpan<double> weights, Span<double> matrix)
        {
            inner.Curvature(x, weights, matrix);
            Differentiated(x, matrix);
        }

        public void CurvatureProduct(
            ReadOnlySpan<double> x, ReadOnlySpan<double> weights, ReadOnlySpan<double> direction, Span<double> product)
        {
            inner.CurvatureProduct(x, weights, direction, product);
            Differentiated(x, product);
        }

        private double Evaluated(ReadOnlySpan<double> x, Span<double> residual)
        {
            owner.Points.Add(x.ToArray());
            owner.Evaluated.Add(x.ToArray());
            owner.AtEvaluation(owner.Evaluated.Count, residual);
            owner.Costs.Add(owner.Cost(residual));
            return owner.Costs[^1];
        }

        private void Differentiated(ReadOnlySpan<double> x, Span<double> values)
        {
            owner.Points.Add(x.ToArray());
            owner.AtDerivative(++owner.Derivatives, values);
        }
    }
}
