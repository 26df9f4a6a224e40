using Retrodict.Autodiff.Tests.Laws;

namespace Retrodict.Autodiff.Tests.Sizes;

/// <summary>
/// Elementwise functions at every length around whole vectors, with operands whole, repeated along rows, columns and everywhere.
/// </summary>
public class ElementwiseSizeTests
{
    public static TheoryData<string> Names => Operations.Names;

    public static TheoryData<string> OfTwoOperands =>
        [.. Operations.All.Where(operation => operation.Arity == 2).Select(operation => operation.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Operations_are_right_at_every_length(string name)
    {
        Operation operation = Operations.Named(name);
        foreach (int length in Lengths.All)
        {
            Check(operation, [.. operation.Domains.Select(_ => Shape.Of([length]))]);
        }
    }

    [Theory]
    [MemberData(nameof(OfTwoOperands))]
    public void Operations_of_two_operands_are_right_when_one_is_repeated(string name)
    {
        Operation operation = Operations.Named(name);
        foreach (int length in Lengths.All)
        {
            Check(operation, [length], []);
            Check(operation, [], [length]);
            Check(operation, [length], [1]);
            Check(operation, [3, length], [length]);
            Check(operation, [length, 3], [length, 1]);
            Check(operation, [length, 1], [1, 5]);
            Check(operation, [1, length], [2, 1]);
            Check(operation, [2, length, 3], [length, 1]);
            Check(operation, [2, 1, 3], [length, 1]);
            Check(operation, [1, length, 1], [2, 1, 2]);
        }
    }

    private static void Check(Operation operation, params Shape[] shapes)
    {
        Function function = operation.Trace(shapes);
        double[][] operands = [.. shapes.Select((shape, i) => operation.Sample(shape.ElementCount, shape.ElementCount + i)[i])];
        Shape result = function.Outputs[0].Shape;
        var expected = new double[result.ElementCount];
        for (int i = 0; i < expected.Length; i++)
        {
            expected[i] = operation.Reference([.. operands.Zip(shapes, (x, shape) => x[Positions.Broadcast(i, result, shape)])]);
        }

        Lengths.AssertComputes(function, operands, expected);
    }
}
