using System.Numerics;
using Retrodict.Analysis;
using Retrodict.Numerics;
using Retrodict.Solvers;

// The published loop of PublishedPullBackSearch for many instances at once. A turn is one trial of every lane: lanes that begin or that
// have halved alpha need the map, at s or at s + (1 - alpha) r; all need the model at their trial; those whose trial is accepted need the
// gradient there. The map and the gradient run on the lanes that need them alone, packed. A lane that is done takes the next instance, and
// when there is none the last lane moves into its place, so that the lanes in use are always the first ones.
//
// The published problem measures residuals in the observation's scale and has neither prior nor loss, so that the normalized residual and
// the discrepancy are both the root mean square of the rows, sqrt(2 cost / m).


namespace Retrodict;

/// <summary>Instances of the published D-IPG that advance together.</summary>
/// <typeparam name="T">The element type.</typeparam>
internal sealed class PublishedLockStep<T> : LockStep
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int Trials = 9;
    private const double Relaxation = 0.4;
    private const double SufficientDecrease = 1e-4;

    private readonly Box _bounds;
    private readonly StoppingRule _stopping;
    private readonly Standardization<T> _standardization;
    private readonly LaneRun<T> _models;
    private readonly LaneRun<T> _transposes;
    private readonly LaneRun<T> _maps;
    private readonly LaneState[] _lanes;
    private readonly int _m;
    private readonly int _n;
    private readonly T[] _lower;
    private readonly T[] _upper;

    // Of lanes: what they keep, then their trials.
    private readonly T[] _y;
    private readonly T[] _s;
    private readonly T[] _r;
    private readonly T[] _estimate;
    private readonly T[] _x;
    private readonly T[] _gradient;
    private readonly T[] _trial;
    private readonly T[] _trialRows;
    private readonly int[] _knownLengths;
    private readonly T[][] _known;

    // Packed: what the map takes and gives, what the transpose takes and gives.
    private readonly T[] _mapInput;
    private readonly T[] _mapOutput;
    private readonly T[][] _packedKnown;
    private readonly T[] _packedRows;
    private readonly T[] _packedGradient;
    private readonly double[] _start;

    public PublishedLockStep(Objective objective, ReverseMap map, StoppingRule stopping, PublishedLockStepPlans<T> plans)
    {
        (_bounds, _stopping, _m, _n) = (objective.Problem.Bounds, stopping, map.Observations, map.Unknowns);
        _lanes = new LaneState[plans.Sizes.Most];
        _standardization = new Standardization<T>(map, objective.Problem.Noise);
        _lower = [.. Enumerable.Range(0, _n).Select(i => T.CreateTruncating(_bounds.Lower(i)))];
        _upper = [.. Enumerable.Range(0, _n).Select(i => T.CreateTruncating(_bounds.Upper(i)))];
        (_y, _s, _r, _trialRows, _mapInput, _packedRows) = (Rows(_m), Rows(_m), Rows(_m), Rows(_m), Rows(_m), Rows(_m));
        (_estimate, _x, _gradient, _trial, _mapOutput, _packedGradient) = (Rows(_n), Rows(_n), Rows(_n), Rows(_n), Rows(_n), Rows(_n));
        _knownLengths = plans.Known;
        (_known, _packedKnown) = ([.. plans.Known.Select(Rows)], [.. plans.Known.Select(Rows)]);
        _start = new double[_n];
        _models = new LaneRun<T>(plans.Model, [_trial, _y], [_trialRows, .. _known]);
        _transposes = new LaneRun<T>(plans.Transposed, [.. _packedKnown, _packedRows], [_packedGradient]);
        _maps = new LaneRun<T>(plans.Map, [_mapInput], [_mapOutput]);

        T[] Rows(int length) => new T[plans.Sizes.Most * length];
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
        int next = 0;
        int active = 0;
        for (; active < Math.Min(_lanes.Length, summaries.Length); active++)
        {
            Load(active, next++, observations, starts);
        }

        while (active > 0 && !cancellation.IsCancellationRequested)
        {
            _maps.Run(PackForMap(active));
            for (int lane = 0; lane < active; lane++)
            {
                MakeTrial(lane);
            }

            _models.Run(active);
            int accepted = 0;
            for (int lane = active - 1; lane >= 0; lane--)
            {
                ref LaneState state = ref _lanes[lane];
                if (!Judge(lane, ref accepted))
                {
                    continue;
                }

                if (state.Criterion != StoppingCriterion.None)
                {
                    PrecisionConversion.Convert<T, double>(Row(_x, lane, _n), solutions.Slice(state.Instance * _n, _n));
                    summaries[state.Instance] = state.Summary(_m);
                    progress?.Add();
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

            _transposes.Run(accepted);
        }
    }

    private static Span<T> Row(T[] rows, int lane, int length) => rows.AsSpan(lane * length, length);

    private static void CopyRow(T[] from, int fromLane, T[] to, int toLane, int length) =>
        Row(from, fromLane, length).CopyTo(Row(to, toLane, length));

    private void Load(int lane, int instance, ReadOnlySpan<double> observations, ReadOnlySpan<double> starts)
    {
        ReadOnlySpan<double> y = observations.Length == _m ? observations : observations.Slice(instance * _m, _m);
        PrecisionConversion.Convert(y, Row(_y, lane, _m));
        _standardization.Measurement(y, Row(_s, lane, _m));
        (starts.Length == _n ? starts : starts.Slice(instance * _n, _n)).CopyTo(_start);
        bool projected = _bounds.Project(_start);
        PrecisionConversion.Convert<double, T>(_start, Row(_x, lane, _n));
        _lanes[lane] = new LaneState(instance, projected);
    }

    /// <summary>Where lanes begin the map is wanted at s, where they have halved at s + (1 - alpha) r.</summary>
    /// <returns>The number of lanes that want it.</returns>
    private int PackForMap(int active)
    {
        int packed = 0;
        for (int lane = 0; lane < active; lane++)
        {
            ref LaneState state = ref _lanes[lane];
            if (state.Trial == 0)
            {
                continue;
            }

            if (state.IsNew)
            {
                CopyRow(_s, lane, _mapInput, packed, _m);
            }
            else
            {
                LaneArithmetic.AddScaled<T>(
                    Row(_s, lane, _m), T.CreateTruncating(1 - Math.ScaleB(1, -state.Trial)), Row(_r, lane, _m), Row(_mapInput, packed, _m));
            }

            state.Packed = packed++;
            state.Maps++;
        }

        return packed;
    }

    private void MakeTrial(int lane)
    {
        ref LaneState state = ref _lanes[lane];
        if (state.IsNew)
        {
            CopyRow(_mapOutput, state.Packed, _estimate, lane, _n);
            CopyRow(_x, lane, _trial, lane, _n);
            return;
        }

        Span<T> target = Row(_mapOutput, state.Packed, _n);
        if (state.Trial == 0)
        {
            CopyRow(_packedGradient, state.Packed, _gradient, lane, _n);
            target = Row(_estimate, lane, _n);
        }

        state.Slope = LaneArithmetic.Trial<T>(
            T.CreateTruncating(Relaxation), target, Row(_x, lane, _n), Row(_gradient, lane, _n), _lower, _upper, Row(_trial, lane, _n));
    }

    /// <summary>Accepts a lane's trial or not; a lane that goes on from it asks for the gradient there.</summary>
    /// <returns>Whether the lane is done: with a criterion, or as one that is not finite.</returns>
    private bool Judge(int lane, ref int accepted)
    {
        ref LaneState state = ref _lanes[lane];
        state.Evaluations++;
        double cost = 0.5 * LaneArithmetic.SumOfSquares<T>(Row(_trialRows, lane, _m));
        if (!double.IsFinite(cost) || !double.IsFinite(state.Slope))
        {
            return true;
        }

        if (!state.IsNew && !(cost <= state.Cost + (SufficientDecrease * Relaxation * state.Slope)))
        {
            state.Criterion = ++state.Trial == Trials ? StoppingCriterion.LineSearch : StoppingCriterion.None;
            return state.Criterion != StoppingCriterion.None;
        }

        state.Accept(cost);
        CopyRow(_trial, lane, _x, lane, _n);
        double size = LaneState.RootMeanSquare(cost, _m);
        state.Criterion = size <= _stopping.ResidualTolerance ? StoppingCriterion.Residual
            : size <= _stopping.DiscrepancyTolerance ? StoppingCriterion.Discrepancy
            : state.Steps >= _stopping.MaxIterations ? StoppingCriterion.Iterations
            : StoppingCriterion.None;
        if (state.Criterion != StoppingCriterion.None)
        {
            return true;
        }

        _standardization.Residual(Row(_trialRows, lane, _m), Row(_r, lane, _m));
        state.Packed = accepted++;
        CopyRow(_trialRows, lane, _packedRows, state.Packed, _m);
        for (int i = 0; i < _known.Length; i++)
        {
            CopyRow(_known[i], lane, _packedKnown[i], state.Packed, _knownLengths[i]);
        }

        return false;
    }

    private void Move(int from, int to)
    {
        _lanes[to] = _lanes[from];
        foreach (T[] rows in (ReadOnlySpan<T[]>)[_y, _s, _r])
        {
            CopyRow(rows, from, rows, to, _m);
        }

        foreach (T[] rows in (ReadOnlySpan<T[]>)[_estimate, _x, _gradient])
        {
            CopyRow(rows, from, rows, to, _n);
        }
    }
}
