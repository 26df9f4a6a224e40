using System.Globalization;

namespace Retrodict.Expressions;

/// <summary>
/// What to say of a function that there is not. One that is well known is never answered with the name of another, however near: whoever
/// followed would fit another model without a sign of it. It is answered with its expression, if it has one.
/// </summary>
internal static class ExpressionHints
{
    private static readonly Dictionary<string, string> _expressions = new()
    {
        ["lg"] = "lg(x) is log10(x)",
        ["ld"] = "ld(x) is log2(x)",
        ["lb"] = "lb(x) is log2(x)",
        ["logn"] = "logn(x) is log(x)",
        ["loge"] = "loge(x) is log(x)",
        ["exp2"] = "exp2(x) is 2^x",
        ["exp10"] = "exp10(x) is 10^x",
        ["pow10"] = "pow10(x) is 10^x",
        ["alog"] = "alog(x) is log(x)",
        ["alog10"] = "alog10(x) is log10(x)",
        ["sqr"] = "the square is x^2, the root sqrt(x)",
        ["square"] = "square(x) is x^2",
        ["cube"] = "cube(x) is x^3",
        ["cbrt"] = "cbrt(x) is sign(x)*abs(x)^(1/3)",
        ["root"] = "the root is sqrt(x), or x^(1/n)",
        ["rsqrt"] = "rsqrt(x) is 1/sqrt(x)",
        ["isqrt"] = "isqrt(x) is floor(sqrt(x)) to some and 1/sqrt(x) to others",
        ["sine"] = "the sine is sin(x)",
        ["cosine"] = "the cosine is cos(x)",
        ["tangent"] = "the tangent is tan(x)",
        ["signum"] = "signum(x) is sign(x)",
        ["reciprocal"] = "reciprocal(x) is 1/x",
        ["inv"] = "inv(x) is 1/x",
        ["hypot"] = "hypot(x, y) is sqrt(x^2 + y^2)",
        ["tg"] = "tg(x) is tan(x)",
        ["cot"] = "cot(x) is 1/tan(x)",
        ["cotan"] = "cotan(x) is 1/tan(x)",
        ["ctg"] = "ctg(x) is 1/tan(x)",
        ["sec"] = "sec(x) is 1/cos(x)",
        ["csc"] = "csc(x) is 1/sin(x)",
        ["cosec"] = "cosec(x) is 1/sin(x)",
        ["arctg"] = "arctg(x) is arctan(x)",
        ["acot"] = "acot(x) is arctan(1/x)",
        ["arccot"] = "arccot(x) is arctan(1/x)",
        ["asec"] = "asec(x) is arccos(1/x)",
        ["arcsec"] = "arcsec(x) is arccos(1/x)",
        ["acsc"] = "acsc(x) is arcsin(1/x)",
        ["arccsc"] = "arccsc(x) is arcsin(1/x)",
        ["atan2"] = "atan2(y, x) is 2*arctan(y/(sqrt(x^2 + y^2) + x))",
        ["arctan2"] = "arctan2(y, x) is 2*arctan(y/(sqrt(x^2 + y^2) + x))",
        ["sh"] = "sh(x) is sinh(x)",
        ["ch"] = "ch(x) is cosh(x)",
        ["th"] = "th(x) is tanh(x)",
        ["coth"] = "coth(x) is 1/tanh(x)",
        ["sech"] = "sech(x) is 1/cosh(x)",
        ["csch"] = "csch(x) is 1/sinh(x)",
        ["acoth"] = "acoth(x) is arctanh(1/x)",
        ["asech"] = "asech(x) is arccosh(1/x)",
        ["acsch"] = "acsch(x) is arcsinh(1/x)",
        ["arsinh"] = "arsinh(x) is arcsinh(x)",
        ["arcosh"] = "arcosh(x) is arccosh(x)",
        ["artanh"] = "artanh(x) is arctanh(x)",
        ["sinpi"] = "sinpi(x) is sin(pi*x)",
        ["cospi"] = "cospi(x) is cos(pi*x)",
        ["tanpi"] = "tanpi(x) is tan(pi*x)",
        ["sind"] = "sind(x) is sin(pi*x/180)",
        ["cosd"] = "cosd(x) is cos(pi*x/180)",
        ["tand"] = "tand(x) is tan(pi*x/180)",
        ["asind"] = "asind(x) is 180/pi*arcsin(x)",
        ["acosd"] = "acosd(x) is 180/pi*arccos(x)",
        ["atand"] = "atand(x) is 180/pi*arctan(x)",
        ["deg2rad"] = "deg2rad(x) is pi*x/180",
        ["radians"] = "radians(x) is pi*x/180",
        ["rad2deg"] = "rad2deg(x) is 180/pi*x",
        ["degrees"] = "degrees(x) is 180/pi*x",
        ["sinc"] = "sinc(x) is sin(x)/x, or, as NumPy has it, sin(pi*x)/(pi*x)",
        ["cis"] = "there are no complex numbers",
        ["sigmoid"] = "sigmoid(x) is 1/(1 + exp(-x))",
        ["logistic"] = "logistic(x) is 1/(1 + exp(-x))",
        ["expit"] = "expit(x) is 1/(1 + exp(-x))",
        ["plogis"] = "plogis(x) is 1/(1 + exp(-x))",
        ["logit"] = "logit(x) is log(x/(1 - x))",
        ["qlogis"] = "qlogis(x) is log(x/(1 - x))",
        ["softplus"] = "softplus(x) is log1p(exp(x))",
        ["relu"] = "relu(x) is max(0, x)",
        ["clip"] = "clip(x, a, b) is min(max(x, a), b)",
        ["clamp"] = "clamp(x, a, b) is min(max(x, a), b)",
        ["heaviside"] = "heaviside(x) is (1 + sign(x))/2",
        ["step"] = "step(x) is (1 + sign(x))/2",
        ["rect"] = "rect(x) is if(abs(x) < 0.5, 1, 0)",
        ["round"] = "round(x) is floor(x + 0.5)",
        ["rint"] = "rint(x) is floor(x + 0.5)",
        ["trunc"] = "trunc(x) is sign(x)*floor(abs(x))",
        ["fix"] = "fix(x) is sign(x)*floor(abs(x))",
        ["int"] = "int(x) is sign(x)*floor(abs(x))",
        ["mod"] = "mod(x, y) is x - y*floor(x/y)",
        ["fmod"] = "fmod(x, y) is x - y*sign(x/y)*floor(abs(x/y))",
        ["gauss"] = "a bell curve is a*exp(-(x - m)^2/(2*s^2))",
        ["gaussian"] = "a bell curve is a*exp(-(x - m)^2/(2*s^2))",
        ["normal"] = "a bell curve is a*exp(-(x - m)^2/(2*s^2))",
        ["dnorm"] = "dnorm(x) is exp(-x^2/2)/sqrt(2*pi)",
        ["pnorm"] = "pnorm(x) is erfc(-x/sqrt(2))/2",
        ["ndtr"] = "ndtr(x) is erfc(-x/sqrt(2))/2",
        ["normcdf"] = "normcdf(x) is erfc(-x/sqrt(2))/2",
        ["phi"] = "the normal distribution is erfc(-x/sqrt(2))/2, its density exp(-x^2/2)/sqrt(2*pi)",
        ["lorentz"] = "a Lorentzian is a/(1 + ((x - m)/g)^2)",
        ["lorentzian"] = "a Lorentzian is a/(1 + ((x - m)/g)^2)",
    };

