using Retrodict.Autodiff;

namespace Retrodict;

/// <summary>
/// What is to be inverted: the forward model y = F(x), bounds on x, the measurement's noise, and what is believed of x beforehand.
/// Immutable. The point sought minimizes ½ ‖(F(x) - y) / noise‖² + ½ ‖r(x)‖² over the box; the second term is there when a
/// prior with the rows r is given, and the minimum is then the maximum a posteriori. With a robust loss ½ ‖·‖² of the misfit becomes
/// its sum over the components.
/// </summary>
public sealed partial record InverseProblem
{
    private readonly Box _bounds = Box.Unbounded;
    private readonly Noise _noise = Noise.One;
    private readonly Scale? _observationScale;
    private readonly Prior? _prior;
    private readonly bool[]? _observed;

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
                $"A forward model maps one unknown to one observation, but '{forward.Name}' has {forward.Inputs.Count} inputs and " +
                    $"{forward.Outputs.Count} outputs.",
                nameof(forward));
        }

        if (forward.Inputs[0].Shape.ElementCount == 0 || forward.Outputs[0].Shape.ElementCount == 0)
        {
            throw new ArgumentException($"The forward model's unknown ({forward.Inputs[0]}) or observation ({forward.Outputs[0]}) " +
                "has no elements.", nameof(forward));
        }

        Forward = forward;
    }

    /// <summary>The forward model F.</summary>
    public Function Forward { get; private init; }

    /// <summary>The number of unknowns, n.</summary>
    public int Unknowns => Forward.Inputs[0].Shape.ElementCount;

    /// <summary>The number of observations, m, those that are masked included.</summary>
    public int Observations => Forward.Outputs[0].Shape.ElementCount;

    /// <summary>Bounds on x; unbounded by default. Solvers never evaluate the model outside.</summary>
    /// <exception cref="ArgumentException">It has another dimension than x.</exception>
    public Box Bounds
    {
        get => _bounds;
        init
        {
            _bounds = RequireDimension(value, value?.Dimension, Unknowns, "bounds", "unknowns");
            Forward = _differenced is null ? Forward : _differenced.Within(_bounds);
        }
    }

    /// <summary>The measurement's noise, in the observation's units: a standard deviation for all components, one for each, or a
    /// covariance; 1 by default, which gives plain least squares.</summary>
    /// <exception cref="ArgumentException">It has another dimension than y.</exception>
    public Noise Noise
    {
        get => _noise;
        init => _noise = RequireDimension(value, value?.Dimension, Observations, "noise", "observations");
    }

    /// <summary>The scale in which residuals are reported and a residual tolerance is measured, usually the standard deviation of
    /// observations over the prior; the noise's standard deviations by default. It does not change the solution.</summary>
    /// <exception cref="ArgumentException">It has another dimension than y.</exception>
    public Scale ObservationScale
    {
        get => _observationScale ?? _noise.Deviation;
        init => _observationScale = RequireDimension(value, value?.Dimension, Observations, "observation scale", "observations");
    }

    /// <summary>Which components of y were observed; null, the default, for all. The others count nowhere, neither in the objective nor in
    /// residual and discrepancy, and their entries of y may hold anything, NaN included.</summary>
    /// <exception cref="ArgumentException">It has another length than y has components, or no component was observed.</exception>
    public IReadOnlyList<bool>? Observed
    {
        get => _observed;
        init
        {
            if (value is not null && value.Count != Observations)
            {
                throw new ArgumentException(
                    $"The mask has {value.Count} components, but the forward model has {Observations} observations.", nameof(value));
            }

            if (value is not null && !value.Contains(true))
            {
                throw new ArgumentException("The mask leaves no observation; at least one component must be true.", nameof(value));
            }

            _observed = value?.ToArray();
        }
    }

    /// <summary>What is believed of x beforehand; null, the default, for nothing.</summary>
    /// <exception cref="ArgumentException">It is on another number of unknowns.</exception>
    /// <exception cref="ShapeException">An operation of a prior of one's own does not fit its operands, or it has no rows.</exception>
    public Prior? Prior
    {
        get => _prior;
        init
        {
            if (value?.Unknowns is { } unknowns && unknowns != Unknowns)
            {
                throw new ArgumentException($"The prior is on {unknowns} unknowns, but the forward model has {Unknowns}.", nameof(value));
            }

            PriorResidual = value is null ? null : Function.Trace(value.Residual, Forward.Inputs[0].Shape);
            if (PriorResidual?.Outputs[0].Shape.ElementCount == 0)
            {
                throw new ShapeException("The prior has no residual rows.");
            }

            _prior = value;
        }
    }

    /// <summary>How misfits count that are large beside the noise; null, the default, for the square. It acts on every component of the
    /// whitened misfit, and not on the prior.</summary>
    public RobustLoss? Loss { get; init; }

    /// <summary>The prior's rows as a function of x in its shape.</summary>
    internal Function? PriorResidual { get; private init; }

    /// <summary>Whether a component of y counts.</summary>
    internal bool IsObserved(int component) => _observed is null || _observed[component];

    private static TPart RequireDimension<TPart>(TPart? part, int? dimension, int expected, string name, string what)
        where TPart : class
    {
        ArgumentNullException.ThrowIfNull(part, name);
        return dimension is null || dimension == expected
            ? part
            : throw new ArgumentException($"The {name} have {dimension} components, but the forward model has {expected} {what}.", name);
    }
}
