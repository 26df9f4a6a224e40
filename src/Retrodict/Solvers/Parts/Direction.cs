namespace Retrodict.Solvers;

/// <summary>Where to go next.</summary>
internal abstract class Direction
{
    /// <summary>Forgets what earlier solves left behind.</summary>
    public virtual void Begin()
    {
    }

    /// <summary>Computes the gradient and the optimality measure at the current point.</summary>
    /// <returns>Whether they are finite.</returns>
    public abstract bool Linearize(Iterate iterate);

    /// <summary>Computes the direction and its predicted decrease, after <see cref="Linearize"/>.</summary>
    public abstract void Compute(Iterate iterate);
}
