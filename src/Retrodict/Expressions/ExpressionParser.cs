using System.Globalization;
using Retrodict.Autodiff;

namespace Retrodict.Expressions;

/// <summary>
/// A recursive descent of bounded depth:
/// <code>
/// formula = [sum "="] sum
/// sum     = product { ("+" | "-") product }
/// product = signed { ("*" | "/") signed }
/// signed  = { "+" | "-" } power
/// power   = primary [ "^" signed ]
/// primary = number | name | quoted | function "(" sum { "," sum } ")" | "if" "(" sum compare sum "," sum "," sum ")" | "(" sum ")"
/// compare = "&lt;" | "&lt;=" | ">" | ">=" | "==" | "!="
/// </code>
/// </summary>
internal sealed class ExpressionParser
{
    private const int MaxLength = 100_000;
    private const int MaxDepth = 500;

    private readonly string _text;
    private readonly ExpressionLexer _lexer;
    private readonly List<string> _constants = [];
    private List<ExpressionNode> _nodes = [];
    private List<string> _names = [];
    private List<string> _quoted = [];
    private ExpressionToken _token;
    private int _takenStart;
    private int _takenEnd;
    private int _depth;

    public ExpressionParser(string text)
    {
        _text = text;
        _lexer = new ExpressionLexer(text);
    }

    /// <summary>An expression that is the whole text.</summary>
    public Expression Expression()
    {
        Begin();
        return Rest(0);
    }

    /// <summary>An expression, or two with an equals sign between them; the first is null where there is one only.</summary>
    public (Expression? Left, Expression Right) Formula()
    {
        Begin();
        Sum();
        if (!_token.Is('='))
        {
            return (null, Finish(0));
        }

        Expression left = Made(0, _token.Position);
        int start = _token.Position + 1;
        Advance();
        return (left, Rest(start));
    }

    private void Begin()
    {
        if (_text.Length > MaxLength)
        {
            throw new ExpressionException(string.Create(
                CultureInfo.InvariantCulture, $"The expression has {_text.Length} characters; at most {MaxLength} are read."), _text, 0);
        }

        Advance();
    }

    private Expression Rest(int start)
    {
        Sum();
        return Finish(start);
    }

    private Expression Finish(int start) => _token.Kind == ExpressionTokenKind.End ? Made(start, _text.Length) : throw Superfluous();

    private Expression Made(int start, int end)
    {
        var made = new Expression(
            _text[start..end].Trim(), [.. _nodes], [.. _names.Distinct()], [.. _quoted.Distinct()], [.. _constants.Distinct()]);
        (_nodes, _names, _quoted) = ([], [], []);
        return made;
    }

    private int Sum()
    {
        int left = Product();
        while (_token.Is('+') || _token.Is('-'))
        {
            bool plus = Take().Is('+');
            int right = Product();
            left = plus ? Add((a, b) => a + b, (a, b) => a + b, left, right) : Add((a, b) => a - b, (a, b) => a - b, left, right);
        }

        return left;
    }

    private int Product()
    {
        int left = Signed();
        while (_token.Is('*') || _token.Is('/'))
        {
            bool times = Take().Is('*');
            int right = Signed();
            left = times ? Add((a, b) => a * b, (a, b) => a * b, left, right) : Add((a, b) => a / b, (a, b) => a / b, left, right);
        }

        return left;
    }

    /// <summary>Every way to nest leads through here.</summary>
    private int Signed()
    {
        if (++_depth > MaxDepth)
        {
            throw new ExpressionException($"The expression nests more than {MaxDepth} levels.", _text, _token.Position);
        }

        bool negative = false;
        while (_token.Is('+') || _token.Is('-'))
        {
            negative ^= Take().Is('-');
        }

        int value = Power();
        _depth--;
        return !negative
            ? value
            : Literal(value) is { } number
            ? Add(new ExpressionNode.Number(-number))
            : Add(new ExpressionNode.Unary(x => -x, value));
    }

