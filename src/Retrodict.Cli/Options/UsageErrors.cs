using System.CommandLine;
using System.CommandLine.Parsing;

namespace Retrodict.Cli.Options;

/// <summary>What is wrong with a command line, in one sentence.</summary>
internal static class UsageErrors
{
    public static string? First(ParseResult parsed)
    {
        if (parsed.Errors.Count == 0)
        {
            return null;
        }

        return parsed.UnmatchedTokens.Count > 0
            ? Unknown(parsed.UnmatchedTokens[0], parsed.CommandResult.Command)
            : Describe(parsed.Errors[0], parsed.CommandResult.Command);
    }

    private static string Unknown(string token, Command command)
    {
        bool isOption = token.StartsWith('-') && token.Length > 1;
        string[] names = isOption ? [.. OptionNames(command)] : [.. command.Subcommands.Select(verb => verb.Name)];
        string where = command is RootCommand ? "retrodict" : $"retrodict {command.Name}";
        string what = isOption ? $"'{where}' has no option '{token}'"
            : names.Length > 0 ? $"'{where}' has no verb '{token}'; its verbs: {string.Join(", ", names)}"
            : $"'{where}' takes no further argument, but '{token}' was given";
        return what + (NearestName.Find(token, names) is { } nearest ? $"; did you mean '{nearest}'?" : $"; see '{where} --help'");
    }

    private static string Describe(ParseError error, Command command) => error.SymbolResult switch
    {
        OptionResult { Implicit: true } option => $"'retrodict {command.Name}' needs {option.Option.Name} {option.Option.HelpName}",
        OptionResult { Tokens.Count: 0 } option when option.Option.HelpName is not null =>
            $"{option.Option.Name} needs a value: {option.Option.HelpName}",
        OptionResult { Tokens.Count: > 1 } option => $"{option.Option.Name} is given more than once",
        ArgumentResult { Tokens.Count: 0 } argument => $"'retrodict {command.Name}' needs {argument.Argument.Name}: "
            + $"{argument.Argument.Description}",
        _ => error.Message,
    };

    private static IEnumerable<string> OptionNames(Command command) => command.Options
        .Concat(command.Parents.OfType<Command>().SelectMany(parent => parent.Options.Where(option => option.Recursive)))
        .SelectMany(option => option.Aliases.Prepend(option.Name))
        .Where(name => name.StartsWith("--", StringComparison.Ordinal));
}
