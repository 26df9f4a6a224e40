using Retrodict.Randomness;

namespace Retrodict.Learning;

/// <summary>How a parameter is filled before training.</summary>
public abstract record Initializer
{
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
            throw new ArgumentException($"'{parameter}' has no inputs to scale by; weights are [outputs, inputs] or [outputs, inputs, kernel axes]. Use Zeros or Constant.");
        }

        double window = 1;
        for (int axis = 2; axis < parameter.Shape.Rank; axis++)
        {
            window *= parameter.Shape[axis];
        }

        return (parameter.Shape[1] * window, parameter.Shape[0] * window);
    }
}
