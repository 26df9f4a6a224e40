using System.CommandLine;
using System.CommandLine.Help;
using Retrodict.Cli.Hosting;

namespace Retrodict.Cli.Verbs;

/// <summary>The root: verbs, shared options, help and version.</summary>
internal sealed class RetrodictCommand : RootCommand
{
    public RetrodictCommand(Host host)
        : base("Nonlinear inverse problems: given a forward model y = F(x) and a measurement y, find x.")
    {
        foreach (Option option in host.Shared.All)
        {
            Add(option);
        }

        foreach (Option option in Options)
        {
            option.Action = option switch
            {
                HelpOption => new HelpAction(host.Terminal),
                VersionOption => new VersionAction(host.Terminal),
                _ => option.Action,
            };
            option.Description = option is HelpOption ? "What a verb does, its options and its exit codes."
                : option is VersionOption ? "The version."
                : option.Description;
        }

        Add(new ProblemsVerb(host));
        Add(new DataVerb(host));
        Add(new CheckVerb(host));
        Add(new SolveVerb(host));
        Add(new FitVerb(host));
        Add(new TrainVerb(host));
        Add(new InspectVerb(host));
        Add(new ImportVerb(host));
        Add(new DemoVerb(host));
        SetAction(parsed =>
        {
            HelpPage.Write(parsed.CommandResult.Command, host.Terminal.Error, host.Terminal.Width);
            return ExitCode.WrongUsage;
        });
    }
}
