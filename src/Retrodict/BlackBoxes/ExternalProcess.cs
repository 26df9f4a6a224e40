using System.Globalization;
using Retrodict.Autodiff;
using Retrodict.Numerics;

namespace Retrodict;

/// <summary>
/// A forward model that is a program of its own, an executable or a script in any language: it is started for every run, given the numbers
/// x, and gives the numbers y, separated by white space or commas.
/// </summary>
/// <remarks>
/// <para>How x gets in is said by <see cref="Arguments"/>. <c>{x}</c> as an argument becomes all of x, an argument each; <c>{x0}</c>,
/// <c>{x1}</c> ... inside of one become single unknowns; <c>{input}</c> becomes the path of a file with one number a line. Where none of
/// them occurs, the numbers go to standard input, one a line. <c>{output}</c> becomes the path of a file that the program is to write y to;
/// without it y is read from standard output. Files lie in a new folder for each run, which goes with it. Numbers are written with as many
/// digits as it takes to read the same double, with a decimal point.</para>
/// <para>A run that cannot be started, ends with another exit code than 0, takes longer than <see cref="Timeout"/> or gives something else
/// than the numbers that are needed has failed; after <see cref="Attempts"/> it is an <see cref="ExternalProcessException"/>, or NaN where
/// <see cref="FailureIsNaN"/>. A program that takes too long is killed with all that it has started.</para>
/// </remarks>
/// <param name="Executable">The program: a path, or a name to be found as a shell would.</param>
public sealed record ExternalProcess(string Executable)
{
    private readonly TimeSpan? _timeout;
    private readonly int _attempts = 1;

    /// <summary>Its arguments, with places for x and for files; none by default.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Variables of the environment beside those of this process; null removes one.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>The folder that it is started in; that of this process when null.</summary>
    public string? WorkingFolder { get; init; }

    /// <summary>The longest that a run may take; no limit when null, the default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive, or beyond 24 days.</exception>
    public TimeSpan? Timeout
    {
        get => _timeout;
        init => _timeout = value is null || (value > TimeSpan.Zero && value.Value.TotalMilliseconds <= int.MaxValue)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Timeout), value, "The timeout must be positive and at most 24 days, or null.");
    }

    /// <summary>How often a run that fails is tried before it counts as failed; default 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not from 1 to 10,000.</exception>
    public int Attempts
    {
        get => _attempts;
        init => _attempts = Sizes.Between(value, 1, Sizes.MostRemembered, nameof(Attempts));
    }

    /// <summary>Whether a failed run gives NaN, so that solvers take shorter steps, instead of an exception.
    /// Default false.</summary>
    public bool FailureIsNaN { get; init; }

    /// <summary>The problem whose forward model this is, with derivatives by differences.</summary>
    /// <param name="unknowns">The shape of x.</param>
    /// <param name="observations">The shape of y.</param>
    /// <param name="differences">How steps are chosen, and how many runs are made at the same time; for a program that prints few digits
    /// set <see cref="FiniteDifferences.RelativeStep"/>.</param>
    /// <exception cref="ArgumentException">A shape has no elements, or the typical sizes are not as many as unknowns.</exception>
    public InverseProblem ToProblem(Shape unknowns, Shape observations, FiniteDifferences? differences = null) =>
        InverseProblem.FromFunctions(Run, unknowns, observations, differences);

    /// <summary>Runs the program once, or as often as <see cref="Attempts"/> allow. Safe to call from several threads.</summary>
    /// <param name="x">The unknowns.</param>
    /// <param name="y">Receives what it gives.</param>
    /// <exception cref="ExternalProcessException">It failed; the message says how, with the end of what it wrote to standard
    /// error.</exception>
    public void Run(ReadOnlySpan<double> x, Span<double> y)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                new ProcessRun(this, x.ToArray()).Run(y);
                return;
            }
            catch (ExternalProcessException) when (attempt < Attempts)
            {
                // Once more.
            }
            catch (ExternalProcessException) when (FailureIsNaN)
            {
                y.Fill(double.NaN);
                return;
            }
        }
    }

    /// <summary>A number as programs read it.</summary>
    internal static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
