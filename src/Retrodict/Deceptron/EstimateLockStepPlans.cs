using Retrodict.Autodiff;
using Retrodict.Solvers;

namespace Retrodict;

/// <summary>The reverse map and the residuals for several instances at once, each in its own element type.</summary>
internal sealed class EstimateLockStepPlans
{
    private readonly Func<BatchedRun> _map;
    private readonly Func<BatchedRun> _model;

    public EstimateLockStepPlans(Objective objective, Precision precision, ReverseMap map, ThreadTeam? team)
    {
        var options = new PlanOptions { Team = team };
        Sizes = new LaneSizes(map);
        _map = BatchedRun.Compile(map.Map, Sizes, map.Precision, options);
        _model = BatchedRun.Compile(objective.Trace(), Sizes, precision, options);
    }

    public LaneSizes Sizes { get; }

    /// <summary>Standardized observations to unknowns.</summary>
    public BatchedRun NewMap() => _map();

    /// <summary>(x, y) to residuals.</summary>
    public BatchedRun NewModel() => _model();
}
