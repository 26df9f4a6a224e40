using Retrodict.Autodiff;

namespace Retrodict.Learning;

/// <summary>The shapes of a forward model's two ends.</summary>
/// <param name="Unknown">The shape of x, for instance [64] or [8, 8, 8].</param>
/// <param name="Observation">The shape of y.</param>
public sealed record ModelShapes(Shape Unknown, Shape Observation)
{
    /// <summary>The number of unknowns, n.</summary>
    public int Unknowns => Unknown.ElementCount;

    /// <summary>The number of observations, m.</summary>
    public int Observations => Observation.ElementCount;

    /// <summary>The shapes of a problem's forward model.</summary>
    /// <param name="problem">The problem.</param>
    public static ModelShapes Of(InverseProblem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return new ModelShapes(problem.Forward.Inputs[0].Shape, problem.Forward.Outputs[0].Shape);
    }
}
