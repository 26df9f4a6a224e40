using System.Globalization;
using Retrodict.Randomness;

namespace Retrodict.Tests.Expressions;

/// <summary>A tree of operations that prints itself with as few parentheses as the rules allow, and evaluates itself by plain
/// recursion.</summary>
internal abstract record RandomTree
{
    private const int SumLevel = 0;
    private const int ProductLevel = 1;
    private const int SignLevel = 2;
    private const int PowerLevel = 3;
    private const int PrimaryLevel = 4;

    public abstract int Level { get; }

    public abstract double Evaluate(IReadOnlyDictionary<string, double> names);

    public abstract string Print(RandomStream style);

    public static RandomTree Draw(RandomStream stream, int depth)
    {
        if (depth == 0 || stream.NextDouble() < 0.15)
        {
            return stream.NextInt(4) switch
            {
                0 => new Number(Math.Round(stream.NextUniform(0.1, 4), 3)),
                1 => new Constant(stream.NextInt(2) == 0 ? "pi" : "e"),
                _ => new Name("abx_1"[stream.NextInt(3)].ToString()),
            };
        }

        return stream.NextInt(8) switch
        {
            0 or 1 => new Binary("+-"[stream.NextInt(2)], Draw(stream, depth - 1), Draw(stream, depth - 1)),
            2 or 3 => new Binary("*/"[stream.NextInt(2)], Draw(stream, depth - 1), Draw(stream, depth - 1)),
            4 => new Negated(Draw(stream, depth - 1)),
            5 => new Power(Draw(stream, depth - 1), new Number(stream.NextInt(4) + 1)),
            6 => new Power(Draw(stream, depth - 1), Draw(stream, depth - 1)),
            _ => new Call(Call.Functions.Keys.ElementAt(stream.NextInt(Call.Functions.Count)), Draw(stream, depth - 1)),
        };
    }

    private static string Inside(RandomTree tree, int level, RandomStream style) =>
        tree.Level >= level ? tree.Print(style) : $"({tree.Print(style)})";

    private static string Blank(RandomStream style) => style.NextInt(3) == 0 ? " " : "";

    internal sealed record Number(double Value) : RandomTree
    {
        public override int Level => PrimaryLevel;

        public override double Evaluate(IReadOnlyDictionary<string, double> names) => Value;

        public override string Print(RandomStream style) =>
            Value.ToString(style.NextInt(4) == 0 ? "E16" : "R", CultureInfo.InvariantCulture);
    }

    internal sealed record Constant(string Text) : RandomTree
    {
        public override int Level => PrimaryLevel;

        public override double Evaluate(IReadOnlyDictionary<string, double> names) => Text == "pi" ? Math.PI : Math.E;

        public override string Print(RandomStream style) => Text;
    }

    internal sealed record Name(string Text) : RandomTree
    {
        public override int Level => PrimaryLevel;

        public override double Evaluate(IReadOnlyDictionary<string, double> names) => names[Text];

        public override string Print(RandomStream style) => Text;
    }

    internal sealed record Negated(RandomTree Operand) : RandomTree
    {
        public override int Level => SignLevel;

        public override double Evaluate(IReadOnlyDictionary<string, double> names) => -Operand.Evaluate(names);

        public override string Print(RandomStream style) => $"-{Blank(style)}{Inside(Operand, SignLevel, style)}";
    }

    internal sealed record Binary(char Symbol, RandomTree Left, RandomTree Right) : RandomTree
    {
        public override int Level => Symbol is '+' or '-' ? SumLevel : ProductLevel;

        public override double Evaluate(IReadOnlyDictionary<string, double> names)
        {
            (double left, double right) = (Left.Evaluate(names), Right.Evaluate(names));
            return Symbol switch { '+' => left + right, '-' => left - right, '*' => left * right, _ => left / right };
        }

        public override string Print(RandomStream style) =>
            $"{Inside(Left, Level, style)}{Blank(style)}{Symbol}{Blank(style)}{Inside(Right, Level + 1, style)}";
    }

    internal sealed record Power(RandomTree Base, RandomTree Exponent) : RandomTree
    {
        public override int Level => PowerLevel;

        public override double Evaluate(IReadOnlyDictionary<string, double> names) =>
            Math.Pow(Base.Evaluate(names), Exponent.Evaluate(names));

        public override string Print(RandomStream style) => style.NextInt(4) == 0
            ? $"pow({Base.Print(style)},{Blank(style)}{Exponent.Print(style)})"
            : $"{Inside(Base, PrimaryLevel, style)}{Blank(style)}{(style.NextInt(2) == 0 ? "^" : "**")}" +
                Inside(Exponent, SignLevel, style);
    }

    internal sealed record Call(string Function, RandomTree Argument) : RandomTree
    {
        public static readonly Dictionary<string, Func<double, double>> Functions = new()
        {
            ["exp"] = Math.Exp,
            ["log"] = Math.Log,
            ["log10"] = Math.Log10,
            ["sqrt"] = Math.Sqrt,
            ["sin"] = Math.Sin,
            ["cos"] = Math.Cos,
            ["tan"] = Math.Tan,
            ["arctan"] = Math.Atan,
            ["sinh"] = Math.Sinh,
            ["cosh"] = Math.Cosh,
            ["tanh"] = Math.Tanh,
            ["abs"] = Math.Abs,
        };

        public override int Level => PrimaryLevel;

        public override double Evaluate(IReadOnlyDictionary<string, double> names) => Functions[Function](Argument.Evaluate(names));

        public override string Print(RandomStream style) => $"{Function}{Blank(style)}({Blank(style)}{Argument.Print(style)})";
    }
}
