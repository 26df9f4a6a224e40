namespace Retrodict.Autodiff.Tests.Fuzzing;

/// <content>
/// Factorizations of random matrices that are well conditioned: fixed ones plus a random part of smaller norm than their smallest singular
/// value, or than half the distance of their eigenvalues.
/// </content>
internal sealed partial class ProgramFuzzer
{
    private Bounded MatrixFunction()
    {
        int[] stack = _random.Next(3) == 0 ? [_random.Next(1, 4)] : [];
        return _random.Next(6) switch
        {
            0 => General(stack),
            1 => Banded(stack),
            2 => Blocks(stack),
            3 => Rectangular(stack),
            4 => Eigen(stack),
            _ => Singular(stack),
        };
    }

    private Bounded General(int[] stack)
    {
        int n = _random.Next(1, 5);
        Value a = (0.1 * Matrices(stack, n, n)) + Diagonals(n, n, i => (i + 1) % n, i => i % 2 == 0 ? 2 : -2);
        return _random.Next(5) switch
        {
            0 => new(Value.LogAbsDeterminant(a), 5),
            1 => new(Value.Determinant(0.5 * a), 7),
            2 when stack.Length == 0 => new(Value.Solve(a.Permute(), As(n).Value), 11),
            _ => new(Value.Solve(a, Matrices(stack, n, _random.Next(1, 4))), 11),
        };
    }

    private Bounded Banded(int[] stack)
    {
        int n = _random.Next(1, 6);
        (int lower, int upper) = (_random.Next(3), _random.Next(3));
        Value right = Matrices(stack, n, _random.Next(1, 3));
        if (_random.Next(3) == 0)
        {
            Value symmetric = (0.2 * Matrices(stack, lower + 1, n)) + Rows(lower + 1, n, r => r == 0 ? 3.5 : 0);
            return new(Value.SolveBandedPositive(symmetric, right), 8);
        }

        // Skew with a shift: rows are exchanged, and no singular value is below the shift.
        double skew = lower == upper && lower > 0 ? 2 : 0;
        Value diagonals = (0.07 * Matrices(stack, lower + upper + 1, n))
            + Rows(lower + upper + 1, n, r => r == upper ? 1.4 : r == 0 ? -skew : r == lower + upper ? skew : 0);
        return _random.Next(3) == 0
            ? new(Value.MultiplyBanded(diagonals, lower, upper, right), 20)
            : new(Value.SolveBanded(diagonals, lower, upper, right), 15);
    }

    private Bounded Blocks(int[] stack)
    {
        (int count, int b, int columns) = (_random.Next(1, 4), _random.Next(1, 3), _random.Next(1, 3));
        Value diagonal = 0.05 * As(Shape.Of([.. stack, count, b, b])).Within(_random).Value;
        Value lower = 0.05 * As(Shape.Of([.. stack, count - 1, b, b])).Within(_random).Value;
        Value upper = 0.05 * As(Shape.Of([.. stack, count - 1, b, b])).Within(_random).Value;
        Value right = As(Shape.Of([.. stack, count, b, columns])).Within(_random).Value;
        return _random.Next(2) == 0
            ? new(Value.SolveBlockTridiagonalPositive(diagonal + (2 * Value.Eye(b)), 3 * lower, right), 10)
            : new(Value.SolveBlockTridiagonal(
                diagonal + (1.4 * Value.Eye(b)), lower + (2 * Value.Eye(b)), upper - (2 * Value.Eye(b)), right), 15);
    }

    private Bounded Rectangular(int[] stack)
    {
        int n = _random.Next(1, 4);
        int m = n + _random.Next(3);
        Value a = (0.06 * Matrices(stack, m, n)) + Diagonals(m, n, i => i % n, _ => 1.5);
        return new(Value.LeastSquares(a, Matrices(stack, m, _random.Next(1, 3))), 12);
    }

    private Bounded Eigen(int[] stack)
    {
        int n = _random.Next(1, 5);
        (Value values, Value vectors) = Value.SymmetricEigen((0.04 * Matrices(stack, n, n)) + Diagonals(n, n, i => i, i => (1.4 * i) - 2));
        return _random.Next(3) switch
        {
            0 => new(values, 4),
            1 => new(vectors, 1),
            _ => new(Value.MatMul(vectors, Value.Exp(0.3 * values).Reshape(Shape.Of([.. values.Shape, 1]))), 8),
        };
    }

    private Bounded Singular(int[] stack)
    {
        (int m, int n) = (_random.Next(1, 4), _random.Next(1, 4));
        (Value u, Value s, Value v) = Value.Svd(
            (0.04 * Matrices(stack, m, n)) + Diagonals(m, n, i => i, i => i < Math.Min(m, n) ? 1.2 + (1.4 * i) : 0));
        return _random.Next(4) switch
        {
            0 => new(u, 1),
            1 => new(s, 5),
            2 => new(v, 1),
            _ => new(Value.MatMul(u, s.Reshape(Shape.Of([.. s.Shape, 1]))), 8),
        };
    }

    private Value Matrices(int[] stack, int rows, int columns) => As(Shape.Of([.. stack, rows, columns])).Within(_random).Value;

    private static Value Diagonals(int m, int n, Func<int, int> column, Func<int, double> element)
    {
        var pattern = new double[m * n];
        for (int i = 0; i < m; i++)
        {
            if (column(i) is var j && j < n)
            {
                pattern[(i * n) + j] = element(i);
            }
        }

        return Value.Constant(pattern, [m, n]);
    }

    private static Value Rows(int rows, int n, Func<int, double> element) =>
        Value.Constant([.. Enumerable.Range(0, rows * n).Select(i => element(i / n))], [rows, n]);
}
