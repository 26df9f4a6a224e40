namespace Retrodict;

/// <summary>The lock steps of a session; each is for one block at a time.</summary>
/// <param name="make">Makes one; they may share what is compiled.</param>
internal sealed class LockStepPool(Func<LockStep> make)
{
    private readonly Stack<LockStep> _pool = new(4);
    private readonly Lock _gate = new();

    public LockStep Rent()
    {
        lock (_gate)
        {
            if (_pool.TryPop(out LockStep? lockStep))
            {
                return lockStep;
            }
        }

        return make();
    }

    public void Return(LockStep lockStep)
    {
        lock (_gate)
        {
            _pool.Push(lockStep);
        }
    }
}
