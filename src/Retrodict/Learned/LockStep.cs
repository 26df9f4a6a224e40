// The published loop of PublishedPullBackSearch for many instances at once. A turn is one trial of every lane: lanes that begin or that have halved alpha need the
// map, at s or at s + (1 - alpha) r; all need the model and its gradient at their trial. A lane that is done takes the next instance, and when there is none the last lane
// moves into its place, so that the lanes in use are always the first ones.

using System.Numerics;
using Retrodict.Autodiff;
using Retrodict.Solvers;

namespace Retrodict;

/// <summary>Instances of the published D-IPG that advance together, for one block at a time.</summary>
internal abstract class LockStep
{
    public const int Lanes = 64;

    /// <summary>Solves a block; an instance that meets something that is not finite, or that a cancellation leaves alone, keeps the status <see cref="SolveStatus.Failed"/>.</summary>
    public abstract void Solve(
        ReadOnlySpan<double> observations, ReadOnlySpan<double> starts, Span<double> solutions, Span<SolveSummary> summaries, CancellationToken cancellation);
}

/// <inheritdoc/>
/// <typeparam name="T">The element type.</typeparam>
internal sealed class LockStep<T> : LockStep
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int Trials = 9;
    private const double Relaxation = 0.4;
    private const double SufficientDecrease = 1e-4;

    private readonly LeastSquares _model;
    private readonly ReverseMap _map;
    private readonly StoppingRule _stopping;
    private readonly Workspace<T>[] _models;
    private readonly Workspace<T>[] _maps;
    private readonly LaneState[] _lanes = new LaneState[Lanes];
    private readonly int _m;
    private readonly int _n;
    private readonly T[] _lower;
    private readonly T[] _upper;
    private readonly T[] _scale;
    private readonly T[] _y;
    private readonly T[] _s;
    private readonly T[] _mapInput;
    private readonly T[] _mapOutput;
    private readonly T[] _estimate;
    private readonly T[] _x;
    private readonly T[] _trial;
    private readonly T[] _residual;
    private readonly T[] _gradient;
    private readonly T[] _trialResidual;
    private readonly T[] _trialGradient;
    private readonly double[] _row;

    public LockStep(LeastSquares model, ReverseMap map, StoppingRule stopping, LockStepPlans<T> plans)
    {
        (_model, _map, _stopping, _m, _n) = (model, map, stopping, map.Observations, map.Unknowns);
        Box bounds = model.Problem.Bounds;
        _lower = [.. Enumerable.Range(0, _n).Select(i => T.CreateTruncating(bounds.Lower(i)))];
        _upper = [.. Enumerable.Range(0, _n).Select(i => T.CreateTruncating(bounds.Upper(i)))];
        _scale = [.. Enumerable.Range(0, _m).Select(i => T.CreateTruncating(model.Problem.Noise[i] / map.ObservationDeviation[i]))];
        (_y, _s, _mapInput, _residual, _trialResidual) = (new T[Lanes * _m], new T[Lanes * _m], new T[Lanes * _m], new T[Lanes * _m], new T[Lanes * _m]);
        (_mapOutput, _estimate, _x, _trial) = (new T[Lanes * _n], new T[Lanes * _n], new T[Lanes * _n], new T[Lanes * _n]);
        (_gradient, _trialGradient) = (new T[Lanes * _n], new T[Lanes * _n]);
        _row = new double[Math.Max(_m, _n)];
        _models = [.. plans.Model.Select(plan => Bound(plan, [_trial, _y], [_trialResidual, _trialGradient]))];
        _maps = [.. plans.Map.Select(plan => Bound(plan, [_mapInput], [_mapOutput]))];
    }

    public override void Solve(
        ReadOnlySpan<double> observations, ReadOnlySpan<double> starts, Span<double> solutions, Span<SolveSummary> summaries, CancellationToken cancellation)
    {
        summaries.Fill(default(SolveSummary) with { Status = SolveStatus.Failed });
        int next = 0;
        int active = 0;
        for (; active < Math.Min(Lanes, summaries.Length); active++)
        {
            Load(active, next++, observations, starts);
        }

        while (active > 0 && !cancellation.IsCancellationRequested)
        {
            EvaluateMap(active);
            for (int lane = 0; lane < active; lane++)
            {
                MakeTrial(lane);
            }

            Smallest(_models, active).Run();
            for (int lane = active - 1; lane >= 0; lane--)
            {
                if (!Judge(lane, solutions, summaries))
                {
                    continue;
                }

                if (next < summaries.Length)
                {
                    Load(lane, next++, observations, starts);
                }
                else if (--active > lane)
                {
                    Move(active, lane);
                }
            }
        }
    }

    private static Workspace<T> Bound(Plan<T> plan, T[][] inputs, T[][] outputs)
    {
        Workspace<T> workspace = plan.Rent();
        foreach ((int i, T[] input) in inputs.Index())
        {
            workspace.BindInput(i, input);
        }

        foreach ((int i, T[] output) in outputs.Index())
        {
            workspace.BindOutput(i, output);
        }

        return workspace;
    }

    private static Workspace<T> Smallest(Workspace<T>[] workspaces, int count)
    {
        int i = 0;
        while (LockStepPlans<T>.Sizes[i] < count)
        {
            i++;
        }

        return workspaces[i];
    }

    private static Span<T> Row(T[] rows, int lane, int length) => rows.AsSpan(lane * length, length);

    private void Load(int lane, int instance, ReadOnlySpan<double> observations, ReadOnlySpan<double> starts)
    {
        ReadOnlySpan<double> y = observations.Length == _m ? observations : observations.Slice(instance * _m, _m);
        Elements.Convert(y, Row(_y, lane, _m));
        for (int i = 0; i < _m; i++)
        {
            _row[i] = (y[i] - _map.ObservationMean[i]) / _map.ObservationDeviation[i];
        }

        Elements.Convert<double, T>(_row.AsSpan(0, _m), Row(_s, lane, _m));
        (starts.Length == _n ? starts : starts.Slice(instance * _n, _n)).CopyTo(_row);
        bool projected = _model.Problem.Bounds.Project(_row.AsSpan(0, _n));
        Elements.Convert<double, T>(_row.AsSpan(0, _n), Row(_x, lane, _n));
        _lanes[lane] = new LaneState(instance, projected);
    }

    /// <summary>Maps what lanes need: g(s) where they begin, g(s + (1 - alpha) r) where they have halved.</summary>
    private void EvaluateMap(int active)
    {
        int packed = 0;
        for (int lane = 0; lane < active; lane++)
        {
            ref LaneState state = ref _lanes[lane];
            state.Mapped = -1;
            if (state.Trial == 0)
            {
                continue;
            }

            Span<T> input = Row(_mapInput, packed, _m);
            Row(_s, lane, _m).CopyTo(input);
            if (!state.IsNew)
            {
                LaneArithmetic.AddScaled(T.CreateTruncating(1 - Math.ScaleB(1, -state.Trial)), Row(_residual, lane, _m), _scale, input);
            }

            state.Mapped = packed++;
            state.Maps++;
        }

        if (packed > 0)
        {
            Smallest(_maps, packed).Run();
        }
    }

    private void MakeTrial(int lane)
    {
        ref LaneState state = ref _lanes[lane];
        if (state.IsNew)
        {
            Row(_mapOutput, state.Mapped, _n).CopyTo(Row(_estimate, lane, _n));
            Row(_x, lane, _n).CopyTo(Row(_trial, lane, _n));
            return;
        }

        Span<T> target = state.Mapped < 0 ? Row(_estimate, lane, _n) : Row(_mapOutput, state.Mapped, _n);
        state.Slope = LaneArithmetic.Trial(
            T.CreateTruncating(Relaxation), target, Row(_x, lane, _n), Row(_gradient, lane, _n), _lower, _upper, Row(_trial, lane, _n));
    }

    /// <returns>Whether the lane is done.</returns>
    private bool Judge(int lane, Span<double> solutions, Span<SolveSummary> summaries)
    {
        ref LaneState state = ref _lanes[lane];
        state.Evaluations++;
        double cost = 0.5 * LaneArithmetic.SumOfSquares<T>(Row(_trialResidual, lane, _m));
        if (!double.IsFinite(cost) || !double.IsFinite(state.Slope))
        {
            return true;
        }

        if (!state.IsNew && !(cost <= state.Cost + (SufficientDecrease * Relaxation * state.Slope)))
        {
            return ++state.Trial == Trials && Finish(lane, SolveStatus.Stalled, StoppingCriterion.LineSearch, solutions, summaries);
        }

        state.Steps += state.IsNew ? 0 : 1;
        (state.Cost, state.Trial, state.IsNew) = (cost, 0, false);
        Row(_trial, lane, _n).CopyTo(Row(_x, lane, _n));
        Row(_trialResidual, lane, _m).CopyTo(Row(_residual, lane, _m));
        Row(_trialGradient, lane, _n).CopyTo(Row(_gradient, lane, _n));
        Elements.Convert<T, double>(Row(_residual, lane, _m), _row.AsSpan(0, _m));
        return _model.NormalizedResidual(_row.AsSpan(0, _m)) <= _stopping.ResidualTolerance
                ? Finish(lane, SolveStatus.Converged, StoppingCriterion.Residual, solutions, summaries)
            : _model.Discrepancy(_row.AsSpan(0, _m)) <= _stopping.DiscrepancyTolerance
                ? Finish(lane, SolveStatus.Converged, StoppingCriterion.Discrepancy, solutions, summaries)
            : state.Steps >= _stopping.MaxIterations && Finish(lane, SolveStatus.MaxIterations, StoppingCriterion.Iterations, solutions, summaries);
    }

    private bool Finish(int lane, SolveStatus status, StoppingCriterion criterion, Span<double> solutions, Span<SolveSummary> summaries)
    {
        ref LaneState state = ref _lanes[lane];
        Elements.Convert<T, double>(Row(_x, lane, _n), solutions.Slice(state.Instance * _n, _n));
        Span<double> rows = _row.AsSpan(0, _m);
        Elements.Convert<T, double>(Row(_residual, lane, _m), rows);
        var steps = new LearnedReport(
            state.Steps, 0, criterion == StoppingCriterion.LineSearch ? SafeguardReason.LineSearch : SafeguardReason.None, double.NaN, double.NaN, double.NaN, double.NaN);
        summaries[state.Instance] = new SolveSummary(
            status, criterion, state.Steps, state.Cost, _model.NormalizedResidual(rows), _model.Discrepancy(rows), state.Projected,
            new EvaluationCounts(state.Evaluations, 0, state.Evaluations, state.Maps, 0), null, steps);
        return true;
    }

    private void Move(int from, int to)
    {
        _lanes[to] = _lanes[from];
        foreach (T[] rows in (ReadOnlySpan<T[]>)[_y, _s, _residual])
        {
            Row(rows, from, _m).CopyTo(Row(rows, to, _m));
        }

        foreach (T[] rows in (ReadOnlySpan<T[]>)[_estimate, _x, _gradient])
        {
            Row(rows, from, _n).CopyTo(Row(rows, to, _n));
        }
    }

    /// <summary>Where a lane stands.</summary>
    private struct LaneState(int instance, bool projected)
    {
        public int Instance = instance;
        public bool Projected = projected;
        public bool IsNew = true;

        /// <summary>How often alpha was halved; a new lane, whose estimate is wanted, has 1.</summary>
        public int Trial = 1;
        public int Mapped = -1;
        public int Steps = 0;
        public long Evaluations = 0;
        public long Maps = 0;
        public double Cost = double.NaN;
        public double Slope = 0;
    }
}
