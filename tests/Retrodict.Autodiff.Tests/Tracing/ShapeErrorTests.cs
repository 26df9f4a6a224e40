namespace Retrodict.Autodiff.Tests.Tracing;

/// <summary>
/// Operands that do not fit are refused by the operator itself: the message names the operation, the shapes and the axis, and the stack
/// trace the user's line.
/// </summary>
public class ShapeErrorTests
{
    // a: [2, 3], b: [4, 5], v: [3], s: [], t: [2, 3, 3].
    private static readonly Dictionary<string, (Func<Operands, Value> Use, string[] Says)> _cases = new()
    {
        ["add"] = (x => x.A + x.B, ["add", "[2, 3]", "[4, 5]", "axis 1", "3 and 5"]),
        ["subtract"] = (x => x.A - x.B, ["subtract", "[2, 3]", "[4, 5]"]),
        ["multiply"] = (x => x.A * x.B, ["multiply", "[2, 3]", "[4, 5]"]),
        ["divide"] = (x => x.A / x.B, ["divide", "[2, 3]", "[4, 5]"]),
        ["less"] = (x => x.A < x.B, ["less", "[2, 3]", "[4, 5]"]),
        ["greater"] = (x => x.A > x.B, ["less", "[2, 3]", "[4, 5]"]),
        ["less or equal"] = (x => x.A <= x.B, ["less", "[2, 3]", "[4, 5]"]),
        ["greater or equal"] = (x => x.A >= x.B, ["less", "[2, 3]", "[4, 5]"]),
        ["equal"] = (x => Value.EqualTo(x.A, x.B), ["equal", "[2, 3]", "[4, 5]"]),
        ["not equal"] = (x => Value.NotEqualTo(x.A, x.B), ["not-equal", "[2, 3]", "[4, 5]"]),
        ["power"] = (x => Value.Pow(x.A, x.B), ["power", "[2, 3]", "[4, 5]"]),
        ["minimum"] = (x => Value.Min(x.A, x.B), ["minimum", "[2, 3]", "[4, 5]"]),
        ["maximum"] = (x => Value.Max(x.A, x.B), ["maximum", "[2, 3]", "[4, 5]"]),
        ["select by mask"] = (x => Value.Select(x.B, x.A, 0), ["select", "[2, 3]", "[4, 5]"]),
        ["select between branches"] = (x => Value.Select(1, x.A, x.B), ["select", "[2, 3]", "[4, 5]"]),
        ["clamp"] = (x => Value.Clamp(x.A, x.B, 1), ["less", "[2, 3]", "[4, 5]"]),
        ["broadcast to fewer"] = (x => x.A.BroadcastTo(3), ["broadcast", "[2, 3]", "[3]"]),
        ["broadcast to other"] = (x => x.A.BroadcastTo([2, 4]), ["broadcast", "[2, 3]", "[2, 4]"]),
        ["full"] = (x => Value.Full(1, [2, -1]), ["-1", "[2, -1]"]),
        ["reshape"] = (x => x.A.Reshape([4, 2]), ["reshape", "[2, 3]", "6", "[4, 2]", "8"]),
        ["reshape with open length"] = (x => x.A.Reshape(4, -1), ["reshape", "[4, -1]", "[2, 3]", "6"]),
        ["reshape with two open lengths"] = (x => x.A.Reshape(-1, -1), ["reshape", "[-1, -1]", "[2, 3]", "only one may be -1"]),
        ["permute too few"] = (x => x.T.Permute(0, 1), ["permute", "[0, 1]", "[2, 3, 3]"]),
        ["permute twice"] = (x => x.A.Permute(0, 0), ["permute", "[0, 0]", "[2, 3]"]),
        ["permute beyond"] = (x => x.A.Permute(0, 2), ["permute", "[0, 2]", "[2, 3]"]),
        ["index"] = (x => x.A[2], ["index", "2", "[2, 3]"]),
        ["index from end"] = (x => x.A[^3], ["index", "^3", "[2, 3]"]),
        ["index a scalar"] = (x => x.S[0], ["index", "[]"]),
        ["range"] = (x => x.A[1..4], ["slice", "1 to 4", "axis 0", "[2, 3]"]),
        ["range backwards"] = (x => x.B[3..1], ["slice", "3 to 1", "axis 0", "[4, 5]"]),
        ["range of a scalar"] = (x => x.S[..], ["range", "[]"]),
        ["slice axis"] = (x => x.A.Slice(2, 0, 1), ["slice", "axis 2", "[2, 3]"]),
        ["slice bounds"] = (x => x.A.Slice(1, 0, 4), ["slice", "0 to 4", "axis 1", "[2, 3]"]),
        ["slice negative"] = (x => x.A.Slice(1, -1, 2), ["slice", "-1 to 2", "axis 1", "[2, 3]"]),
        ["slice step"] = (x => x.A.Slice(1, 0, 3, 0), ["slice", "by 0", "axis 1", "[2, 3]"]),
        ["pad axis"] = (x => x.A.Pad(-3, 1, 1), ["pad", "axis -3", "[2, 3]"]),
        ["pad below zero"] = (x => x.A.Pad(1, -2, -2), ["pad", "axis 1", "[2, 3]", "-1"]),
        ["circular pad axis"] = (x => x.A.PadCircular(2, 1, 1), ["circular pad", "axis 2", "[2, 3]"]),
        ["circular pad"] = (x => x.A.PadCircular(1, 4, 0), ["circular pad", "axis 1", "[2, 3]", "4"]),
        ["concatenate axis"] = (x => Value.Concatenate(2, x.A, x.A), ["concatenate", "axis 2", "[2, 3]"]),
        ["concatenate alone"] = (x => Value.Concatenate(2, x.A), ["concatenate", "axis 2", "[2, 3]"]),
        ["concatenate"] = (x => Value.Concatenate(0, x.A, x.B), ["concatenate", "tensor 1", "[4, 5]", "[2, 3]", "axis 0"]),
        ["concatenate ranks"] = (x => Value.Concatenate(0, x.A, x.V), ["concatenate", "tensor 1", "[3]", "[2, 3]"]),
        ["stack"] = (x => Value.Stack(x.A, x.A, x.B), ["stack", "tensor 2", "[4, 5]", "[2, 3]"]),
        ["reverse"] = (x => x.A.Reverse(2), ["reverse", "axis 2", "[2, 3]"]),
        ["gather axis"] = (x => x.A.Gather(2, 0), ["gather", "axis 2", "[2, 3]"]),
        ["gather"] = (x => x.A.Gather(1, 0, 3), ["gather", "position 3", "axis 1", "0 to 2"]),
        ["gather negative"] = (x => x.A.Gather(1, -1), ["gather", "position -1", "axis 1"]),
        ["scatter-add axis"] = (x => x.A.ScatterAdd(2, 3, 0), ["scatter-add", "axis 2", "[2, 3]"]),
        ["scatter-add number"] = (x => x.A.ScatterAdd(1, 5, 0, 1), ["scatter-add", "axis 1", "[2, 3]", "2"]),
        ["scatter-add beyond"] = (x => x.A.ScatterAdd(1, 5, 0, 1, 5), ["scatter-add", "position 5", "axis 1", "0 to 4"]),
        ["sum"] = (x => x.A.Sum(2), ["sum", "axis 2", "[2, 3]"]),
        ["sum twice"] = (x => x.A.Sum(1, -1), ["sum", "axis 1", "twice", "[2, 3]"]),
        ["sum of a scalar"] = (x => x.S.Sum(0), ["sum", "axis 0", "[]"]),
        ["mean"] = (x => x.A.Mean(-3), ["mean", "axis -3", "[2, 3]"]),
        ["largest"] = (x => x.A.Max(5), ["max", "axis 5", "[2, 3]"]),
        ["smallest"] = (x => x.A.Min(5), ["min", "axis 5", "[2, 3]"]),
        ["matrix product"] =
            (x => Value.MatMul(x.A, x.B), ["matrix product", "[2, 3]", "[4, 5]", "axis 1 of the left (3)", "axis 0 of the right (4)"]),
        ["matrix product of a scalar"] = (x => Value.MatMul(x.A, x.S), ["matrix product", "[2, 3]", "[]"]),
        ["matrix product of stacks"] =
            (x => Value.MatMul(x.T, Value.Stack(x.C, x.C, x.C)), ["matrix product", "[2, 3, 3]", "[3, 3, 3]", "axis 0"]),
        ["matrix times vector"] = (x => Value.MatMul(x.B, x.V), ["matrix product", "[4, 5]", "[3]"]),
        ["einsum lengths"] = (x => Value.Einsum("ij,jk->ik", x.A, x.B),
            ["einsum 'ij,jk->ik'", "[2, 3]", "[4, 5]", "axis 1 of the left (3)", "axis 0 of the right (4)"]),
        ["einsum ranks"] = (x => Value.Einsum("ij,jk->ik", x.A, x.V), ["einsum 'ij,jk->ik'", "[2, 3]", "[3]", "2 and 1 axes"]),
        ["einsum alone and summed"] =
            (x => Value.Einsum("ij,jk->k", x.A, x.C), ["einsum", "axis 0 of the left", "[2, 3]", "sum over it first"]),
        ["einsum alone and summed right"] =
            (x => Value.Einsum("ij,jk->i", x.A, x.C), ["einsum", "axis 1 of the right", "[3, 3]", "sum over it first"]),
        ["einsum result from nowhere"] = (x => Value.Einsum("ij,jk->ikz", x.A, x.C), ["einsum", "neither operand"]),
        ["einsum diagonal"] = (x => Value.Einsum("jj,j->j", x.C, x.V), ["einsum", "two axes of one name"]),
        ["dot"] = (x => Value.Dot(x.A, x.B), ["dot", "[2, 3]", "[4, 5]"]),
        ["cholesky"] = (x => Value.Cholesky(x.A), ["cholesky", "square", "[2, 3]"]),
        ["cholesky of a vector"] = (x => Value.Cholesky(x.V), ["cholesky", "square", "[3]"]),
        ["positive definite solve"] = (x => Value.SolvePositiveDefinite(x.A, x.V), ["positive definite solve", "square", "[2, 3]"]),
        ["positive definite right side"] = (x => Value.SolvePositiveDefinite(x.C, x.B), ["positive-solve", "[3, 3]", "[4, 5]"]),
        ["triangular solve"] = (x => Value.SolveTriangular(x.A, x.V), ["triangular-solve", "square", "[2, 3]"]),
        ["triangular right side"] = (x => Value.SolveTriangular(x.C, x.A), ["triangular-solve", "[3, 3]", "[2, 3]"]),
        ["triangular stack"] = (x => Value.SolveTriangular(x.T, x.C), ["triangular-solve", "[2, 3, 3]", "[3, 3]"]),
        ["solve"] = (x => Value.Solve(x.A, x.V), ["lu", "square", "[2, 3]"]),
        ["solve right side"] = (x => Value.Solve(x.C, x.B), ["lu-solve", "[3, 3]", "[4, 5]"]),
        ["determinant"] = (x => Value.Determinant(x.V), ["lu", "square", "[3]"]),
        ["banded solve"] = (x => Value.SolveBanded(x.A, 1, 1, x.V), ["banded solve", "[..., 3, n]", "[2, 3]"]),
        ["banded right side"] = (x => Value.SolveBanded(x.A, 1, 0, x.B), ["banded-solve", "[2, 3]", "[3, columns]", "[4, 5]"]),
        ["banded positive"] = (x => Value.SolveBandedPositive(x.V, x.V), ["banded positive definite solve", "[3]"]),
        ["banded product"] = (x => Value.MultiplyBanded(x.A, 1, 0, x.B), ["banded-product", "[2, 3]", "[4, 5]"]),
        ["block diagonal"] =
            (x => Value.SolveBlockTridiagonal(x.A, x.T, x.T, x.V), ["block-tridiagonal solve", "[..., count, b, b]", "[2, 3]"]),
        ["block neighbors"] = (x => Value.SolveBlockTridiagonal(x.T, x.T, x.T, x.V), ["block-tridiagonal solve", "[1, 3, 3]", "[2, 3, 3]"]),
        ["block right side"] =
            (x => Value.SolveBlockTridiagonalPositive(x.T, x.T[..1], x.V), ["block-positive-solve", "[2, 3, columns]", "[3]"]),
        ["least squares"] = (x => Value.LeastSquares(x.A, x.V), ["least squares", "[2, 3]"]),
        ["least squares right side"] = (x => Value.LeastSquares(x.C, x.B), ["least-squares", "[3, 3]", "[4, 5]"]),
        ["symmetric eigenvalues"] = (x => Value.SymmetricEigen(x.A).Values, ["symmetric eigenvalues", "square", "[2, 3]"]),
        ["singular values"] = (x => Value.Svd(x.V).S, ["svd", "[3]"]),
    };

