using Retrodict.Randomness;

namespace Retrodict.Learning;

/// <summary>How a parameter is filled before training. A way of one's own derives from it.</summary>
public abstract record Initializer
{
    /// <summary>
    /// Uniform on (-b, b) with b = sqrt(6 / ((1 + a^2) fan_in)), a the slope of the leaky ReLU that follows: the variance of a layer's
    /// outputs is then that of its inputs.
    /// </summary>
    /// <param name="slope">The slope a for negative arguments; 0 is the ReLU, 1 the identity.</param>
    /// <remarks>
    /// K. He, X. Zhang, S. Ren, J. Sun, "Delving deep into rectifiers", ICCV (2015), equation 15 with the variance b^2 / 3 of the uniform
    /// distribution.
    /// </remarks>
    public static Initializer KaimingUniform(double slope = 0.1) => new KaimingUniformInitializer(slope);

    /// <summary>Uniform on (-b, b) with b = gain sqrt(6 / (fan_in + fan_out)), for activations that are linear near zero.</summary>
    /// <param name="gain">The gain; 5/3 is usual before tanh.</param>
    /// <remarks>
    /// X. Glorot, Y. Bengio, "Understanding the difficulty of training deep feedforward neural networks", AISTATS (2010), equation 16.
    /// </remarks>
    public static Initializer XavierUniform(double gain = 1) => new XavierUniformInitializer(gain);

    /// <summary>The same number everywhere.</summary>
    /// <param name="value">The number.</param>
    public static Initializer Constant(double value = 0) => new ConstantInitializer(value);

    /// <summary>Values that are given, such as those of a fit or of another network.</summary>
    /// <param name="values">The elements, row-major, as many as the parameter has. They are not copied.</param>
    public static Initializer Given(ReadOnlyMemory<float> values) => new GivenInitializer(values);

    /// <summary>Fills a parameter.</summary>
    /// <param name="parameter">Its name and shape. A weight is [outputs, inputs] or [outputs, inputs, kernel axes].</param>
    /// <param name="random">A stream of the parameter's own.</param>
    /// <param name="values">Receives the elements, row-major.</param>
    /// <exception cref="ArgumentException">The parameter's shape does not suit the initializer.</exception>
    public abstract void Fill(Parameter parameter, RandomStream random, Span<float> values);

    /// <summary>How many inputs one output sums over, and how many outputs one input goes into.</summary>
    private protected static (double In, double Out) Fans(Parameter parameter)
    {
        if (parameter.Shape.Rank < 2)
        {
            throw new ArgumentException(
                $"'{parameter}' has no inputs to scale by; weights are [outputs, inputs] or [outputs, inputs, kernel axes]. "
                + "Use Initializer.Constant.");
        }

        double window = 1;
        for (int axis = 2; axis < parameter.Shape.Rank; axis++)
        {
            window *= parameter.Shape[axis];
        }

        return (parameter.Shape[1] * window, parameter.Shape[0] * window);
    }
}
