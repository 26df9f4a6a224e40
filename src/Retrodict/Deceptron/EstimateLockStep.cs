using Retrodict.Analysis;
using Retrodict.Numerics;
using Retrodict.Solvers;

// The beginning of DeceptronGradient for many instances at once: the estimate P(g(y)) and the residuals there. Most measurements that the
// map has been trained for end with that, by the discrepancy; the others are left to solves of their own, which begin anew, as what they
// would save is small beside what they cost.


namespace Retrodict;

/// <summary>Estimates of D-IPG, a block of instances at a time.</summary>
internal sealed class EstimateLockStep : LockStep
{
    private readonly Objective _objective;
    private readonly StoppingRule _stopping;
    private readonly double[] _mean;
    private readonly double[] _deviation;
    private readonly BatchedRun _maps;
    private readonly BatchedRun _models;
    private readonly double[] _standardized;
    private readonly double[] _observed;
    private readonly double[] _estimates;
    private readonly double[] _rows;
    private readonly bool[] _usable;

    public EstimateLockStep(Objective objective, ReverseMap map, StoppingRule stopping, EstimateLockStepPlans plans)
    {
        (_objective, _stopping, _mean, _deviation) = (objective, stopping, [.. map.ObservationMean], [.. map.ObservationDeviation]);
        (_maps, _models) = (plans.NewMap(), plans.NewModel());
        (_standardized, _observed, _rows) = (new double[map.Observations], new double[objective.Observed], new double[objective.Rows]);
        (_estimates, _usable) = (new double[plans.Sizes.Most * map.Unknowns], new bool[plans.Sizes.Most]);
    }

    public override void Solve(
        ReadOnlySpan<double> observations,
        ReadOnlySpan<double> starts,
        Span<double> solutions,
        Span<SolveSummary> summaries,
        BatchProgress? progress,
        CancellationToken cancellation)
    {
        summaries.Clear();
        int m = _mean.Length;
        int n = _objective.Unknowns;
        for (int first = 0; first < summaries.Length && !cancellation.IsCancellationRequested; first += _usable.Length)
        {
            int count = Math.Min(_usable.Length, summaries.Length - first);
            ReadOnlySpan<double> measured = observations.Length == m ? observations : observations.Slice(first * m, count * m);
            Estimate(measured, count);
            for (int lane = 0; lane < count && !cancellation.IsCancellationRequested; lane++)
            {
                int instance = first + lane;
                if (!_usable[lane] || Ended(lane, starts.Length == n ? starts : starts.Slice(instance * n, n)) is not { } summary)
                {
                    continue;
                }

                Row(_estimates, lane, n).CopyTo(solutions.Slice(instance * n, n));
                summaries[instance] = summary;
                progress?.Add();
            }
        }
    }

    private static Span<double> Row(double[] rows, int lane, int length) => rows.AsSpan(lane * length, length);

    /// <summary>The estimates in the box and the residuals there.</summary>
    private void Estimate(ReadOnlySpan<double> observations, int count)
    {
        int m = _mean.Length;
        int n = _objective.Unknowns;
        for (int lane = 0; lane < count; lane++)
        {
            ReadOnlySpan<double> y = observations.Length == m ? observations : observations.Slice(lane * m, m);
            for (int i = 0; i < m; i++)
            {
                _standardized[i] = (y[i] - _mean[i]) / _deviation[i];
            }

            _maps.Set(0, lane, _standardized);
        }

        _maps.Evaluate(count);
        for (int lane = 0; lane < count; lane++)
        {
            ReadOnlySpan<double> y = observations.Length == m ? observations : observations.Slice(lane * m, m);
            Span<double> estimate = Row(_estimates, lane, n);
            _maps.Get(lane, estimate);
            _objective.Problem.Bounds.Project(estimate);
            _usable[lane] = double.IsFinite(Vectors.Largest(estimate));
            y.CopyTo(_observed);
            if (_objective.Anchor is not null)
            {
                estimate.CopyTo(_observed.AsSpan(m));
            }

            _models.Set(0, lane, estimate);
            _models.Set(1, lane, _observed);
        }

        _models.Evaluate(count);
    }

    /// <summary>The summary of a solve that its estimate ends; null for one that goes on.</summary>
    private SolveSummary? Ended(int lane, ReadOnlySpan<double> start)
    {
        _models.Get(lane, _rows);
        double cost = _objective.Cost(_rows);
        double residual = _objective.NormalizedResidual(_rows);
        double discrepancy = _objective.Discrepancy(_rows);
        StoppingCriterion criterion = !double.IsFinite(cost) ? StoppingCriterion.None
            : residual <= _stopping.ResidualTolerance ? StoppingCriterion.Residual
            : discrepancy <= _stopping.DiscrepancyTolerance ? StoppingCriterion.Discrepancy
            : StoppingCriterion.None;
        if (criterion == StoppingCriterion.None)
        {
            return null;
        }

        return new SolveSummary(
            SolveStatus.Converged, criterion, 0, cost, residual, discrepancy, _objective.Problem.Bounds.IsOutside(start),
                new EvaluationCounts(1, 0, 0, 1, 0), null,
            new LearnedReport(0, 0, SafeguardReason.None, double.NaN, double.NaN, double.NaN, double.NaN));
    }
}
