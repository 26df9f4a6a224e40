using System.Numerics;
using Retrodict.Autodiff;
using Retrodict.Solvers;

namespace Retrodict;

/// <summary>The model with its gradient and the reverse map for several instances at once, compiled for a few numbers of them.</summary>
/// <typeparam name="T">The element type.</typeparam>
internal sealed class LockStepPlans<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public LockStepPlans(LeastSquares model, ReverseMap map, ThreadTeam? team)
    {
        var options = new PlanOptions { Team = team };
        Function gradient = LeastSquaresPlans<T>.ResidualAndGradientOf(model.Trace());
        Model = [.. Sizes.Select(size => gradient.Batch(size).Compile<T>(options))];
        Map = [.. Sizes.Select(size => map.Map.Batch(size).Compile<T>(options))];
    }

    /// <summary>The numbers of instances, ascending.</summary>
    public static int[] Sizes { get; } = [8, 16, 32, LockStep.Lanes];

    /// <summary>(x, y) to residual and gradient.</summary>
    public Plan<T>[] Model { get; }

    /// <summary>Standardised observations to unknowns.</summary>
    public Plan<T>[] Map { get; }
}