    public static TheoryData<string> Names => [.. _cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_operator_itself_refuses(string name)
    {
        (Func<Operands, Value> use, string[] says) = _cases[name];
        Value? result = null;
        Function.Trace(
            [("a", [2, 3]), ("b", [4, 5]), ("c", [3, 3]), ("v", 3), ("s", Shape.Scalar), ("t", [2, 3, 3])],
            x =>
            {
                var e = Assert.Throws<ShapeException>(() => result = use(new Operands(x)));
                Assert.All(says, text => Assert.Contains(text, e.Message, StringComparison.Ordinal));
                Assert.Contains(nameof(ShapeErrorTests), e.StackTrace, StringComparison.Ordinal);
                return [("y", x[0])];
            });
        Assert.Null(result);
    }

    [Fact]
    public void The_stack_trace_begins_at_the_users_line()
    {
        var e = Assert.Throws<ShapeException>(() => Function.Trace([("a", 2), ("b", 3)], x => [("y", TheLineInQuestion(x[0], x[1]))]));
        Assert.Contains(nameof(TheLineInQuestion), e.StackTrace, StringComparison.Ordinal);
    }

    [Fact]
    public void Shapes_check_themselves()
    {
        Assert.Contains("[3, -2]", Assert.Throws<ShapeException>(() => Shape.Of([3, -2])).Message, StringComparison.Ordinal);
        Assert.Contains("[65536, 65536]", Assert.Throws<ShapeException>(() => Shape.Of([65536, 65536])).Message, StringComparison.Ordinal);
        Assert.Contains("axis 2", Assert.Throws<ShapeException>(() => Shape.Of([3, 2])[2]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Gradients_need_one_scalar_and_Jacobians_one_output()
    {
        Function vector = Function.Trace(x => x * 2, 3).Named("vector");
        Assert.Contains("'vector' has (y: [3])", Assert.Throws<ShapeException>(() => vector.Gradient()).Message, StringComparison.Ordinal);
        Assert.Throws<ShapeException>(() => vector.ValueAndGradient());
        Assert.Throws<ShapeException>(() => vector.HessianVectorProduct());
        Function two = Function.Trace([("x", 3)], x => [("y", x[0]), ("z", x[0])], "two");
        Assert.Contains(
            "'two' has 2 (y: [3], z: [3])", Assert.Throws<ArgumentException>(() => two.Jacobian()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Derivative_rules_of_a_users_own_must_fit()
    {
        Function f = Function.Trace(x => x * 2, 3).Named("model");
        string message = Assert.Throws<ShapeException>(() => f.WithJvp(f)).Message;
        Assert.Contains("'model' must take the inputs and their tangents, of shapes [3], [3]", message, StringComparison.Ordinal);
        Function wrong = Function.Trace([("x", 3), ("dx", 3)], x => [("dy", x[1].Sum())]);
        Assert.Contains(
            "must give the outputs' tangents, of shapes [3]", Assert.Throws<ShapeException>(() => f.WithJvp(wrong)).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "must take the inputs and the outputs' cotangents", Assert.Throws<ShapeException>(() => f.WithVjp(f)).Message,
            StringComparison.Ordinal);
    }

    private static Value TheLineInQuestion(Value a, Value b) => a + b;

    private sealed class Operands(ValueList x)
    {
        public Value A => x["a"];

        public Value B => x["b"];

        public Value C => x["c"];

        public Value V => x["v"];

        public Value S => x["s"];

        public Value T => x["t"];
    }
}
