using Retrodict.Autodiff;

namespace Retrodict.Expressions;

/// <summary>A node of an expression's tree. The nodes stand in a list, operands before what uses them, so that no depth of a tree needs a
/// deep stack.</summary>
internal abstract record ExpressionNode
{
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
        public override Value Apply(ReadOnlySpan<Value> before, Func<string, Value> valueOf) => Function(before[Operand]);
    }

    internal sealed record Binary(Func<Value, Value, Value> Function, int Left, int Right) : ExpressionNode
    {
        public override Value Apply(ReadOnlySpan<Value> before, Func<string, Value> valueOf) => Function(before[Left], before[Right]);
    }

    internal sealed record Choice(int Mask, int WhenTrue, int WhenFalse) : ExpressionNode
    {
        public override Value Apply(ReadOnlySpan<Value> before, Func<string, Value> valueOf) => Value.Select(before[Mask], before[WhenTrue], before[WhenFalse]);
    }
}
