using System.Globalization;
using Retrodict.Randomness;

namespace Retrodict.Learning;

/// <summary>See <see cref="Initializer.KaimingUniform"/>.</summary>
internal sealed record KaimingUniformInitializer(double Slope) : Initializer
{
    public override void Fill(Parameter parameter, RandomStream random, Span<float> values)
    {
        double bound = Math.Sqrt(6 / ((1 + (Slope * Slope)) * Math.Max(Fans(parameter).In, 1)));
        random.FillUniform(values, -bound, bound);
    }
}

/// <summary>See <see cref="Initializer.XavierUniform"/>.</summary>
internal sealed record XavierUniformInitializer(double Gain) : Initializer
{
    public override void Fill(Parameter parameter, RandomStream random, Span<float> values)
    {
        (double fanIn, double fanOut) = Fans(parameter);
        double bound = Math.Abs(Gain) * Math.Sqrt(6 / Math.Max(fanIn + fanOut, 1));
        random.FillUniform(values, -bound, bound);
    }
}

/// <summary>See <see cref="Initializer.Constant"/>.</summary>
internal sealed record ConstantInitializer(double Value) : Initializer
{
    public override void Fill(Parameter parameter, RandomStream random, Span<float> values) => values.Fill((float)Value);
}

/// <summary>See <see cref="Initializer.Given"/>.</summary>
internal sealed record GivenInitializer(ReadOnlyMemory<float> Values) : Initializer
{
    public override void Fill(Parameter parameter, RandomStream random, Span<float> values)
    {
        if (Values.Length != values.Length)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture, $"'{parameter}' has {values.Length} elements, but {Values.Length} values are given for it."));
        }

        Values.Span.CopyTo(values);
    }
}
