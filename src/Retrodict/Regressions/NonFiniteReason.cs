using System.Globalization;

namespace Retrodict.Regressions;

/// <summary>Why an operation is not finite, and what to do.</summary>
/// <param name="Text">What it does, for a sentence that begins with its text and "is" or "has".</param>
/// <param name="Advice">What to do.</param>
internal sealed record NonFiniteReason(string Text, string Advice)
{
    private const string Elsewhere = "another start or bounds may keep away from there";

    /// <param name="operation">The sign or the name of the function.</param>
    /// <param name="operands">The values of its operands.</param>
    /// <param name="isDerivative">Whether its value is finite, and only a derivative of it is not.</param>
    public static NonFiniteReason Of(string operation, IReadOnlyList<double> operands, bool isDerivative)
    {
        double first = operands[0];
        double last = operands[^1];
        const string Positive = "bounds or another start keep the argument positive";
        const string Base = "keep the base positive by bounds or with max(..., 0) or if(...), or fix the exponent to a whole number";
        return operation switch
        {
            "^" or "pow" when first < 0 && isDerivative =>
                new($"is a power of a negative base, {Shown(first)}, which has no derivative with respect to its exponent", Base),
            "^" or "pow" when first < 0 && last != Math.Truncate(last) =>
                new($"is a power of a negative base, {Shown(first)}, with an exponent that is not whole, {Shown(last)}", Base),
            "^" or "pow" when first == 0 && isDerivative => new("is a power of zero, whose derivative is not finite", Base),
            "^" or "pow" when first == 0 => new("is a negative power of zero", Base),
            "/" when last == 0 => new("divides by zero", "bounds or another start keep the denominator away from zero"),
            "log" or "ln" or "log10" or "lg" or "log2" when first <= 0 =>
                new($"is the logarithm of a number that is not positive, {Shown(first)}", Positive),
            "log1p" when first <= -1 =>
                new($"is log1p of a number that is not above -1, {Shown(first)}", "bounds or another start keep the argument above -1"),
            "sqrt" when first < 0 => new($"is the root of a negative number, {Shown(first)}", Positive),
            "sqrt" => new("is the root of zero, whose derivative is infinite", "bounds or another start keep the argument above zero"),
            "exp" or "expm1" or "sinh" or "cosh" when Math.Abs(first) > 700 =>
                new($"is {operation} of {Shown(first)}, too large for a number", "start where that argument is smaller"),
            "+" or "-" or "*" or "/" or "^" or "pow" => new(
                isDerivative ? "has a derivative that is too large for a number" : "is too large for a number", Elsewhere),
            _ => new($"is {operation} of {Shown(first)}, where {(isDerivative ? "its derivative" : "it")} is not finite", Elsewhere),
        };
    }

    private static string Shown(double value) => value.ToString("G4", CultureInfo.InvariantCulture);
}
