using Retrodict.Autodiff;
using static Retrodict.Autodiff.Value;

namespace Retrodict.Tests.Solvers;

/// <summary>Problems of Moré, Garbow and Hillstrom, Testing Unconstrained Optimization Software, ACM TOMS 7 (1981), with the numbers they
/// have there.</summary>
internal static class MoreGarbowHillstrom
{
    private static readonly double[] _bard = [0.14, 0.18, 0.22, 0.25, 0.29, 0.32, 0.35, 0.39, 0.37, 0.58, 0.73, 0.96, 1.34, 2.10, 4.39];

    private static readonly double[] _gaussian =
        [0.0009, 0.0044, 0.0175, 0.0540, 0.1295, 0.2420, 0.3521, 0.3989, 0.3521, 0.2420, 0.1295, 0.0540, 0.0175, 0.0044, 0.0009];

    private static readonly double[] _meyer =
        [34780, 28610, 23650, 19630, 16370, 13720, 11540, 9744, 8261, 7030, 6005, 5147, 4427, 3820, 3307, 2872];

    private static readonly double[] _kowalik = [0.1957, 0.1947, 0.1735, 0.1600, 0.0844, 0.0627, 0.0456, 0.0342, 0.0323, 0.0235, 0.0246];

    private static readonly double[] _kowalikAt = [4, 2, 1, 0.5, 0.25, 0.167, 0.125, 0.1, 0.0833, 0.0714, 0.0625];

    public static IReadOnlyDictionary<string, TestProblem> All { get; } = new Dictionary<string, TestProblem>
    {
        ["1 Rosenbrock"] = new(x => Stack(10 * (x[1] - Square(x[0])), 1 - x[0]), [-1.2, 1], 0),
        ["3 Powell badly scaled"] = new(x => Stack((1e4 * x[0] * x[1]) - 1, Exp(-x[0]) + Exp(-x[1]) - 1.0001), [0, 1], 0),
        ["4 Brown badly scaled"] = new(x => Stack(x[0] - 1e6, x[1] - 2e-6, (x[0] * x[1]) - 2), [1, 1], 0),
        ["5 Beale"] = new(
            x => Stack(
                1.5 - (x[0] * (1 - x[1])), 2.25 - (x[0] * (1 - Square(x[1]))), 2.625 - (x[0] * (1 - (x[1] * x[1] * x[1])))), [1, 1], 0),
        ["6 Jennrich-Sampson"] = new(x => 2 + (2 * Numbers(10)) - (Exp(Numbers(10) * x[0]) + Exp(Numbers(10) * x[1])), [0.3, 0.4], 124.362),
        ["7 helical valley"] = new(
            x => Stack(10 * (x[2] - (10 * Angle(x))), 10 * (Sqrt(Square(x[0]) + Square(x[1])) - 1), x[2]), [-1, 0, 0], 0),
        ["8 Bard"] = new(
            x => Constant(_bard) - (
                x[0] + (Numbers(15) / ((x[1] * (16 - Numbers(15))) + (x[2] * Min(Numbers(15), 16 - Numbers(15)))))), [1, 1, 1], 8.21487e-3),
        ["9 Gaussian"] = new(
            x => (x[0] * Exp(-0.5 * x[1] * Square((0.5 * (8 - Numbers(15))) - x[2]))) - Constant(_gaussian), [0.4, 1, 0], 1.12793e-8),
        ["10 Meyer"] = new(x => (x[0] * Exp(x[1] / (45 + (5 * Numbers(16)) + x[2]))) - Constant(_meyer), [0.02, 4000, 250], 87.9458),
        ["12 Box three-dimensional"] = new(x => Box3(0.1 * Numbers(10), x), [0, 10, 20], 0),
        ["13 Powell singular"] = new(
            x =>
                Stack(
                    x[0] + (10 * x[1]), Math.Sqrt(5) * (x[2] - x[3]), Square(x[1] - (2 * x[2])), Math.Sqrt(10) * Square(x[0] - x[3])), [3,
                        -1, 0, 1], 0),
        ["14 Wood"] = new(
            x => Stack(
                10 * (x[1] - Square(x[0])), 1 - x[0], Math.Sqrt(90) * (x[3] - Square(x[2])), 1 - x[2], Math.Sqrt(10) * (x[1] + x[3] - 2),
                    (x[1] - x[3]) / Math.Sqrt(10)),
            [-3, -1, -3, -1],
            0),
        ["15 Kowalik-Osborne"] = new(
            x =>
                Constant(_kowalik) - (
                    x[0] * (Square(Constant(_kowalikAt)) + (x[1] * Constant(_kowalikAt))) / (
                        Square(Constant(_kowalikAt)) + (x[2] * Constant(_kowalikAt)) + x[3])),
            [0.25, 0.39, 0.415, 0.39],
            3.07505e-4),
        ["16 Brown-Dennis"] = new(
            x => Square(x[0] + (0.2 * Numbers(20) * x[1]) - Exp(0.2 * Numbers(20))) + Square(
                x[2] + (x[3] * Sin(0.2 * Numbers(20))) - Cos(0.2 * Numbers(20))),
            [25, 5, -5, -1],
            85822.2),
    };

    private static Value Numbers(int count) => Constant([.. Enumerable.Range(1, count).Select(i => (double)i)]);

    private static Value Box3(Value t, Value x) => Exp(-t * x[0]) - Exp(-t * x[1]) - (x[2] * (Exp(-t) - Exp(-10 * t)));

    private static Value Angle(Value x) => (Atan(x[1] / x[0]) / (2 * Math.PI)) + Select(x[0] < 0, 0.5, 0);
}
