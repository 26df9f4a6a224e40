using System.Diagnostics;
using System.Globalization;
using Retrodict.Cli.Hosting;
using Retrodict.Cli.Requests;
using Retrodict.Learning;
using Spectre.Console;

namespace Retrodict.Cli.Rendering;

/// <summary>Shows a training on the error stream while it runs: bars where somebody watches, else lines, all with <c>-v</c> and otherwise
/// few.</summary>
internal static class TrainingDisplay
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(15);

    public static T Run<T>(Terminal terminal, Settings settings, Func<IProgress<TrainingProgress>?, T> train)
    {
        if (settings.Quiet)
        {
            return train(null);
        }

        if (!terminal.ShowsProgress || settings.Verbose)
        {
            return train(new Lines(terminal, settings.Verbose ? TimeSpan.Zero : _patience));
        }

        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = terminal.Color ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.Yes,
            Out = new AnsiConsoleOutput(new FlushingWriter(terminal.Error)),
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        console.Profile.Width = terminal.Width;
        console.Profile.Capabilities.Unicode = true;
        return console.Progress()
            .AutoClear(true)
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn(),
                new PercentageColumn(),
                new RemainingTimeColumn())
            .Start(context => train(new Bars(context)));
    }

    private static string Describe(TrainingProgress progress)
    {
        TrainingPoint point = progress.Point;
        string loss = double.IsNaN(point.Loss) ? "" : $" loss {Format.Number(point.Loss)}";
        return $"{progress.Stage}{loss}{(point.Validation is { } validation ? $" validation {Format.Number(validation)}" : "")}";
    }

    private sealed class Bars(ProgressContext context) : IProgress<TrainingProgress>
    {
        private readonly Dictionary<int, ProgressTask> _stages = [];

        public void Report(TrainingProgress value)
        {
            if (!_stages.TryGetValue(value.StageNumber, out ProgressTask? stage))
            {
                foreach (ProgressTask earlier in _stages.Values)
                {
                    earlier.Value = earlier.MaxValue;
                }

                _stages[value.StageNumber] = stage = context.AddTask(value.Stage, maxValue: value.Steps);
            }

            stage.Description = Markup.Escape(Describe(value));
            stage.Value = value.Point.Step;
        }
    }

    private sealed class Lines(Terminal terminal, TimeSpan interval) : IProgress<TrainingProgress>
    {
        private long _last = Stopwatch.GetTimestamp();

        public void Report(TrainingProgress value)
        {
            if (Stopwatch.GetElapsedTime(_last) < interval)
            {
                return;
            }

            _last = Stopwatch.GetTimestamp();
            terminal.Error.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"stage {value.StageNumber} of {value.Stages}, step {value.Point.Step} of {value.Steps}: "
                    + $"{Describe(value)}"));
            terminal.Error.Flush();
        }
    }
}