    /// <summary>Functions that are known elsewhere, near to some of ours or not, and have no short expression.</summary>
    private static readonly HashSet<string> _known =
    [
        "gamma", "tgamma", "lgamma", "gammaln", "loggamma", "digamma", "psi", "polygamma", "beta", "betaln", "factorial", "fact", "binom",
        "comb", "choose", "zeta", "lambertw",
        "w", "erfi", "erfcx", "erfinv", "erfcinv", "dawson", "dawsn", "faddeeva", "wofz", "voigt", "expi", "expint", "expn", "exp1",
        "expintegral", "ei", "e1", "li", "si", "ci", "shi", "chi",
        "fresnel", "airy", "ai", "bi", "j0", "j1", "jn", "jv", "y0", "y1", "yn", "i0", "i1", "k0", "k1", "besselj", "bessely", "besseli",
        "besselk", "legendre", "hermite", "ellipk", "ellipe",
        "sum", "prod", "mean", "avg", "average", "median", "std", "sd", "var", "stdev", "norm", "dot", "cross", "diff", "cumsum",
        "integral", "integrate", "quad", "len", "length", "count", "mode",
        "real", "re", "imag", "im", "conj", "arg", "angle", "mix", "rand", "random", "interp", "spline", "sort", "rem", "remainder",
        "gcd", "lcm", "ident",
        "sinhc", "tanc", "vers", "versin", "hav", "haversin", "gd", "logb", "logaddexp", "tri", "triangle", "sawtooth", "pulse", "delta",
        "dirac", "qnorm", "dexp", "pexp", "cosm", "sinm", "expm", "logm", "sqrtm",
    ];

    /// <summary>The end of a sentence that says that there is no function of a name.</summary>
    public static string For(string name)
    {
        string lower = name.ToLowerInvariant();
        if (lower == "log")
        {
            return "log(x) is the natural logarithm, log10(x) the common one";
        }

        if (_expressions.TryGetValue(lower, out string? expression))
        {
            return $"{expression}; the functions are {List}";
        }

        if (lower.StartsWith("log", StringComparison.Ordinal)
            && int.TryParse(lower.AsSpan(3), NumberStyles.None, CultureInfo.InvariantCulture, out int logarithm)
            && ExpressionFunctions.Find(lower) is null && logarithm > 1)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{lower}(x) is log(x)/log({logarithm}); the functions are {List}");
        }

        return !_known.Contains(lower) && Nearest(lower) is { } nearest
            ? $"did you mean '{nearest}'?"
            : $"the functions are {List}, and a product needs a *";
    }

    private static string List => string.Join(", ", ExpressionFunctions.Names);

    /// <summary>A slip of a key; names of one or two letters are more likely parameters before a parenthesis.</summary>
    private static string? Nearest(string name) =>
        ExpressionFunctions.Find(name)
        ?? (name.Length > 2 && NearestName.Find(name, ExpressionFunctions.Names.Where(known => known.Length > 2)) is { } nearest
            && (name.Length <= nearest.Length || Stuttered(name) == Stuttered(nearest)) ? nearest : null);

    /// <summary>A name with each letter once where it stands several times: what is longer in another way is more likely another function,
    /// as <c>rsqrt</c> is.</summary>
    private static string Stuttered(string name) => string.Concat(name.Where((letter, i) => i == 0 || name[i - 1] != letter));
}
