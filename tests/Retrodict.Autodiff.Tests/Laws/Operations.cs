// To add an elementwise operation: write its primitive, its function on Value, and a row here. Laws, lengths, positions, vector widths,
// accuracy, smoke tests and random programs read this table; OperationTests fails for a primitive that has no row.

using Retrodict.Autodiff.Primitives;
using Retrodict.Autodiff.Tests.Kernels;

namespace Retrodict.Autodiff.Tests.Laws;

/// <summary>The table of elementwise operations: what each is held against, and where.</summary>
internal static class Operations
{
    /// <summary>This file.</summary>
    public const string File = "tests/Retrodict.Autodiff.Tests/Laws/Operations.cs";

    public static IReadOnlyList<Operation> All { get; } = [.. Arithmetic(), .. Functions(), .. Pieces(), .. Comparisons()];

    public static TheoryData<string> Names => [.. All.Select(operation => operation.Name)];

    public static Operation Named(string name) => All.Single(operation => operation.Name == name);

    private static Operation[] Arithmetic() =>
    [
        new(typeof(Add), "add", (x, y) => x + y, (x, y) => x + y, Domain.Plain, Domain.Plain),
        new(typeof(Subtract), "subtract", (x, y) => x - y, (x, y) => x - y, Domain.Plain, Domain.Plain),
        new(typeof(Multiply), "multiply", (x, y) => x * y, (x, y) => x * y, Domain.Plain, Domain.Plain),
        new(typeof(ChainMultiply), "chain-multiply", Value.ChainMultiply, (x, y) => x * y, Domain.AwayFromZero, Domain.AwayFromZero),
        new(typeof(StrongMultiply), "strong-multiply", Value.StrongMultiply, (x, y) => x * y, Domain.AwayFromZero, Domain.AwayFromZero),
        new(typeof(Divide), "divide", (x, y) => x / y, (x, y) => x / y, Domain.Plain, Domain.Positive),
        new(typeof(Negate), "negate", x => -x, x => -x, Domain.Plain),
        new(typeof(Reciprocal), "reciprocal", Value.Reciprocal, x => 1 / x, Domain.Positive),
        new(typeof(Multiply), "square", Value.Square, x => x * x, Domain.Plain),
        new(typeof(StopGradient), "stop-gradient", Value.StopGradient, x => x, Domain.Plain) { HasTrueDerivatives = false },
    ];

    private static Operation[] Functions() =>
    [
        new(typeof(Exp), "exp", Value.Exp, Math.Exp, Domain.Plain)
        {
            Error = new(
                1, x => ExactFunctions.Exp(x), [(-1, 1), (-708, 709.7), (-745, -708), (1e-300, 1)],
                [(-1, 1), (-87, 88.7), (-103, -87), (1e-30, 1)]),
        },
        new(typeof(ExpM1), "expm1", Value.ExpM1, x => Math.Exp(x) - 1, Domain.Plain)
        {
            Error = new(
                2.1, x => ExactFunctions.ExpM1(x),
                [(-1, 1), (-40, 709.7), (1e-300, 1), (-1e-300, -1), (-0.5, -0.2), (0.2, 0.6)],
                [(-1, 1), (-20, 88.7), (1e-35, 1), (-1e-35, -1), (-0.5, -0.2), (0.2, 0.6)]),
        },
        new(typeof(Log), "log", Value.Log, Math.Log, Domain.Positive)
        {
            Error = new(1, x => ExactFunctions.Log(x), [(0.5, 2), (0.99, 1.01), (1e-320, 1e300)], [(0.5, 2), (0.99, 1.01), (1e-44, 1e38)]),
        },
        new(typeof(LogP1), "logp1", Value.LogP1, x => Math.Log(1 + x), Domain.Positive)
        {
            Error = new(
                1.5, x => ExactFunctions.LogP1(x),
                [(-0.5, 1), (1e-300, 1e300), (-1e-300, -0.5), (-0.9999999, -0.5)],
                [(-0.5, 1), (1e-35, 1e37), (-1e-35, -0.5), (-0.99999, -0.5)]),
        },
        new(typeof(Log), "log10", Value.Log10, Math.Log10, Domain.Positive),
        new(typeof(Sqrt), "sqrt", Value.Sqrt, Math.Sqrt, Domain.Positive),
        new(typeof(Sin), "sin", Value.Sin, Math.Sin, Domain.Plain)
        {
            Error = new(
                1, x => ExactFunctions.Sin(x),
                [(-4, 4), (1e-300, 1), (-1e6, 1e6), (3.14159, 3.1416)],
                [(-4, 4), (1e-35, 1), (-1e6, 1e6), (3.14159, 3.1416)]),
        },
        new(typeof(Cos), "cos", Value.Cos, Math.Cos, Domain.Plain)
        {
            Error = new(
                1, x => ExactFunctions.Cos(x),
                [(-4, 4), (1e-300, 1), (-1e6, 1e6), (1.57079, 1.5708)],
                [(-4, 4), (1e-35, 1), (-1e6, 1e6), (1.57079, 1.5708)]),
        },
        new(typeof(Divide), "tan", x => Value.Tan(0.5 * x), x => Math.Tan(0.5 * x), Domain.Plain),
        new(typeof(Atan), "atan", Value.Atan, Math.Atan, Domain.Plain)
        {
            Error = new(1.5, x => ExactFunctions.Atan(x), [(-1, 1), (0.4, 2.2), (1e-300, 1e300)], [(-1, 1), (0.4, 2.2), (1e-35, 1e37)]),
        },
        new(typeof(ExpM1), "sinh", Value.Sinh, Math.Sinh, Domain.Plain),
        new(typeof(Exp), "cosh", Value.Cosh, Math.Cosh, Domain.Plain),
        new(typeof(Tanh), "tanh", Value.Tanh, Math.Tanh, Domain.Plain)
        {
            Error = new(
                1.5, x => ExactFunctions.Tanh(x), [(-1, 1), (0.5, 0.8), (1e-300, 20), (-22, 22)],
                [(-1, 1), (0.5, 0.8), (1e-35, 20), (-10, 10)]),
        },
        new(typeof(Sigmoid), "sigmoid", Value.Sigmoid, x => 1 / (1 + Math.Exp(-x)), Domain.Plain)
        {
            Error = new(2.25, x => ExactFunctions.Sigmoid(x), [(-2, 2), (-40, 40), (-744, -30)], [(-2, 2), (-20, 20), (-102, -30)]),
        },
        new(typeof(Softplus), "softplus", Value.Softplus, x => Math.Log(1 + Math.Exp(x)), Domain.Plain)
        {
            Error = new(2, x => ExactFunctions.Softplus(x), [(-2, 2), (-40, 40), (-744, -30)], [(-2, 2), (-20, 20), (-102, -30)]),
        },
        new(typeof(Power), "power", Value.Pow, Math.Pow, Domain.Positive, Domain.Plain)
        {
            Error = new(
                1.5, 1, x => ExactFunctions.Power(x[0], x[1]),
                [[(0.5, 2), (-700, 700)], [(1e-320, 1e300), (-3, 3)], [(0.999, 1.001), (-600_000, 600_000)], [(1e-320, 1e300), (1e-20, 1)]],
                [[(0.5, 2), (-120, 120)], [(1e-44, 1e37), (-3, 3)], [(0.999, 1.001), (-80_000, 80_000)]]),
        },
        new(typeof(Power), "cube", x => Value.Pow(x, 3), x => x * x * x, Domain.AwayFromZero),
        new(typeof(Power), "inverse square", x => Value.Pow(x, -2), x => 1 / (x * x), Domain.Positive),
        new(typeof(Power), "square by power", x => Value.Pow(x, 2), x => x * x, Domain.AwayFromZero),
        new(typeof(Power), "broken power", x => Value.Pow(x, 1.7), x => Math.Pow(x, 1.7), Domain.Positive),
    ];

