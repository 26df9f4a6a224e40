using System.Numerics;
using Retrodict.Autodiff;

namespace Retrodict.Solvers;

/// <summary>The evaluations of one solve at a time, counted.</summary>
internal interface ILeastSquaresRun
{
    /// <summary>What has been evaluated since <see cref="Begin"/>.</summary>
    EvaluationCounts Counts { get; set; }

    /// <summary>Starts a solve for a measurement.</summary>
    void Begin(ReadOnlySpan<double> observation);

    /// <summary>The residuals at x; returns half their sum of squares (NaN or infinity if one is not finite).</summary>
    double Evaluate(ReadOnlySpan<double> x, Span<double> residual);

    /// <summary>The residuals' Jacobian at x, [rows, unknowns] row-major.</summary>
    void Jacobian(ReadOnlySpan<double> x, Span<double> jacobian);
}

/// <inheritdoc cref="LeastSquares"/>
/// <typeparam name="T">The element type of evaluations.</typeparam>
internal sealed class LeastSquares<T> : LeastSquares
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Plan<T> _residual;
    private readonly Plan<T> _jacobian;

    public LeastSquares(InverseProblem problem, ThreadTeam? team)
        : base(problem)
    {
        Function residual = Trace(problem);
        var options = new PlanOptions { Team = team };
        _residual = residual.Compile<T>(options);
        _jacobian = residual.Jacobian("x").Compile<T>(options);
    }

    public override double Rounding { get; } = 16 * double.CreateChecked(T.BitIncrement(T.One) - T.One);

    public override ILeastSquaresRun NewRun() => new Run(this);

    private sealed class Run : ILeastSquaresRun
    {
        private readonly LeastSquares<T> _model;
        private readonly Workspace<T> _residual;
        private readonly Workspace<T> _jacobian;

        public Run(LeastSquares<T> model)
        {
            // Rented for good: a run lives in the session's pool as long as the session.
            _model = model;
            _residual = model._residual.Rent();
            _jacobian = model._jacobian.Rent();
        }

        public EvaluationCounts Counts { get; set; }

        public void Begin(ReadOnlySpan<double> observation)
        {
            Convert(observation, _residual.Input(1));
            Convert(observation, _jacobian.Input(1));
            Counts = default;
        }

        public double Evaluate(ReadOnlySpan<double> x, Span<double> residual)
        {
            Convert(x, _residual.Input(0));
            _residual.Run();
            Convert(_residual.Output(0), residual);
            Counts = Counts with { Model = Counts.Model + 1 };
            double sum = 0;
            foreach (double r in residual)
            {
                sum += r * r;
            }

            return 0.5 * sum;
        }

        public void Jacobian(ReadOnlySpan<double> x, Span<double> jacobian)
        {
            Convert(x, _jacobian.Input(0));
            _jacobian.Run();
            Convert(_jacobian.Output(0), jacobian);
            Counts = _model.Unknowns <= _model.Rows
                ? Counts with { Jvp = Counts.Jvp + _model.Unknowns }
                : Counts with { Vjp = Counts.Vjp + _model.Rows };
        }

        private static void Convert<TFrom, TTo>(ReadOnlySpan<TFrom> from, Span<TTo> to)
            where TFrom : unmanaged, IFloatingPointIeee754<TFrom>
            where TTo : unmanaged, IFloatingPointIeee754<TTo>
        {
            if (typeof(TFrom) == typeof(TTo))
            {
                System.Runtime.InteropServices.MemoryMarshal.Cast<TFrom, TTo>(from).CopyTo(to);
                return;
            }

            for (int i = 0; i < from.Length; i++)
            {
                to[i] = TTo.CreateTruncating(from[i]);
            }
        }
    }
}
