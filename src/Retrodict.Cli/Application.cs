using System.CommandLine;
using Retrodict.Cli.Hosting;
using Retrodict.Cli.Options;
using Retrodict.Cli.Verbs;

namespace Retrodict.Cli;

/// <summary>The one entry: arguments to exit code, with no state outside.</summary>
internal static class Application
{
    private static readonly ParserConfiguration _parser = new() { ResponseFileTokenReplacer = null };

    public static int Run(IReadOnlyList<string> arguments, Terminal terminal, CancellationToken cancellation = default)
    {
        int code;
        try
        {
            code = Dispatch(arguments, new Host(terminal, cancellation));
            terminal.Output.Flush();
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            code = Fail(terminal, ExitCode.Cancelled, "cancelled before there was anything to save", null);
        }
        catch (UsageException e)
        {
            code = Fail(terminal, ExitCode.WrongUsage, e.Message, e);
        }
        catch (Exception e) when (e is InputException or IOException or UnauthorizedAccessException)
        {
            code = Fail(terminal, ExitCode.Failure, e.Message, e);
        }
        catch (OutOfMemoryException e)
        {
            code = Fail(
                terminal,
                ExitCode.Failure,
                "there is not enough memory for what was asked for; ask for fewer instances, samples or unknowns at once",
                e);
        }
#pragma warning disable CA1031 // The last resort: nobody should see a stack trace without having asked for it.
        catch (Exception e)
#pragma warning restore CA1031
        {
            code = Fail(
                terminal,
                ExitCode.Failure,
                $"a fault of this program, not of what it was given: {e.Message} ({e.GetType().Name}; "
                    + "RETRODICT_TRACE=1 shows where)",
                e);
        }

        terminal.Error.Flush();
        return code;
    }

    private static int Dispatch(IReadOnlyList<string> arguments, Host host)
    {
        ParseResult parsed = new RetrodictCommand(host).Parse(arguments, _parser);
        if (UsageErrors.First(parsed) is { } message)
        {
            throw new UsageException(message);
        }

        return parsed.Invoke(new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
            Output = host.Terminal.Output,
            Error = host.Terminal.Error,
        });
    }

    private static int Fail(Terminal terminal, int code, string message, Exception? exception)
    {
        terminal.Error.WriteLine($"error: {message.ReplaceLineEndings(" ")}");
        if (exception is UsageException { Detail: { } detail })
        {
            terminal.Error.WriteLine(detail);
        }

        if (terminal.Trace && exception is not null)
        {
            terminal.Error.WriteLine(exception);
        }

        return code;
    }
}
