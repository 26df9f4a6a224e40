using System.Numerics;
using Retrodict.Autodiff;
using Retrodict.Solvers;

namespace Retrodict;

/// <summary>The model, the transpose of its Jacobian and the reverse map for several instances at once. About every second trial is
/// rejected and needs no gradient, so the transpose is a program of its own that goes on from what the model leaves: see
/// <see cref="Linearization"/>.</summary>
/// <typeparam name="T">The element type.</typeparam>
internal sealed class PublishedLockStepPlans<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public PublishedLockStepPlans(Objective objective, ReverseMap map, ThreadTeam? team)
    {
        var options = new PlanOptions { Team = team };
        Linearization linearization = objective.Trace().Linearize("x");
        Sizes = new LaneSizes(map);
        Known = [.. linearization.Primal.Outputs.Skip(1).Select(known => known.Shape.ElementCount)];
        Model = new LanePlans<T>(linearization.Primal, Sizes, options);
        Transposed = new LanePlans<T>(linearization.Linear.Transpose("x.tangent"), Sizes, options);
        Map = new LanePlans<T>(map.Map, Sizes, options);
    }

    public LaneSizes Sizes { get; }

    /// <summary>The lengths of what the transpose needs of a point.</summary>
    public int[] Known { get; }

    /// <summary>(x, y) to residual, followed by what the transpose needs.</summary>
    public LanePlans<T> Model { get; }

    /// <summary>What it needs, and u, to J^T u.</summary>
    public LanePlans<T> Transposed { get; }

    /// <summary>Standardized observations to unknowns.</summary>
    public LanePlans<T> Map { get; }
}
