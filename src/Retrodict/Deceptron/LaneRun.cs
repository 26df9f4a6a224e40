using System.Numerics;
using Retrodict.Autodiff;

namespace Retrodict;

/// <summary>Runs of <see cref="LanePlans{T}"/> on arrays that are long enough for the most instances.</summary>
/// <typeparam name="T">The element type.</typeparam>
/// <param name="plans">The plans.</param>
/// <param name="inputs">An array for each input, an instance a row.</param>
/// <param name="outputs">An array for each output.</param>
internal sealed class LaneRun<T>(LanePlans<T> plans, T[][] inputs, T[][] outputs)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Workspace<T>?[] _workspaces = new Workspace<T>?[plans.Sizes.Count];

    /// <summary>Computes the outputs of the first instances; those of the others are of no meaning.</summary>
    public void Run(int count)
    {
        if (count > 0)
        {
            int size = plans.Sizes.For(count);
            (_workspaces[size] ??= Bound(plans[size])).Run();
        }
    }

    private Workspace<T> Bound(Plan<T> plan)
    {
        Workspace<T> workspace = plan.Rent();
        for (int i = 0; i < inputs.Length; i++)
        {
            workspace.BindInput(i, inputs[i]);
        }

        for (int i = 0; i < outputs.Length; i++)
        {
            workspace.BindOutput(i, outputs[i]);
        }

        return workspace;
    }
}
