namespace Retrodict.Solvers;

/// <summary>A reason to end a solve.</summary>
internal abstract class Criterion
{
    /// <summary>How the result names it.</summary>
    public abstract StoppingCriterion Name { get; }

    /// <summary>What the solve then is.</summary>
    public virtual SolveStatus Status => SolveStatus.Converged;

    /// <summary>Whether it says that the direction's model of the objective has nothing left to gain, which a direction that never sees
    /// J's columns may be wrong about.</summary>
    public virtual bool IsOfModel => false;

    /// <summary>Forgets what earlier descents left behind.</summary>
    public virtual void Begin()
    {
    }

    /// <summary>Whether it holds. Not a number is never small.</summary>
    public abstract bool IsMet(DescentState state);
}
