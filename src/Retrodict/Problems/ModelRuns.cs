using Retrodict.Autodiff;

namespace Retrodict;

/// <summary>
/// The runs of a black box inside a solve that the solve does not ask for itself: those of finite differences above all. Each is counted
/// beside its evaluations, and its limits (cancellation, evaluations, time) are asked before each, as a single Jacobian may take hours.
/// </summary>
/// <param name="limit">The limit that forbids another run; none if it may be made.</param>
/// <param name="count">Counts a run.</param>
internal sealed class ModelRuns(Func<StoppingCriterion> limit, Action count)
{
    private readonly Lock _gate = new();
    private bool _isExpected;

    /// <summary>Those of the solve that is under way on this thread; null where there is none.</summary>
    [ThreadStatic]
    private static ModelRuns? _current;

    public static ModelRuns? Current => _current;

    /// <summary>Begins a solve on this thread.</summary>
    /// <returns>The solve inside of whose model this one is, for <see cref="End"/>.</returns>
    public static ModelRuns? Begin(ModelRuns runs)
    {
        ModelRuns? outer = _current;
        _current = runs;
        return outer;
    }

    public static void End(ModelRuns? outer) => _current = outer;

    /// <summary>Says that the next run of the model itself is an evaluation that the solve counts.</summary>
    public static void Expect()
    {
        if (_current is { } current)
        {
            current._isExpected = true;
        }
    }

    /// <summary>The model, with runs that nobody expects counted.</summary>
    public static ExternalFunction Around(ExternalFunction model) => (x, y) =>
    {
        if (_current is { } current)
        {
            if (!current._isExpected)
            {
                current.Take();
            }

            current._isExpected = false;
        }

        model(x, y);
    };

    /// <summary>Counts a run that is about to be made, on any thread.</summary>
    /// <exception cref="RunRefusedException">A limit of the solve forbids it.</exception>
    public void Take()
    {
        lock (_gate)
        {
            StoppingCriterion reached = limit();
            if (reached != StoppingCriterion.None)
            {
                throw new RunRefusedException(reached);
            }

            count();
        }
    }
}

/// <summary>A run of a black box that a limit of the solve forbids. It never leaves the solve.</summary>
internal sealed class RunRefusedException(StoppingCriterion limit) : Exception($"A limit of the solve was reached: {limit}.")
{
    public StoppingCriterion Limit { get; } = limit;
}