    private int Power()
    {
        int left = Primary();
        if (!_token.Is('^'))
        {
            return left;
        }

        Take();
        return Power(left, Signed());
    }

    private int Power(int left, int right) => Literal(right) is { } exponent && IntegerPower.Serves(exponent)
        ? Add(new ExpressionNode.Unary(x => IntegerPower.Of(x, (int)exponent), left))
        : Add(new ExpressionNode.Binary(Value.Pow, left, right));

    private int Primary()
    {
        ExpressionToken token = _token;
        switch (token.Kind)
        {
            case ExpressionTokenKind.Number:
                Take();
                return Add(new ExpressionNode.Number(token.Number));
            case ExpressionTokenKind.Name:
                Take();
                return _token.Is('(') || ExpressionFunctions.IsReserved(token.Text) ? Call(token) : Named(token);
            case ExpressionTokenKind.Quoted:
                Take();
                _names.Add(token.Text);
                _quoted.Add(token.Text);
                return Add(new ExpressionNode.Name(token.Text));
            case ExpressionTokenKind.Symbol when token.Is('('):
                Take();
                int inside = Sum();
                Close(token);
                return inside;
            default:
                throw Missing("a number, a name or '('");
        }
    }

    private int Named(ExpressionToken token)
    {
        if (ExpressionFunctions.Constant(token.Text) is { } constant)
        {
            _constants.Add(token.Text);
            return Add(new ExpressionNode.Number(constant));
        }

        _names.Add(token.Text);
        return Add(new ExpressionNode.Name(token.Text));
    }

    private int Call(ExpressionToken function)
    {
        if (ExpressionFunctions.Find(function.Text) is not { } name)
        {
            throw Wrong(
                function, $"There is no function {function.Shown} (position {Position(function)}); {ExpressionHints.For(function.Text)}");
        }

        ExpressionToken open = _token;
        if (!open.Is('('))
        {
            throw Wrong(
                function,
                $"'{function.Text}' at position {Position(function)} is a function; its argument belongs in parentheses after it, " +
                    $"where {open.Shown} is.");
        }

        Take();
        return name == ExpressionFunctions.Choice ? Choice(function, open) : Applied(function, name, Arguments(open));
    }

    private List<int> Arguments(ExpressionToken open)
    {
        var arguments = new List<int> { Sum() };
        while (_token.Is(','))
        {
            Take();
            arguments.Add(Sum());
        }

        Close(open);
        return arguments;
    }

    private int Applied(ExpressionToken function, string name, List<int> arguments)
    {
        if (ExpressionFunctions.OfSeveral(name) is { } ofSeveral && arguments.Count > 1)
        {
            Func<Value, Value, Value> ofNumber = ExpressionFunctions.OfNumberAndValue(name);
            return arguments.Aggregate((left, right) => Add(
                Literal(left) is not null ? new ExpressionNode.Binary(ofNumber, left, right)
                : Literal(right) is not null ? new ExpressionNode.Binary(ofNumber, right, left)
                : new ExpressionNode.Binary(ofSeveral, left, right)));
        }

        string takes = ExpressionFunctions.OfOne(name) is not null ? "one argument"
            : name == ExpressionFunctions.Power ? "two arguments"
            : "two arguments or more";
        if (arguments.Count != (takes == "one argument" ? 1 : 2))
        {
            string instead = name == "log" && arguments.Count == 2 ? "; the logarithm to base b is log(x)/log(b)" : "";
            throw Wrong(function, string.Create(
                CultureInfo.InvariantCulture,
                $"'{function.Text}' at position {function.Position} takes {takes}, but {arguments.Count} " +
                    $"{(arguments.Count == 1 ? "is" : "are")} given{instead}."));
        }

        return ExpressionFunctions.OfOne(name) is { } ofOne
            ? Add(new ExpressionNode.Unary(ofOne, arguments[0]))
            : Power(arguments[0], arguments[1]);
    }

