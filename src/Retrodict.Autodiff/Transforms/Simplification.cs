using Retrodict.Autodiff.Primitives;

namespace Retrodict.Autodiff.Transforms;

/// <summary>
/// Common subexpressions, constants, dead code, and the algebra of <see cref="Rules"/>. Nothing is reassociated and no NaN is lost: x * 0
/// and x - x stay (only the strong-zero product of derivative rules has zeros to fold, by its definition). The one bit that may change is
/// the sign of a zero: x + 0 and a sum over an axis of length one become x, also where x is -0.
/// </summary>
internal static class Simplification
{
    private const int MaximumRounds = 16;

    public static Function Simplify(Function function)
    {
        for (int round = 0; round < MaximumRounds; round++)
        {
            function = DeadCode.Remove(new Rewriter(function).Run());
            Function folded = ConstantFolding.Fold(function);
            if (ReferenceEquals(folded, function))
            {
                return function;
            }

            function = folded;
        }

        return DeadCode.Remove(function);
    }

    /// <summary>One pass: nodes are replayed through the rules and a table of what has been computed.</summary>
    internal sealed class Rewriter
    {
        private readonly Function _function;
        private readonly Dictionary<Key, Value[]> _computed = [];
        private readonly Dictionary<int, (Primitive Primitive, Value[] Operands)> _producers = [];
        private readonly Tracer _tracer;
        private readonly Value[] _inputs;

        public Rewriter(Function function)
        {
            _function = function;
            (_tracer, _inputs) = Replay.Begin(function);
        }

        public Function Run()
        {
            var values = new Value[_function.Shapes.Length];
            _inputs.CopyTo(values, 0);
            foreach (Node node in _function.Nodes)
            {
                Replay.Store(values, node, EmitAll(node.Primitive, Replay.Operands(values, node)));
            }

            return Replay.Finish(_tracer, _function, Replay.Outputs(values, _function));
        }

        public Value Emit(Primitive primitive, params Value[] operands) => EmitAll(primitive, operands)[0];

        /// <summary>The node that computes a value; null for an input.</summary>
        public (Primitive Primitive, Value[] Operands)? Producer(Value value) =>
            _producers.TryGetValue(value.Number, out (Primitive, Value[]) producer) ? producer : null;

        private Value[] EmitAll(Primitive primitive, Value[] operands)
        {
            var key = new Key(primitive, operands);
            if (_computed.TryGetValue(key, out Value[]? known))
            {
                return known;
            }

            Value[] results;
            if (Rules.Rewrite(this, primitive, operands) is { } simpler)
            {
                results = [simpler];
            }
            else
            {
                results = _tracer.Append(primitive, operands);
                if (results.Length == 1)
                {
                    _producers[results[0].Number] = (primitive, operands);
                }
            }

            _computed.Add(key, results);
            return results;
        }

        private readonly struct Key(Primitive primitive, Value[] operands) : IEquatable<Key>
        {
            private readonly Primitive _primitive = primitive;
            private readonly Value[] _operands = operands;

            public bool Equals(Key other)
            {
                if (_operands.Length != other._operands.Length || !_primitive.Equals(other._primitive))
                {
                    return false;
                }

                for (int i = 0; i < _operands.Length; i++)
                {
                    if (_operands[i].Number != other._operands[i].Number)
                    {
                        return false;
                    }
                }

                return true;
            }

            public override bool Equals(object? obj) => obj is Key other && Equals(other);

            public override int GetHashCode()
            {
                var hash = new HashCode();
                hash.Add(_primitive);
                foreach (Value operand in _operands)
                {
                    hash.Add(operand.Number);
                }

                return hash.ToHashCode();
            }
        }
    }
}
