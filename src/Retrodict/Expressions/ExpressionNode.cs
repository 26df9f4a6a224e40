using Retrodict.Autodiff;

namespace Retrodict.Expressions;

/// <summary>A node of an expression's tree. The nodes stand in a list, operands before what uses them, so that no depth of a tree needs a
/// deep stack.</summary>
internal abstract record ExpressionNode
{
    /// <summary>Where its text begins, as a position in all that was parsed; parentheses around its first operand and the name of a
    /// function may stand before.</summary>
    public int Start { get; init; }

    /// <summary>Where its text ends.</summary>
    public int End { get; init; }

    /// <summary>The nodes that it is made of.</summary>
    public virtual IReadOnlyList<int> Operands => [];

    /// <summary>Those of the operands that its value comes from, given the values of all nodes.</summary>
    public virtual IReadOnlyList<int> Sources(ReadOnlySpan<double> values) => Operands;

    /// <summary>The node's value, from those before it and from the values of names.</summary>
    public abstract Value Apply(ReadOnlySpan<Value> before, Func<string, Value> valueOf);

    internal sealed record Number(double Value) : ExpressionNode
    {
        public override Value Apply(ReadOnlySpan<Value> before, Func<string, Value> valueOf) => Value;
    }

    internal sealed record Name(string Text) : ExpressionNode
    {
        public override Value Apply(ReadOnlySpan<Value> before, Func<string, Value> valueOf) => valueOf(Text);
    }

    internal sealed record Unary(Func<Value, Value> Function, int Operand) : ExpressionNode
    {
        public override IReadOnlyList<int> Operands => [Operand];

        public override Value Apply(ReadOnlySpan<Value> before, Func<string, Value> valueOf) => Function(before[Operand]);
    }

    internal sealed record Binary(Func<Value, Value, Value> Function, int Left, int Right) : ExpressionNode
    {
        public override IReadOnlyList<int> Operands => [Left, Right];

        public override Value Apply(ReadOnlySpan<Value> before, Func<string, Value> valueOf) => Function(before[Left], before[Right]);
    }

    internal sealed record Choice(int Mask, int WhenTrue, int WhenFalse) : ExpressionNode
    {
        public override IReadOnlyList<int> Operands => [Mask, WhenTrue, WhenFalse];

        public override IReadOnlyList<int> Sources(ReadOnlySpan<double> values) => [values[Mask] != 0 ? WhenTrue : WhenFalse];

        public override Value Apply(ReadOnlySpan<Value> before, Func<string, Value> valueOf) =>
            Value.Select(before[Mask], before[WhenTrue], before[WhenFalse]);
    }
}
