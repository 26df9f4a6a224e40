using Retrodict.Solvers;

namespace Retrodict;

/// <summary>The lock steps of a session; each is for one block at a time.</summary>
internal sealed class LockStepPool(LeastSquares model, ReverseMap map, DeceptronGradientPublished solver)
{
    private readonly Stack<LockStep> _pool = new(4);
    private readonly Lock _gate = new();
    private readonly Lazy<object> _plans = new(() => map.Precision == Precision.Float64
        ? new LockStepPlans<double>(model, map, solver.Team)
        : new LockStepPlans<float>(model, map, solver.Team));

    public LockStep Rent()
    {
        lock (_gate)
        {
            if (_pool.TryPop(out LockStep? lockStep))
            {
                return lockStep;
            }
        }

        return _plans.Value is LockStepPlans<double> plans
            ? new LockStep<double>(model, map, solver.Stopping, plans)
            : new LockStep<float>(model, map, solver.Stopping, (LockStepPlans<float>)_plans.Value);
    }

    public void Return(LockStep lockStep)
    {
        lock (_gate)
        {
            _pool.Push(lockStep);
        }
    }
}
