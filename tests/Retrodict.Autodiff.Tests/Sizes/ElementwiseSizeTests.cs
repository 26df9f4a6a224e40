namespace Retrodict.Autodiff.Tests.Sizes;

/// <summary>Elementwise functions at every length around whole vectors, with operands whole, repeated along rows, columns and everywhere.</summary>
public class ElementwiseSizeTests
{
    private static readonly Dictionary<string, (Func<Value, Value> Traced, Func<double, double> Reference)> _unary = new()
    {
        ["negate"] = (x => -x, x => -x),
        ["abs"] = (x => Value.Abs(1 - x), x => Math.Abs(1 - x)),
        ["sign"] = (x => Value.Sign(1.0625 - x), x => Math.Sign(1.0625 - x)),
        ["floor"] = (x => Value.Floor(4 * x), x => Math.Floor(4 * x)),
        ["exp"] = (Value.Exp, Math.Exp),
        ["expm1"] = (Value.ExpM1, x => Math.Exp(x) - 1),
        ["log"] = (Value.Log, Math.Log),
        ["logp1"] = (Value.LogP1, x => Math.Log(1 + x)),
        ["sqrt"] = (Value.Sqrt, Math.Sqrt),
        ["reciprocal"] = (Value.Reciprocal, x => 1 / x),
        ["sin"] = (Value.Sin, Math.Sin),
        ["cos"] = (Value.Cos, Math.Cos),
        ["atan"] = (Value.Atan, Math.Atan),
        ["tanh"] = (Value.Tanh, Math.Tanh),
        ["sigmoid"] = (Value.Sigmoid, x => 1 / (1 + Math.Exp(-x))),
        ["softplus"] = (Value.Softplus, x => Math.Log(1 + Math.Exp(x))),
        ["leaky-relu"] = (x => Value.LeakyRelu(1 - x, 0.1), x => x < 1 ? 1 - x : 0.1 * (1 - x)),
        ["relu"] = (x => Value.Relu(1 - x), x => Math.Max(1 - x, 0)),
        ["stop-gradient"] = (Value.StopGradient, x => x),
    };

    private static readonly Dictionary<string, (Func<Value, Value, Value> Traced, Func<double, double, double> Reference)> _binary = new()
    {
        ["add"] = ((x, y) => x + y, (x, y) => x + y),
        ["subtract"] = ((x, y) => x - y, (x, y) => x - y),
        ["multiply"] = ((x, y) => x * y, (x, y) => x * y),
        ["divide"] = ((x, y) => x / y, (x, y) => x / y),
        ["chain-multiply"] = (Value.ChainMultiply, (x, y) => x * y),
        ["power"] = (Value.Pow, Math.Pow),
        ["minimum"] = (Value.Min, Math.Min),
        ["maximum"] = (Value.Max, Math.Max),
        ["less"] = ((x, y) => x < y, (x, y) => x < y ? 1 : 0),
        ["less or equal"] = ((x, y) => x <= y, (x, y) => x <= y ? 1 : 0),
        ["equal"] = ((x, y) => Value.EqualTo(Value.Floor(3 * x), Value.Floor(3 * y)), (x, y) => Math.Floor(3 * x) == Math.Floor(3 * y) ? 1 : 0),
        ["not equal"] = ((x, y) => Value.NotEqualTo(Value.Floor(3 * x), Value.Floor(3 * y)), (x, y) => Math.Floor(3 * x) != Math.Floor(3 * y) ? 1 : 0),
        ["select"] = ((x, y) => Value.Select(x < y, x, -y), (x, y) => x < y ? x : -y),
    };

    public static TheoryData<string> Unary => [.. _unary.Keys];

    public static TheoryData<string> Binary => [.. _binary.Keys];

    [Theory]
    [MemberData(nameof(Unary))]
    public void Functions_of_one_operand_are_right_at_every_length(string name)
    {
        foreach (int length in Lengths.All)
        {
            double[] x = Lengths.Sample(length, length);
            Lengths.AssertComputes(Function.Trace(_unary[name].Traced, length).Named(name), [x], [.. x.Select(_unary[name].Reference)]);
        }
    }

    [Theory]
    [MemberData(nameof(Binary))]
    public void Functions_of_two_operands_are_right_at_every_length(string name)
    {
        foreach (int length in Lengths.All)
        {
            Check(name, [length], [length]);
            Check(name, [length], []);
            Check(name, [], [length]);
            Check(name, [length], [1]);
        }
    }

    [Theory]
    [MemberData(nameof(Binary))]
    public void Functions_of_two_operands_are_right_when_one_is_repeated(string name)
    {
        foreach (int length in Lengths.All)
        {
            Check(name, [3, length], [length]);
            Check(name, [length, 3], [length, 1]);
            Check(name, [length, 1], [1, 5]);
            Check(name, [1, length], [2, 1]);
            Check(name, [2, length, 3], [length, 1]);
            Check(name, [2, 1, 3], [length, 1]);
            Check(name, [1, length, 1], [2, 1, 2]);
        }
    }

    private static void Check(string name, Shape left, Shape right)
    {
        Function function = Function.Trace([("x", left), ("y", right)], v => [("z", _binary[name].Traced(v[0], v[1]))], name);
        double[] x = Lengths.Sample(left.ElementCount, left.ElementCount);
        double[] y = Lengths.Sample(right.ElementCount, right.ElementCount + 1);
        Shape result = function.Outputs[0].Shape;
        var expected = new double[result.ElementCount];
        for (int i = 0; i < expected.Length; i++)
        {
            expected[i] = _binary[name].Reference(x[Positions.Broadcast(i, result, left)], y[Positions.Broadcast(i, result, right)]);
        }

        Lengths.AssertComputes(function, [x, y], expected);
    }
}
