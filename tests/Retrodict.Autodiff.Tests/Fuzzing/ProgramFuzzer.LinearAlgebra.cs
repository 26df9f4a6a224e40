using Retrodict.Autodiff.Tests.Laws;

namespace Retrodict.Autodiff.Tests.Fuzzing;

/// <content>Contractions, solves, and functions with rules of their own.</content>
internal sealed partial class ProgramFuzzer
{
    /// <summary>
    /// Axes of equal length are paired at random; a pair is summed or kept as a batch axis, and the result's axes are shuffled.
    /// </summary>
    private Bounded Contracted(Bounded x, Bounded y)
    {
        const string Letters = "abcdefghijklmnopqrstuvwxyz";
        char[] left = [.. Letters.Take(x.Shape.Rank)];
        char[] right = [.. Letters.Skip(x.Shape.Rank).Take(y.Shape.Rank)];
        var result = new List<char>([.. left, .. right]);
        int summed = 1;
        for (int axis = 0; axis < right.Length; axis++)
        {
            int[] partners = [.. Enumerable.Range(0, left.Length).Where(a => x.Shape[a] == y.Shape[axis] && !right.Contains(left[a]))];
            if (partners.Length == 0 || _random.Next(5) == 0)
            {
                continue;
            }

            result.Remove(right[axis]);
            right[axis] = left[partners[_random.Next(partners.Length)]];
            if (_random.Next(3) > 0)
            {
                result.Remove(right[axis]);
                summed *= y.Shape[axis];
            }
        }

        char[] shuffled = [.. result];
        _random.Shuffle(shuffled);
        Value contracted = Value.Einsum($"{new string(left)},{new string(right)}->{new string(shuffled)}", x.Value, y.Value);
        return new(contracted, Math.Max(summed, 1) * x.Bound * y.Bound);
    }

    private Bounded Solved()
    {
        int n = _random.Next(1, 5);
        int columns = _random.Next(1, 4);
        int[] stack = _random.Next(3) == 0 ? [_random.Next(1, 4)] : [];
        Value raw = As(Shape.Of([.. stack, n, n])).Within(_random).Value;
        Value right = stack.Length == 0 && _random.Next(2) == 0 ? As(n).Value : As(Shape.Of([.. stack, n, columns])).Value;
        Value triangle = (0.15 * raw) + (1.5 * Value.Eye(n));
        int[] transposed = stack.Length == 0 ? [1, 0] : [0, 2, 1];
        Value positive = (0.1 * Value.MatMul(raw, raw.Permute(transposed))) + Value.Eye(n);
        return _random.Next(4) switch
        {
            0 or 1 => new(Value.SolveTriangular(triangle, right, _random.Next(2) == 0, _random.Next(2) == 0), 8),
            2 => new(Value.Cholesky(positive), 3),
            _ => new(Value.SolvePositiveDefinite(positive, right), 8),
        };
    }

    /// <summary>A random function with its own derivative as a rule, in forward or reverse form, applied to random arguments.</summary>
    private Bounded OwnRule()
    {
        Function function = _random.Next(4) switch
        {
            0 => PrimitiveCases.WithForwardRule(),
            1 => PrimitiveCases.WithReverseRule(),
            2 => WithOwnRule(Program(_random, _depth + 1, -1).Function, forward: true),
            _ => WithOwnRule(Program(_random, _depth + 1, -1).Function, forward: false),
        };
        function = _random.Next(4) == 0 ? function.Batch(2, function.Inputs[0].Name) : function;
        Value[] results = function.Apply([.. function.Inputs.Select(input => As(input.Shape).Within(_random).Value)]);
        return new Bounded(Value.Tanh(0.3 * results[_random.Next(results.Length)]), 1);
    }

    private static Function WithOwnRule(Function function, bool forward)
    {
        Function derivative = forward ? function.Jvp() : function.Vjp();
        Function rule = Function.Trace(
            [.. derivative.Inputs.Select(input => (input.Name, input.Shape))],
            inputs => [.. derivative.Apply([.. inputs]).Skip(function.Outputs.Count).Select((value, i) => ($"d{i}", value))]);
        return forward ? function.WithJvp(rule) : function.WithVjp(rule);
    }
}
