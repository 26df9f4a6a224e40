using Retrodict.Autodiff;

namespace Retrodict;

/// <summary>
/// What is to be inverted: the forward model y = F(x), bounds on x, the measurement's noise, and what is believed of x beforehand. Immutable. The point
/// sought minimises ½ ‖(F(x) - y) / noise‖² + ½ ‖L⁻¹ (x - mean)‖² over the box; the second term is there when a prior is given, and the minimum is then
/// the maximum a posteriori.
/// </summary>
public sealed record InverseProblem
{
    private readonly Box _bounds = Box.Unbounded;
    private readonly Scale _noise = Scale.One;
    private readonly Scale? _observationScale;
    private readonly GaussianPrior? _prior;

    /// <summary>A problem from a forward model that is traced here.</summary>
    /// <param name="forward">The model, written with <see cref="Value"/>s for one unknown x.</param>
    /// <param name="unknowns">The shape of x.</param>
    /// <exception cref="ShapeException">An operation of the model does not fit its operands.</exception>
    public InverseProblem(Func<Value, Value> forward, Shape unknowns)
        : this(Function.Trace(forward, unknowns))
    {
    }

    /// <summary>A problem from a traced forward model.</summary>
    /// <param name="forward">The model, with one input and one output of any shapes.</param>
    /// <exception cref="ArgumentException">The function has several inputs or outputs, or one of them has no elements.</exception>
    public InverseProblem(Function forward)
    {
        ArgumentNullException.ThrowIfNull(forward);
        if (forward.Inputs.Count != 1 || forward.Outputs.Count != 1)
        {
            throw new ArgumentException(
                $"A forward model maps one unknown to one observation, but '{forward.Name}' has {forward.Inputs.Count} inputs and {forward.Outputs.Count} outputs.",
                nameof(forward));
        }

        if (forward.Inputs[0].Shape.ElementCount == 0 || forward.Outputs[0].Shape.ElementCount == 0)
        {
            throw new ArgumentException($"The forward model's unknown ({forward.Inputs[0]}) or observation ({forward.Outputs[0]}) has no elements.", nameof(forward));
        }

        Forward = forward;
    }

    /// <summary>The forward model F.</summary>
    public Function Forward { get; }

    /// <summary>The number of unknowns, n.</summary>
    public int Unknowns => Forward.Inputs[0].Shape.ElementCount;

    /// <summary>The number of observations, m.</summary>
    public int Observations => Forward.Outputs[0].Shape.ElementCount;

    /// <summary>Bounds on x; unbounded by default. Solvers never evaluate the model outside.</summary>
    /// <exception cref="ArgumentException">It has another dimension than x.</exception>
    public Box Bounds
    {
        get => _bounds;
        init => _bounds = RequireDimension(value, value?.Dimension, Unknowns, "bounds", "unknowns");
    }

    /// <summary>The standard deviation of the measurement's noise, in the observation's units; 1 by default, which gives plain least squares.</summary>
    /// <exception cref="ArgumentException">It has another dimension than y.</exception>
    public Scale Noise
    {
        get => _noise;
        init => _noise = RequireDimension(value, value?.Dimension, Observations, "noise", "observations");
    }

    /// <summary>The scale in which residuals are reported and a residual tolerance is measured, usually the standard deviation of observations over the
    /// prior; the noise by default. It does not change the solution.</summary>
    /// <exception cref="ArgumentException">It has another dimension than y.</exception>
    public Scale ObservationScale
    {
        get => _observationScale ?? _noise;
        init => _observationScale = RequireDimension(value, value?.Dimension, Observations, "observation scale", "observations");
    }

    /// <summary>The Gaussian prior on x; null, the default, for none.</summary>
    /// <exception cref="ArgumentException">It has another dimension than x.</exception>
    public GaussianPrior? Prior
    {
        get => _prior;
        init
        {
            if (value is not null && value.Dimension != Unknowns)
            {
                throw new ArgumentException($"The prior is on {value.Dimension} unknowns, but the forward model has {Unknowns}.", nameof(value));
            }

            _prior = value;
        }
    }

    private static TPart RequireDimension<TPart>(TPart? part, int? dimension, int expected, string name, string what)
        where TPart : class
    {
        ArgumentNullException.ThrowIfNull(part, name);
        return dimension is null || dimension == expected
            ? part
            : throw new ArgumentException($"The {name} have {dimension} components, but the forward model has {expected} {what}.", name);
    }
}
