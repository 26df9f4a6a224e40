namespace Retrodict.Autodiff.Tests.Fuzzing;

/// <summary>A value of a random program with a bound on its elements, so that the generator can keep all numbers moderate.</summary>
internal readonly record struct Bounded(Value Value, double Bound)
{
    /// <summary>No value of a program exceeds this.</summary>
    public const double Limit = 3;

    public Shape Shape => Value.Shape;

    /// <summary>Scaled down, or squashed, until it is within the limit.</summary>
    public Bounded Within(Random random) =>
        Bound <= Limit ? this
        : random.Next(2) == 0 ? new Bounded(Value.Tanh(Value * (2 / Bound)), 1)
        : new Bounded(Value * (1.5 / Bound), 1.5);
}
