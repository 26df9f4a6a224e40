namespace Retrodict.Benchmarks;

/// <summary>Reads the options of a command: <c>--markdown</c> and <c>--help</c>, which all have, and those with a value.</summary>
internal static class CommandArguments
{
    /// <summary>Reads options.</summary>
    /// <param name="arguments">What was given.</param>
    /// <param name="help">The command's help.</param>
    /// <param name="markdown">Whether <c>--markdown</c> is among them.</param>
    /// <param name="values">Options with a value, each with what takes the value and says whether it fits.</param>
    /// <returns>The exit code, if the command is done with that: after its help, or after an error, which is said; else null.</returns>
    public static int? Read(
        IReadOnlyList<string> arguments, string help, out bool markdown, params ReadOnlySpan<(string Name, Func<string, bool> Take)> values)
    {
        markdown = false;
        for (int i = 0; i < arguments.Count; i++)
        {
            string argument = arguments[i];
            if (argument == "--help")
            {
                Console.WriteLine(help);
                return 0;
            }

            if (argument == "--markdown")
            {
                markdown = true;
                continue;
            }

            bool taken = false;
            foreach ((string name, Func<string, bool> take) in values)
            {
                taken |= name == argument && i + 1 < arguments.Count && take(arguments[i + 1]);
            }

            if (!taken)
            {
                Console.Error.WriteLine($"'{argument}' is no option, or its value is missing or out of range.");
                Console.Error.WriteLine();
                Console.Error.WriteLine(help);
                return 2;
            }

            i++;
        }

        return null;
    }
}
