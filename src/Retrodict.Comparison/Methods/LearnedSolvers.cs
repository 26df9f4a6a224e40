using Retrodict.Learning;

namespace Retrodict.Comparison;

/// <summary>Methods with a learned inverse. They run in the precision of their model unless another one is asked for.</summary>
public static class LearnedSolvers
{
    /// <summary>The method with the settings of its model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="precision">The element type; the model's own when null.</param>
    public static DeceptronGradient Create(DeceptronModel model, Precision? precision = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        DeceptronGradient own = model.ToSolver();
        Precision chosen = precision ?? own.Precision;
        return own with { ReverseMap = own.ReverseMap with { Precision = chosen }, Precision = chosen };
    }

    /// <summary>The method as published.</summary>
    /// <param name="model">The model.</param>
    /// <param name="precision">The element type; the model's own when null.</param>
    public static DeceptronGradientPublished CreatePublished(DeceptronModel model, Precision? precision = null)
    {
        DeceptronGradient own = Create(model, precision);
        return new DeceptronGradientPublished { ReverseMap = own.ReverseMap, Precision = own.Precision };
    }
}
