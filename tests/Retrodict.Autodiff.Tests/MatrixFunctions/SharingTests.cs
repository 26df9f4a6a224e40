using System.Runtime.InteropServices;
using Retrodict.Autodiff.Primitives;

namespace Retrodict.Autodiff.Tests.MatrixFunctions;

/// <summary>
/// A matrix is factored once for a function, its derivatives and its transposed solves; bits do not depend on threads; nothing is
/// allocated.
/// </summary>
public class SharingTests
{
    public static TheoryData<string> Names => [.. _programs.Keys];

    private static readonly Dictionary<string, (Type Factorization, Func<int, Function> Program)> _programs = new()
    {
        ["solve"] = (typeof(Lu), n => Of([[n, n], [n]], x => Value.Solve(x[0] + (4 * Value.Eye(n)), x[1]))),
        ["determinant"] = (typeof(Lu), n => Of([[n, n]], x => Value.LogAbsDeterminant(x[0] + (4 * Value.Eye(n))))),
        ["banded"] =
            (typeof(BandedLu), n => Of([[3, n], [n]], x => Value.SolveBanded(x[0] + Value.Constant([0, 4, 0], [3, 1]), 1, 1, x[1]))),
        ["banded positive"] =
            (typeof(BandedCholesky), n => Of(
                [[3, n], [n]], x => Value.SolveBandedPositive(x[0] + Value.Constant([6, 0, 0], [3, 1]), x[1]))),
        ["block"] =
            (typeof(BlockLu), n => Of(
                [[n, 2, 2], [n - 1, 2, 2], [n, 2]], x => Value.SolveBlockTridiagonal(x[0] + (6 * Value.Eye(2)), x[1], x[1], x[2]))),
        ["block positive"] =
            (typeof(BlockCholesky), n => Of(
                [[n, 2, 2], [n - 1, 2, 2], [n, 2]], x => Value.SolveBlockTridiagonalPositive(x[0] + (8 * Value.Eye(2)), x[1], x[2]))),
        ["least squares"] =
            (typeof(Qr), n => Of([[n + 2, n], [n + 2]], x => Value.LeastSquares(x[0] + Value.Eye(n + 2).Slice(1, 0, n), x[1]))),
        ["eigen"] = (typeof(Eigenpairs), n => Of([[n, n]], x => Value.SymmetricEigen(x[0]).Vectors)),
        ["svd"] = (typeof(Svd), n => Of([[n, n]], x => Value.Svd(x[0]).U)),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void One_factorization_serves_derivatives_of_any_order(string name)
    {
        (Type factorization, Func<int, Function> program) = _programs[name];
        Function function = program(4);
        foreach (Function derived in new[] { function, function.Gradient(), function.ValueAndGradient(), function.Jvp(),
            function.Gradient().Jvp(), function.Gradient().Vjp(), function.Gradient().Batch(3).Vjp() })
        {
            Assert.Single(derived.Simplify().Nodes, node => node.Primitive.GetType() == factorization);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void One_matrix_with_a_batch_of_right_sides_is_factored_and_solved_once(string name)
    {
        (Type factorization, Func<int, Function> program) = _programs[name];
        Function function = program(4);
        if (function.Inputs.Count == 1)
        {
            return;
        }

        Function batch = function.Gradient(function.Inputs[^1].Name).Batch(5, function.Inputs[^1].Name).Simplify();
        Node factor = Assert.Single(batch.Nodes, node => node.Primitive.GetType() == factorization);
        Assert.Equal(
            function.Nodes.First(node => node.Primitive.GetType() == factorization).Operands.Select(i => function.Shapes[i]),
            factor.Operands.Select(i => batch.Shapes[i]));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Threads_do_not_change_bits(string name)
    {
        Function function = _programs[name].Program(12).Gradient().Batch(4000);
        double[][] inputs = Execution.Programs.Inputs<double>(function, 1);
        Plan<double> alone = function.Compile<double>(new PlanOptions { Team = ThreadTeam.SingleThread });
        double[][] expected = alone.Evaluate(inputs);
        string factorization = function.Nodes.First(node => node.Primitive.GetType() == _programs[name].Factorization).Primitive.Describe();
        Assert.Contains(
            "parts", Assert.Single(alone.ToString().Split('\n'), line => line.Contains($"= {factorization}(", StringComparison.Ordinal)),
            StringComparison.Ordinal);
        for (int threads = 2; threads <= 3; threads++)
        {
            using var team = new ThreadTeam(threads);
            double[][] actual = function.Compile<double>(new PlanOptions { Team = team }).Evaluate(inputs);
            Assert.All(
                expected.Zip(actual),
                pair => Assert.True(MemoryMarshal.AsBytes(pair.First.AsSpan()).SequenceEqual(MemoryMarshal.AsBytes(pair.Second.AsSpan()))));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Warm_runs_allocate_nothing(string name)
    {
        Function function = _programs[name].Program(6).Gradient().Batch(3);
        Run<double>();
        Run<float>();

        void Run<T>()
            where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
        {
            using Workspace<T> workspace = function.Compile<T>().Rent();
            Execution.Programs.Fill(workspace, Execution.Programs.Inputs<T>(function, 1));
            long allocated = long.MaxValue;
            for (int round = 0; round < 5 && allocated > 0; round++)
            {
                workspace.Run();
                long before = GC.GetAllocatedBytesForCurrentThread();
                workspace.Run();
                allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            }

            Assert.Equal(0, allocated);
        }
    }

    private static Function Of(Shape[] shapes, Func<ValueList, Value> body) => Function.Trace(
        [.. shapes.Select((shape, i) => (((char)('a' + i)).ToString(), shape))],
        inputs => [("y", (Value.Square(body(inputs)) * Weights(body(inputs).Shape)).Sum())],
        "program");

    private static Value Weights(Shape shape) =>
        Value.Constant([.. Enumerable.Range(0, shape.ElementCount).Select(i => 1 + Math.Sin(i))], shape);
}