    private static Operation[] Pieces() =>
    [
        new(typeof(Abs), "abs", Value.Abs, Math.Abs, Domain.AwayFromZero),
        new(typeof(Sign), "sign", Value.Sign, x => Math.Sign(x), Domain.AwayFromZero),
        new(typeof(Floor), "floor", Value.Floor, Math.Floor, Domain.Apart),
        new(typeof(LeakyRelu), "relu", Value.Relu, x => Math.Max(x, 0), Domain.AwayFromZero),
        new(typeof(LeakyRelu), "leaky-relu", x => Value.LeakyRelu(x, 0.125), x => x > 0 ? x : 0.125 * x, Domain.AwayFromZero),
        new(typeof(Select), "clamp", x => Value.Clamp(x, -0.4, 0.4), x => Math.Clamp(x, -0.4, 0.4), Domain.Apart),
        new(typeof(Minimum), "minimum", Value.Min, Math.Min, Domain.Apart, Domain.Between),
        new(typeof(Maximum), "maximum", Value.Max, Math.Max, Domain.Apart, Domain.Between),
        new(
            typeof(Select), "select", x => Value.Select(x[0] > 0, x[1] * x[2], x[2]), x => x[0] > 0 ? x[1] * x[2] : x[2],
            [Domain.AwayFromZero, Domain.Plain, Domain.Plain]),
    ];

    /// <summary>Integers tie, and stay away from where they would change.</summary>
    private static Operation[] Comparisons() =>
    [
        new(typeof(Less), "less", (x, y) => x < y, (x, y) => x < y ? 1 : 0, Domain.Apart, Domain.Between),
        new(typeof(Less), "greater", (x, y) => x > y, (x, y) => x > y ? 1 : 0, Domain.Apart, Domain.Between),
        new(
            typeof(LessOrEqual), "less or equal", (x, y) => Value.Floor(x) <= Value.Floor(y),
            (x, y) => Math.Floor(x) <= Math.Floor(y) ? 1 : 0,
            Domain.Apart, Domain.Apart),
        new(
            typeof(LessOrEqual), "greater or equal", (x, y) => Value.Floor(x) >= Value.Floor(y),
            (x, y) => Math.Floor(x) >= Math.Floor(y) ? 1 : 0,
            Domain.Apart, Domain.Apart),
        new(
            typeof(Equal), "equal", (x, y) => Value.EqualTo(Value.Floor(x), Value.Floor(y)),
            (x, y) => Math.Floor(x) == Math.Floor(y) ? 1 : 0,
            Domain.Apart, Domain.Apart),
        new(
            typeof(NotEqual), "not equal", (x, y) => Value.NotEqualTo(Value.Floor(x), Value.Floor(y)),
            (x, y) => Math.Floor(x) == Math.Floor(y) ? 0 : 1,
            Domain.Apart, Domain.Apart),
    ];
}
