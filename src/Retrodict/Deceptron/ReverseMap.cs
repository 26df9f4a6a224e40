using System.Globalization;
using Retrodict.Autodiff;

namespace Retrodict;

/// <summary>
/// A learned local inverse as a solver sees it: a traced function g from the standardized observation (y - mean) / deviation to the
/// unknown, with its weights as constants, and what is known of its errors. Where it comes from does not matter: a network, a regression, a
/// linear estimate. Immutable.
/// </summary>
/// <remarks>Source: A. L. Kachhadiya, arXiv 2511.21076 and arXiv 2605.13068; <see cref="Gain"/>, <see cref="Errors"/> and
/// <see cref="Calibration"/> are this library's.</remarks>
public sealed record ReverseMap
{
    private readonly double[] _mean;
    private readonly double[] _deviation;
    private readonly Function? _gain;
    private readonly GaussianPrior? _errors;
    private readonly PullBackForm _form;
    private readonly Precision _precision = Precision.Float32;

    /// <summary>A reverse map from its function.</summary>
    /// <param name="map">g, with one input [m], the standardized observation, and one output [n], the unknown, both flat.</param>
    /// <exception cref="ArgumentException">It has several inputs or outputs, or one of them is not one axis with at least one
    /// element.</exception>
    public ReverseMap(Function map)
    {
        ArgumentNullException.ThrowIfNull(map);
        if (map.Inputs.Count != 1 || map.Outputs.Count != 1 || !IsVector(map.Inputs[0]) || !IsVector(map.Outputs[0]))
        {
            throw new ArgumentException(
                $"A reverse map takes the flat observation [m] to the flat unknown [n], but '{map.Name}' takes " +
                    $"({string.Join(", ", map.Inputs)}) to ({string.Join(", ", map.Outputs)}).",
                nameof(map));
        }

        Map = map;
        _mean = new double[Observations];
        _deviation = [.. Enumerable.Repeat(1.0, Observations)];
    }

    /// <summary>g, from the standardized observation to the unknown.</summary>
    public Function Map { get; }

    /// <summary>The length of the observation, m.</summary>
    public int Observations => Map.Inputs[0].Shape.ElementCount;

    /// <summary>The length of the unknown, n.</summary>
    public int Unknowns => Map.Outputs[0].Shape.ElementCount;

    /// <summary>What standardization subtracts, of length m in the observation's units; zeros by default.</summary>
    /// <exception cref="ArgumentException">It has another length, or an entry is not finite.</exception>
    public IReadOnlyList<double> ObservationMean
    {
        get => _mean;
        init => _mean = Checked(value, nameof(ObservationMean), double.IsFinite, "finite");
    }

    /// <summary>What standardization then divides by, of length m in the observation's units; ones by default.</summary>
    /// <exception cref="ArgumentException">It has another length, or an entry is not positive and finite.</exception>
    public IReadOnlyList<double> ObservationDeviation
    {
        get => _deviation;
        init => _deviation = Checked(
            value, nameof(ObservationDeviation), deviation => deviation > 0 && double.IsFinite(deviation), "positive and finite");
    }

    /// <summary>The function whose Jacobian is the gain of <see cref="PullBackForm.Bayesian"/>, with the inputs and outputs of
    /// <see cref="Map"/>; null, the default, for <see cref="Map"/> itself. The posterior mean and the gain ask for different Jacobians, so
    /// a model may have a head for each.</summary>
    /// <exception cref="ArgumentException">Its input or output has another shape.</exception>
    public Function? Gain
    {
        get => _gain;
        init =>
            _gain = value is null
                || (
                    value.Inputs.Count == 1
                        && value.Outputs.Count == 1 && value.Inputs[0].Shape == Map.Inputs[0].Shape
                        && value.Outputs[0].Shape == Map.Outputs[0].Shape)
            ? value
            : throw new ArgumentException(
                $"The gain must take {Map.Inputs[0].Shape} to {Map.Outputs[0].Shape} as the map does, but '{value.Name}' takes " +
                    $"({string.Join(", ", value.Inputs)}) to ({string.Join(", ", value.Outputs)}).",
                nameof(value));
    }

    /// <summary>The distribution of the errors x - P(g(y)) on validation data, P being the projection into the box; null, the default, if
    /// it is not known. Solves can be anchored with it: see <see cref="SafeguardAnchor.LearnedErrors"/>.</summary>
    /// <exception cref="ArgumentException">It is on another number of unknowns.</exception>
    public GaussianPrior? Errors
    {
        get => _errors;
        init => _errors = value is null || value.Dimension == Unknowns
            ? value
            : throw new ArgumentException($"The errors have {value.Dimension} components, but the unknown has {Unknowns}.", nameof(value));
    }

    /// <summary>What is usual for the map; null, the default, if it was not measured.</summary>
    public SafeguardCalibration? Calibration { get; init; }

    /// <summary>The form of the direction that suits the map; default <see cref="PullBackForm.Increment"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It does not exist.</exception>
    public PullBackForm Form
    {
        get => _form;
        init => _form = Enum.IsDefined(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "Increment, Tangent or Bayesian.");
    }

    /// <summary>The element type in which the map is evaluated; default <see cref="Precision.Float32"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It does not exist.</exception>
    public Precision Precision
    {
        get => _precision;
        init =>
            _precision = Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Float64 or Float32.");
    }

    private static bool IsVector(Variable variable) => variable.Shape.Rank == 1 && variable.Shape.ElementCount > 0;

    private double[] Checked(IReadOnlyList<double>? values, string name, Func<double, bool> allowed, string what)
    {
        ArgumentNullException.ThrowIfNull(values, name);
        if (values.Count != Observations)
        {
            throw new ArgumentException($"{name} has {values.Count} components, but the observation has {Observations}.", name);
        }

        for (int i = 0; i < values.Count; i++)
        {
            if (!allowed(values[i]))
            {
                throw new ArgumentException(
                    string.Create(CultureInfo.InvariantCulture, $"{name} must be {what}, but component {i} is {values[i]}."), name);
            }
        }

        return [.. values];
    }
}
