using Retrodict.Autodiff.Primitives;

namespace Retrodict.Autodiff.Tests.Laws;

/// <content>Elementwise functions.</content>
internal static partial class PrimitiveCases
{
    private static Shape[] UnaryShapes => [Shape.Scalar, Shape.Of([7]), Shape.Of([2, 1, 3]), Shape.Of([0])];

    private static IEnumerable<PrimitiveCase> Unary()
    {
        (string Name, Type Type, Domain Domain, Func<Value, Value> Apply)[] functions =
        [
            ("abs", typeof(Abs), Domain.AwayFromZero, Value.Abs),
            ("sign", typeof(Sign), Domain.AwayFromZero, Value.Sign),
            ("floor", typeof(Floor), Domain.Apart, Value.Floor),
            ("negate", typeof(Negate), Domain.Plain, x => -x),
            ("exp", typeof(Exp), Domain.Plain, Value.Exp),
            ("expm1", typeof(ExpM1), Domain.Plain, Value.ExpM1),
            ("log", typeof(Log), Domain.Positive, Value.Log),
            ("logp1", typeof(LogP1), Domain.Positive, Value.LogP1),
            ("log10", typeof(Log), Domain.Positive, Value.Log10),
            ("sqrt", typeof(Sqrt), Domain.Positive, Value.Sqrt),
            ("reciprocal", typeof(Reciprocal), Domain.AwayFromZero, x => Value.Reciprocal(x * x + 0.5)),
            ("square", typeof(Multiply), Domain.Plain, Value.Square),
            ("sin", typeof(Sin), Domain.Plain, Value.Sin),
            ("cos", typeof(Cos), Domain.Plain, Value.Cos),
            ("tan", typeof(Divide), Domain.Plain, x => Value.Tan(0.5 * x)),
            ("atan", typeof(Atan), Domain.Plain, Value.Atan),
            ("sinh", typeof(ExpM1), Domain.Plain, Value.Sinh),
            ("cosh", typeof(Exp), Domain.Plain, Value.Cosh),
            ("tanh", typeof(Tanh), Domain.Plain, Value.Tanh),
            ("sigmoid", typeof(Sigmoid), Domain.Plain, Value.Sigmoid),
            ("softplus", typeof(Softplus), Domain.Plain, Value.Softplus),
            ("relu", typeof(LeakyRelu), Domain.AwayFromZero, Value.Relu),
            ("leaky-relu", typeof(LeakyRelu), Domain.AwayFromZero, x => Value.LeakyRelu(x, 0.1)),
            ("cube", typeof(Power), Domain.AwayFromZero, x => Value.Pow(x, 3)),
            ("inverse square", typeof(Power), Domain.Positive, x => Value.Pow(x, -2)),
            ("square by power", typeof(Power), Domain.AwayFromZero, x => Value.Pow(x, 2)),
            ("broken power", typeof(Power), Domain.Positive, x => Value.Pow(x, 1.7)),
            ("constants", typeof(Literal), Domain.Plain, x => (3 * x) + (1.5 - (x / 2)) - 0.25),
            ("clamp", typeof(Select), Domain.Apart, x => Value.Clamp(x, -0.4, 0.4)),
        ];
        return functions.SelectMany(f => UnaryShapes.Select(
            shape => Case($"{f.Name} {shape}", f.Type, [(shape, f.Domain)], x => f.Apply(x[0]))));
    }

    private static IEnumerable<PrimitiveCase> Binary()
    {
        (string Name, Type Type, Domain Left, Domain Right, Func<Value, Value, Value> Apply)[] functions =
        [
            ("add", typeof(Add), Domain.Plain, Domain.Plain, (x, y) => x + y),
            ("subtract", typeof(Subtract), Domain.Plain, Domain.Plain, (x, y) => x - y),
            ("multiply", typeof(Multiply), Domain.Plain, Domain.Plain, (x, y) => x * y),
            ("chain-multiply", typeof(ChainMultiply), Domain.AwayFromZero, Domain.AwayFromZero, Value.ChainMultiply),
            ("divide", typeof(Divide), Domain.Plain, Domain.Positive, (x, y) => x / y),
            ("power", typeof(Power), Domain.Positive, Domain.Plain, Value.Pow),
            ("minimum", typeof(Minimum), Domain.Apart, Domain.Between, Value.Min),
            ("maximum", typeof(Maximum), Domain.Apart, Domain.Between, Value.Max),
        ];
        (Shape Left, Shape Right)[] shapes =
        [
            ([], []), ([5], [5]), ([3, 4], [4]), ([3, 1], [1, 4]), ([], [2, 3]), ([2, 1, 3, 1], [3, 1, 2]), ([3, 0], [3, 1]),
        ];
        return functions.SelectMany(f => shapes.Select(
            s => Case($"{f.Name} {s.Left} {s.Right}", f.Type, [(s.Left, f.Left), (s.Right, f.Right)], x => f.Apply(x[0], x[1]))))
            .Append(Plain("multiply by itself", typeof(Multiply), [[3]], x => x[0] * x[0] * x[0]));
    }

    private static IEnumerable<PrimitiveCase> Masks()
    {
        (Shape, Domain)[] two = [([2, 3], Domain.Apart), ([3], Domain.Between)];
        yield return Case("less", typeof(Less), two, x => x[0] < x[1]);
        yield return Case("greater", typeof(Less), two, x => x[0] > x[1]);
        yield return Case("less or equal", typeof(LessOrEqual), two, x => x[0] <= x[1]);
        yield return Case("greater or equal", typeof(LessOrEqual), two, x => x[0] >= x[1]);
        (Shape, Domain)[] clearOfIntegers = [([2, 3], Domain.Apart), ([3], Domain.Apart)];
        yield return Case("equal", typeof(Equal), clearOfIntegers, x => Value.EqualTo(Value.Floor(x[0]), Value.Floor(x[1])));
        yield return Case("not equal", typeof(NotEqual), clearOfIntegers, x => Value.NotEqualTo(Value.Floor(x[0]), Value.Floor(x[1])));
        yield return Case("select", typeof(Select), two, x => Value.Select(x[0] < x[1], Value.Sin(x[0]), x[0] * x[1]));
        yield return Case("select scalar", typeof(Select), [([], Domain.Apart), ([], Domain.Between)], x => Value.Select(x[0] < x[1], x[0] * x[0], x[1]));
        yield return Case("select one branch constant", typeof(Select), two, x => Value.Select(x[0] < x[1], Value.Exp(x[0]), 2));
        yield return Case("select mask alone", typeof(Select), [([4], Domain.Apart)], x => Value.Select(x[0] > 0, 1, -1) * x[0]);
        yield return Case(
            "select broadcasting", typeof(Select), [([2, 1], Domain.Apart), ([3], Domain.Plain), ([], Domain.Plain)],
            x => Value.Select(x[0] > 0.3, x[1] * x[1], x[2]));
    }
}
