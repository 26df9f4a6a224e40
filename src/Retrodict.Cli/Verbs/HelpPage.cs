using System.CommandLine;

namespace Retrodict.Cli.Verbs;

/// <summary>The help page of a verb.</summary>
internal static class HelpPage
{
    private const int Indent = 2;
    private const int MaxColumn = 34;

    public static void Write(Command command, TextWriter output, int width)
    {
        Command[] path = [.. Ancestors(command).Reverse()];
        string name = path.Length == 1 ? "retrodict" : $"retrodict {string.Join(' ', path.Skip(1).Select(part => part.Name))}";
        output.WriteLine(command.Description);
        output.WriteLine();
        string arguments = string.Concat(command.Arguments.Select(argument => $" {argument.Name}"));
        string required = string.Concat(command.Options.Where(option => option.Required).Select(option => $" {Label(option)}"));
        string verbs = command.Subcommands.Count == 0 ? "" : command is RootCommand ? " VERB" : " [VERB]";
        output.WriteLine($"Usage: {name}{verbs}{arguments}{required} [options]");
        Section(output, "Arguments", command.Arguments.Select(argument => (argument.Name, argument.Description ?? "")), width);
        Section(output, "Verbs", command.Subcommands.Select(verb => (Usage(verb), verb.Description ?? "")), width);
        if (command is not RootCommand)
        {
            Section(output, "Options", command.Options.Select(Entry), width);
        }

        Section(
            output,
            command is RootCommand ? "Options" : "Shared options",
            path[0].Options.Where(option => command is RootCommand || option.Recursive).Select(Entry),
            width);
        if (command is Verb verb)
        {
            foreach ((string title, string text) in verb.Notes)
            {
                Paragraph(output, title, text, width);
            }

            Paragraph(output, "Exit codes", verb.ExitCodes, width);
            if (verb.Examples.Count > 0)
            {
                output.WriteLine();
                output.WriteLine("Examples:");
                foreach (string example in verb.Examples)
                {
                    output.WriteLine($"{new string(' ', Indent)}{example}");
                }
            }
        }
        else
        {
            Paragraph(
                output, "Exit codes", "0 done, 1 failure, 2 wrong usage, 3 finished but not all instances converged, 130 cancelled", width);
            output.WriteLine();
            output.WriteLine("'retrodict VERB --help' says more. A good beginning: retrodict demo");
        }
    }

    private static IEnumerable<Command> Ancestors(Command command)
    {
        for (Command? part = command; part is not null; part = part.Parents.OfType<Command>().FirstOrDefault())
        {
            yield return part;
        }
    }

    private static string Usage(Command verb) => verb.Name + string.Concat(verb.Arguments.Select(argument => $" {argument.Name}"));

    private static (string, string) Entry(Option option)
    {
        string[] aliases = [.. option.Aliases.Where(alias => alias.Length == 2 && alias[0] == '-' && char.IsLetter(alias[1]))];
        return (string.Concat(aliases.Select(alias => $"{alias}, ")) + Label(option), option.Description ?? "");
    }

    private static string Label(Option option) =>
        option.Arity.MaximumNumberOfValues == 0 || option.HelpName is null ? option.Name : $"{option.Name} {option.HelpName}";

    private static void Section(TextWriter output, string title, IEnumerable<(string Label, string Text)> entries, int width)
    {
        (string Label, string Text)[] all = [.. entries];
        if (all.Length == 0)
        {
            return;
        }

        int column = Math.Min(MaxColumn, all.Max(entry => entry.Label.Length)) + Indent + 2;
        output.WriteLine();
        output.WriteLine($"{title}:");
        foreach ((string label, string text) in all)
        {
            string first = new string(' ', Indent) + label;
            if (first.Length > column - 2)
            {
                output.WriteLine(first);
                first = "";
            }

            foreach (string line in Wrap(text, width - column))
            {
                output.WriteLine(first.PadRight(column) + line);
                first = "";
            }
        }
    }

    private static void Paragraph(TextWriter output, string title, string text, int width)
    {
        output.WriteLine();
        output.WriteLine($"{title}:");
        foreach (string line in Wrap(text, width - Indent))
        {
            output.WriteLine(new string(' ', Indent) + line);
        }
    }

    private static IEnumerable<string> Wrap(string text, int width)
    {
        string line = "";
        foreach (string word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = "";
            }

            line = line.Length == 0 ? word : $"{line} {word}";
        }

        yield return line;
    }
}
