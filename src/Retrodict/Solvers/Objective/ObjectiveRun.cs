using System.Numerics;
using Retrodict.Autodiff;
using Retrodict.Numerics;

namespace Retrodict.Solvers;

/// <inheritdoc cref="Objective"/>
/// <typeparam name="T">The element type of evaluations.</typeparam>
internal sealed class Objective<T> : Objective
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly ObjectivePlans<T> _plans;

    public Objective(InverseProblem problem, ThreadTeam? team, GaussianPrior? anchor = null)
        : base(problem, anchor)
    {
        _plans = new ObjectivePlans<T>(Trace(), team);
    }

    public override double Rounding { get; } = 16 * double.CreateChecked(T.BitIncrement(T.One) - T.One);

    internal override IObjectiveRun NewRun() => new ObjectiveRun(this);

    internal override void CompileCurvature() => _ = _plans.Curvature;

    internal override void CompileCurvatureProduct() => _ = _plans.CurvatureProduct;

    internal override void CompileSecondDerivative() => _ = _plans.SecondDerivative;

    /// <summary>Workspaces are rented when a method first needs them, and for good: a run lives in the session's pool as long as the
    /// session.</summary>
    private sealed class ObjectiveRun(Objective<T> objective) : IObjectiveRun
    {
        private readonly ObjectivePlans<T> _plans = objective._plans;
        private readonly T[] _observation = new T[objective.Observed];
        private readonly double[] _point = new double[objective.Unknowns];
        private readonly Workspace<T> _residual = objective._plans.Residual.Rent();
        private Workspace<T>? _residualAndGradient;
        private Workspace<T>? _jacobian;
        private Workspace<T>? _jvp;
        private Workspace<T>? _vjp;
        private Workspace<T>? _secondDerivative;
        private Workspace<T>? _curvature;
        private Workspace<T>? _curvatureProduct;
        private LinearizedProducts<T>? _products;
        private long _productsHere;

        public EvaluationCounts Counts { get; set; }

        public void Begin(ReadOnlySpan<double> observation)
        {
            PrecisionConversion.Convert(observation, _observation.AsSpan());
            Observe(_residual);
            DenseJacobianModel.ForgetFailures();
            (Counts, _productsHere) = (default, 0);
        }

        public double Evaluate(ReadOnlySpan<double> x, Span<double> residual)
        {
            PrecisionConversion.Convert(x, _residual.Input(0));
            ModelRuns.Expect();
            _residual.Run();
            PrecisionConversion.Convert(_residual.Output(0), residual);
            Counts = Counts with { Model = Counts.Model + 1 };
            return objective.Cost(residual);
        }

        public double EvaluateWithGradient(ReadOnlySpan<double> x, Span<double> residual, Span<double> gradient)
        {
            Workspace<T> workspace = _residualAndGradient ??= Observe(_plans.ResidualAndGradient.Rent());
            ModelRuns.Expect();

            // Counted before, as the gradient of a black box takes more runs, which limits must know of.
            Counts = Counts with { Model = Counts.Model + 1, Vjp = Counts.Vjp + 1 };
            Product(workspace, x, default, default, residual);
            PrecisionConversion.Convert(workspace.Output(1), gradient);
            return objective.Cost(residual);
        }

        public void Jacobian(ReadOnlySpan<double> x, Span<double> jacobian)
        {
            Product(_jacobian ??= Observe(_plans.Jacobian.Rent()), x, default, default, jacobian);
            Counts = objective.Unknowns <= objective.Rows
                ? Counts with { Jvp = Counts.Jvp + objective.Unknowns }
                : Counts with { Vjp = Counts.Vjp + objective.Rows };
        }

        public void Jvp(ReadOnlySpan<double> x, ReadOnlySpan<double> tangent, Span<double> product)
        {
            if (Linearize(x))
            {
                PrecisionConversion.Convert(tangent, _products!.Tangent);
                PrecisionConversion.Convert(_products.Times(), product);
            }
            else
            {
                Product(_jvp ??= Observe(_plans.Jvp.Rent()), x, tangent, default, product);
            }

            Counts = Counts with { Jvp = Counts.Jvp + 1 };
        }

        public void Vjp(ReadOnlySpan<double> x, ReadOnlySpan<double> cotangent, Span<double> product)
        {
            if (Linearize(x))
            {
                PrecisionConversion.Convert(cotangent, _products!.Cotangent);
                PrecisionConversion.Convert(_products.TransposedTimes(), product);
            }
            else
            {
                Product(_vjp ??= Observe(_plans.Vjp.Rent()), x, cotangent, default, product);
            }

            Counts = Counts with { Vjp = Counts.Vjp + 1 };
        }

        /// <summary>Counts as two forward products.</summary>
        public void SecondDerivative(ReadOnlySpan<double> x, ReadOnlySpan<double> direction, Span<double> product)
        {
            Product(_secondDerivative ??= Observe(_plans.SecondDerivative.Rent()), x, direction, default, product);
            Counts = Counts with { Jvp = Counts.Jvp + 2 };
        }

        /// <summary>Counts as a forward and a reverse product for every unknown.</summary>
        public void Curvature(ReadOnlySpan<double> x, ReadOnlySpan<double> weights, Span<double> matrix)
        {
            Product(_curvature ??= Observe(_plans.Curvature.Rent()), x, weights, default, matrix);
            Counts = Counts with { Jvp = Counts.Jvp + objective.Unknowns, Vjp = Counts.Vjp + objective.Unknowns };
        }

        /// <summary>Counts as a forward and a reverse product.</summary>
        public void CurvatureProduct(
            ReadOnlySpan<double> x, ReadOnlySpan<double> weights, ReadOnlySpan<double> direction, Span<double> product)
        {
            Product(_curvatureProduct ??= Observe(_plans.CurvatureProduct.Rent()), x, weights, direction, product);
            Counts = Counts with { Jvp = Counts.Jvp + 1, Vjp = Counts.Vjp + 1 };
        }

        /// <summary>
        /// From the second product at a point on, what does not depend on the vector is not computed again. A single product, the gradient
        /// of a first-order method, is cheaper in one program.
        /// </summary>
        private bool Linearize(ReadOnlySpan<double> x)
        {
            if (_productsHere == 0 || !x.SequenceEqual(_point))
            {
                x.CopyTo(_point);
                _productsHere = 1;
                return false;
            }

            if (_productsHere++ == 1)
            {
                _products ??= new LinearizedProducts<T>(_plans, _observation);
                PrecisionConversion.Convert(x, _products.Point);
                _products.Linearize();
            }

            return true;
        }

        /// <summary>All workspaces read the one copy of the measurement.</summary>
        private Workspace<T> Observe(Workspace<T> workspace)
        {
            workspace.BindInput(1, _observation);
            return workspace;
        }

        private static void Product(
            Workspace<T> workspace, ReadOnlySpan<double> x, ReadOnlySpan<double> second, ReadOnlySpan<double> third, Span<double> result)
        {
            PrecisionConversion.Convert(x, workspace.Input(0));
            if (!second.IsEmpty)
            {
                PrecisionConversion.Convert(second, workspace.Input(2));
            }

            if (!third.IsEmpty)
            {
                PrecisionConversion.Convert(third, workspace.Input(3));
            }

            workspace.Run();
            PrecisionConversion.Convert(workspace.Output(0), result);
        }
    }
}
