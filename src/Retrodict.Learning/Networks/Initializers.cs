using System.Globalization;
using Retrodict.Randomness;

namespace Retrodict.Learning;

/// <summary>
/// Uniform on (-b, b) with b = sqrt(6 / ((1 + a^2) fan_in)), a the slope of the leaky ReLU that follows: the variance of a layer's outputs is then that of
/// its inputs.
/// </summary>
/// <param name="Slope">The slope a for negative arguments; 0 is the ReLU, 1 the identity. Default 0.1.</param>
/// <remarks>K. He, X. Zhang, S. Ren, J. Sun, "Delving deep into rectifiers", ICCV (2015), equation 15 with the variance b^2 / 3 of the uniform distribution.</remarks>
public sealed record KaimingUniform(double Slope = 0.1) : Initializer
{
    /// <inheritdoc/>
    public override void Fill(Parameter parameter, RandomStream random, Span<float> values)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        ArgumentNullException.ThrowIfNull(random);
        double bound = Math.Sqrt(6 / ((1 + (Slope * Slope)) * Math.Max(Fans(parameter).In, 1)));
        random.FillUniform(values, -bound, bound);
    }
}

/// <summary>Uniform on (-b, b) with b = gain sqrt(6 / (fan_in + fan_out)), for activations that are linear near zero.</summary>
/// <param name="Gain">The gain; 1 by default, 5/3 is usual before tanh.</param>
/// <remarks>X. Glorot, Y. Bengio, "Understanding the difficulty of training deep feedforward neural networks", AISTATS (2010), equation 16.</remarks>
public sealed record XavierUniform(double Gain = 1) : Initializer
{
    /// <inheritdoc/>
    public override void Fill(Parameter parameter, RandomStream random, Span<float> values)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        ArgumentNullException.ThrowIfNull(random);
        (double fanIn, double fanOut) = Fans(parameter);
        double bound = Math.Abs(Gain) * Math.Sqrt(6 / Math.Max(fanIn + fanOut, 1));
        random.FillUniform(values, -bound, bound);
    }
}

/// <summary>The same number everywhere.</summary>
/// <param name="Value">The number; 0 by default.</param>
public sealed record ConstantValue(double Value = 0) : Initializer
{
    /// <inheritdoc/>
    public override void Fill(Parameter parameter, RandomStream random, Span<float> values) => values.Fill((float)Value);
}

/// <summary>Values that are given, such as those of a fit or of another network.</summary>
/// <param name="Values">The elements, row-major, as many as the parameter has.</param>
public sealed record GivenValues(ReadOnlyMemory<float> Values) : Initializer
{
    /// <inheritdoc/>
    public override void Fill(Parameter parameter, RandomStream random, Span<float> values)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        if (Values.Length != values.Length)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture, $"'{parameter}' has {values.Length} elements, but {Values.Length} values are given for it."));
        }

        Values.Span.CopyTo(values);
    }
}