    /// <summary>A comparison and two values, after the parenthesis.</summary>
    private int Choice(ExpressionToken function, ExpressionToken open)
    {
        int left = Sum();
        ExpressionToken sign = _token;
        if (ExpressionComparisons.Find(sign) is not { } comparison)
        {
            throw Wrong(sign, $"'{function.Text}' at position {Position(function)} needs a comparison first, as in if(x < 1, a, " +
                $"b), but there is {sign.Shown} "
                + $"where one of {string.Join(' ', ExpressionComparisons.Signs)} belongs.");
        }

        Take();
        int mask = Add(new ExpressionNode.Binary(comparison, left, Sum()));
        var values = new List<int>();
        while (_token.Is(','))
        {
            Take();
            values.Add(Sum());
        }

        Close(open);
        return values.Count == 2
            ? Add(new ExpressionNode.Choice(mask, values[0], values[1]))
            : throw Wrong(
                function, $"'{function.Text}' at position {Position(function)} takes a comparison and two values, as in if(x < 1, a, b).");
    }

    private void Close(ExpressionToken open)
    {
        if (!_token.Is(')'))
        {
            throw _token.Kind == ExpressionTokenKind.End
                ? Wrong(open, $"The '(' at position {Position(open)} is never closed.")
                : Superfluous();
        }

        Take();
    }

    /// <summary>Arithmetic of numbers is done at once, so that an exponent of (4-2) is known to be whole.</summary>
    private int Add(Func<Value, Value, Value> function, Func<double, double, double> ofNumbers, int left, int right) =>
        Literal(left) is { } a && Literal(right) is { } b
            ? Add(new ExpressionNode.Number(ofNumbers(a, b)))
            : Add(new ExpressionNode.Binary(function, left, right));

    private int Add(ExpressionNode node)
    {
        int start = node.Operands.Count == 0 ? _takenStart : node.Operands.Min(operand => _nodes[operand].Start);
        _nodes.Add(node with { Start = start, End = _takenEnd });
        return _nodes.Count - 1;
    }

    private double? Literal(int node) => _nodes[node] is ExpressionNode.Number number ? number.Value : null;

    private ExpressionToken Take()
    {
        ExpressionToken taken = _token;
        Advance();
        return taken;
    }

    private void Advance()
    {
        (_takenStart, _takenEnd) = (_token.Position, _lexer.End);
        _token = _lexer.Next();
    }

    /// <summary>What is wrong where an expression could end, but something follows.</summary>
    private ExpressionException Superfluous() => _token switch
    {
        { Kind: ExpressionTokenKind.Number or ExpressionTokenKind.Name or ExpressionTokenKind.Quoted } or { Text: "(" } =>
            Wrong(_token, $"An operator is missing before {_token.Shown} at position {Position(_token)}; a product needs a *, as in 2*x."),
        { Text: ")" } => Wrong(_token, $"The ')' at position {Position(_token)} closes nothing."),
        { Text: "," } =>
            Wrong(_token, $"The ',' at position {Position(_token)} stands outside of a function of several arguments; numbers have " +
                $"a decimal point."),
        { Text: "=" } => Wrong(_token, $"The '=' at position {Position(_token)} has no place there; only a model has one, between " +
            "what is fitted and its formula."),
        _ => ExpressionComparisons.Find(_token) is not null
            ? Wrong(_token, $"{_token.Shown} at position {Position(_token)} compares, which has a place only in if(x < 1, a, b).")
            : Wrong(_token, $"{_token.Shown} at position {Position(_token)} has no place there."),
    };

    private ExpressionException Missing(string expected) => _text.AsSpan().Trim().IsEmpty
        ? Wrong(_token, $"The expression is empty; {expected} belongs there.")
        : Wrong(_token, $"Position {Position(_token)} of the expression needs {expected}, but there is {_token.Shown}.");

    private ExpressionException Wrong(ExpressionToken token, string problem) => new(problem, _text, token.Position);

    private static string Position(ExpressionToken token) => token.Position.ToString(CultureInfo.InvariantCulture);
}
