using System.Runtime.CompilerServices;

namespace Retrodict.Catalogue.Tests;

/// <summary>
/// Holds the shipped statistics of a problem against measured ones, part by part, and says what to ship instead: measured parts where they
/// differ beyond tolerance, and all others as they are shipped.
/// </summary>
internal sealed class StatisticsReview
{
    private const string AcceptVariable = "RETRODICT_ACCEPT_STATISTICS";

    // Eigenvalues are known to rounding of the largest.
    private const double EigenvalueRounding = 1e-14;

    // Components are shipped in single precision.
    private const double SingleRounding = 1e-7;

    private const double Tolerance = 1e-12;

    private readonly BenchmarkProblem _problem;
    private readonly ProblemStatistics _measured;

    /// <summary>Reviews statistics.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="shipped">What is shipped; null for nothing.</param>
    /// <param name="measured">What was measured.</param>
    public StatisticsReview(BenchmarkProblem problem, ProblemStatistics? shipped, ProblemStatistics measured)
    {
        (_problem, _measured) = (problem, measured);
        Accepted = shipped is null ? measured : Merge(shipped);
    }

    /// <summary>The folder of the shipped files.</summary>
    public static string ShippedFolder { get; } = FindFolder();

    /// <summary>The parts that differ beyond tolerance.</summary>
    public List<string> Differences { get; } = [];

    /// <summary>What to ship: the shipped parts, but for those that differ.</summary>
    public ProblemStatistics Accepted { get; }

    /// <summary>Whether differences of a problem are to be accepted.</summary>
    public static bool IsAccepted(string problem) =>
        Environment.GetEnvironmentVariable(AcceptVariable) is { } value && (value == "1" || value == problem);

    /// <summary>The command that ships what was measured for one problem, to be pasted into a shell.</summary>
    public static string AcceptCommand(string problem) =>
        $"{AcceptVariable}={problem} dotnet test -c Release --project tests/Retrodict.Catalogue.Tests --filter-class "
            + "\"*ProblemStatisticsTests\"";

    private ProblemStatistics Merge(ProblemStatistics shipped)
    {
        double[] mean = Part("x_mean", shipped.UnknownMean, _measured.UnknownMean, shipped.UnknownDeviation);
        ProblemStatistics spread = Differs("covariance of x", SameSpread(shipped)) ? _measured : shipped;
        double[] observationMean = Part("y_mean", shipped.ObservationMean, _measured.ObservationMean, shipped.ObservationDeviation);
        double[] observationDeviation =
            Part("y_std", shipped.ObservationDeviation, _measured.ObservationDeviation, shipped.ObservationDeviation);
        return spread.Components is { } components
            ? new ProblemStatistics(mean, spread.UnknownDeviation.ToArray(), components, observationMean, observationDeviation)
            : new ProblemStatistics(mean, spread.UnknownCovariance.ToArray(), observationMean, observationDeviation);
    }

    private double[] Part(string name, ReadOnlySpan<double> shipped, ReadOnlySpan<double> measured, ReadOnlySpan<double> sizes) =>
        Differs(name, AreClose(shipped, measured, sizes)) ? measured.ToArray() : shipped.ToArray();

    private bool Differs(string name, bool same)
    {
        if (!same)
        {
            Differences.Add(name);
        }

        return !same;
    }

    private bool SameSpread(ProblemStatistics shipped) =>
        AreClose(shipped.UnknownDeviation, _measured.UnknownDeviation, shipped.UnknownDeviation)
        && (shipped.Components, _measured.Components) switch
        {
            ({ } components, { } measured) => SameComponents(components, measured),
            (null, null) => SameCovariance(shipped),
            _ => false,
        };

    private bool SameCovariance(ProblemStatistics shipped)
    {
        int n = _problem.Unknowns;
        for (int i = 0; i < n * n; i++)
        {
            double size = shipped.UnknownDeviation[i / n] * shipped.UnknownDeviation[i % n];
            if (!IsClose(shipped.UnknownCovariance[i], _measured.UnknownCovariance[i], size, Tolerance))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Eigenvectors of close eigenvalues turn with rounding, so shipped ones are held against what makes them eigenvectors: C v =
    /// variance v.
    /// </summary>
    private bool SameComponents(PrincipalComponents shipped, PrincipalComponents measured)
    {
        int n = _problem.Unknowns, count = shipped.Count;
        bool same = count == measured.Count && IsClose(shipped.Remaining, measured.Remaining, measured.Variances[0], EigenvalueRounding);
        (double[] x, _) = DataGenerator.Draw(_problem, Split.Train, _problem.Sizes.Train, BenchmarkProblem.DefaultSeed);
        (_, double[] covariance) = SampleMoments.Of(x, n);
        for (int k = 0; same && k < count; k++)
        {
            same = IsClose(shipped.Variances[k], measured.Variances[k], measured.Variances[0], EigenvalueRounding);
            for (int i = 0; same && i < n; i++)
            {
                double product = 0;
                for (int j = 0; j < n; j++)
                {
                    product += covariance[(i * n) + j] * shipped.Vectors[(j * count) + k];
                }

                same = IsClose(shipped.Variances[k] * shipped.Vectors[(i * count) + k], product, shipped.Variances[0], SingleRounding);
            }
        }

        return same;
    }

    private static bool AreClose(ReadOnlySpan<double> shipped, ReadOnlySpan<double> measured, ReadOnlySpan<double> sizes)
    {
        bool close = shipped.Length == measured.Length;
        for (int i = 0; close && i < shipped.Length; i++)
        {
            close = IsClose(shipped[i], measured[i], sizes[i], Tolerance);
        }

        return close;
    }

    private static bool IsClose(double shipped, double measured, double size, double tolerance) =>
        Math.Abs((shipped - measured) / size) <= tolerance;

    private static string FindFolder([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "src", "Retrodict.Catalogue", "Statistics");
}
