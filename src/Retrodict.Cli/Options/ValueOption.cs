using System.CommandLine;
using Retrodict.Cli.Hosting;

namespace Retrodict.Cli.Options;

/// <summary>Options with one value whose errors say what they accept.</summary>
internal static class ValueOption
{
    /// <summary>An option that every verb has.</summary>
    public static Option<T> Of<T>(string name, string value, string description, ValueParser<T> parse, T otherwise)
    {
        Option<T> option = Of(name, value, description, parse);
        option.DefaultValueFactory = _ => otherwise;
        option.Recursive = true;
        return option;
    }

    /// <summary>An option of one verb that may be given several times; null where it is not given.</summary>
    public static Option<IReadOnlyList<T>> Several<T>(string name, string value, string description, ValueParser<IReadOnlyList<T>> parse) =>
        new(name)
    {
        Description = description,
        HelpName = value,
        Arity = ArgumentArity.OneOrMore,
        CustomParser = result =>
        {
            try
            {
                return [.. result.Tokens.SelectMany(token => parse(name, token.Value))];
            }
            catch (UsageException e)
            {
                result.AddError(e.Message);
                return default;
            }
        },
    };

    /// <summary>An option of one verb; the type's default where it is not given.</summary>
    public static Option<T> Of<T>(string name, string value, string description, ValueParser<T> parse) => new(name)
    {
        Description = description,
        HelpName = value,
        Arity = ArgumentArity.ExactlyOne,
        CustomParser = result =>
        {
            try
            {
                return parse(name, result.Tokens[0].Value);
            }
            catch (UsageException e)
            {
                result.AddError(e.Message);
                return default;
            }
        },
    };
}
