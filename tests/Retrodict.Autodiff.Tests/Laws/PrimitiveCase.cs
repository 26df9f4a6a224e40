namespace Retrodict.Autodiff.Tests.Laws;

/// <summary>One use of a primitive, on which every law is tested.</summary>
/// <param name="Name">Unique; the test's argument.</param>
/// <param name="Covers">The primitives it is there for.</param>
/// <param name="Inputs">Shapes and domains of the inputs.</param>
/// <param name="Body">Traced for each test anew.</param>
/// <param name="HasTrueDerivatives">False where the derivative is declared to be another than the function's.</param>
internal sealed record PrimitiveCase(
    string Name, Type[] Covers, (Shape Shape, Domain Domain)[] Inputs, Func<ValueList, Value[]> Body, bool HasTrueDerivatives = true)
{
    public Function Trace() => Function.Trace(
        [.. Inputs.Select((input, i) => (((char)('a' + i)).ToString(), input.Shape))],
        inputs => [.. Body(inputs).Select((value, i) => ($"y{i}", value))],
        Name.Replace(' ', '-'));

    public Subject Subject() => new(Trace(), [.. Inputs.Select(input => input.Domain)], HasTrueDerivatives);

    /// <summary>A source of numbers that is the same in every run.</summary>
    public Random Random(string test) => new(Name.Concat(test).Aggregate(17, static (seed, letter) => unchecked((seed * 31) + letter)));

    public override string ToString() => Name;
}
