using Retrodict.Autodiff;
using Retrodict.Randomness;

namespace Retrodict.Catalogue;

/// <summary>
/// A benchmark problem: a forward model F, the distribution of unknowns x, the noise of observations y = F(x) + noise, and the settings it
/// is solved with. Immutable and safe to use from many threads; <see cref="ProblemCatalogue"/> has one of each.
/// </summary>
/// <remarks>
/// Sample i of a split is drawn from <c>new RandomStream(seed, "NAME/SPLIT").At(i)</c>, with SPLIT one of <c>train</c>, <c>validation</c>
/// and <c>test</c>, and its noise from the child <c>noise</c> of that stream. So a sample is the same however many are drawn, in which
/// order and on how many threads, and the same on every machine up to rounding.
/// </remarks>
public abstract class BenchmarkProblem
{
    /// <summary>The seed of data sets where none is given, and the one that the shipped statistics belong to.</summary>
    public const ulong DefaultSeed = 7;

    private readonly Lazy<Function> _forward;
    private readonly Lazy<RowMap> _forwardRows;
    private readonly Lazy<ProblemStatistics> _statistics;
    private readonly Lazy<GaussianPrior> _prior;
    private readonly Lazy<double[]> _start;

    private protected BenchmarkProblem()
    {
        _forward = new(() => Function.Trace([("x", UnknownShape)], inputs => [("y", Observe(inputs[0]))], Name));
        _forwardRows = new(() => new RowMap(Forward, DataGenerator.BlockSize));
        _statistics = new(() => StatisticsFile.Load(this));
        _prior = new(() => Statistics.Components is { } components
            ? GaussianPrior.FromPrincipalComponents(Statistics.UnknownMean, components.Vectors, components.Variances, components.Remaining)
            : GaussianPrior.FromSampleMoments(Statistics.UnknownMean, Statistics.UnknownCovariance));
        _start = new(() => new double[Unknowns]);
    }

    /// <summary>The name in the catalogue, on the command line and in random streams, for instance <c>heat-1d</c>.</summary>
    public abstract string Name { get; }

    /// <summary>What the problem is, in one line.</summary>
    public abstract string Title { get; }

    /// <summary>Where the definition comes from: a publication, or this library.</summary>
    public abstract string Source { get; }

    /// <summary>How unknowns are drawn, in a sentence or two.</summary>
    public abstract string Distribution { get; }

    /// <summary>The shape of the unknown x, for instance [64] or [16, 16].</summary>
    public abstract Shape UnknownShape { get; }

    /// <summary>The shape of the observation y.</summary>
    public Shape ObservationShape => Forward.Outputs[0].Shape;

    /// <summary>The number of unknowns, n.</summary>
    public int Unknowns => UnknownShape.ElementCount;

    /// <summary>The number of observations, m.</summary>
    public int Observations => ObservationShape.ElementCount;

    /// <summary>The forward model F for one sample, with input <c>x</c> and output <c>y</c>; traced once.</summary>
    public Function Forward => _forward.Value;

    /// <summary>The bounds that every unknown satisfies.</summary>
    public abstract Box Bounds { get; }

    /// <summary>The standard deviation of the noise, in the observation's raw units.</summary>
    public abstract Scale Noise { get; }

    /// <summary>The normalized residual sqrt(mean(((F(x) - y) / std)²)) at which an instance counts as solved, with std the observation's
    /// standard deviation over the training split.</summary>
    public abstract double Tolerance { get; }

    /// <summary>How many iterations a solver may take.</summary>
    public abstract int MaxIterations { get; }

    /// <summary>Where solvers start, x0, of length n; zeros unless the problem says otherwise.</summary>
    public virtual ReadOnlySpan<double> Start => _start.Value;

    /// <summary>How many samples the splits have.</summary>
    public abstract SplitSizes Sizes { get; }

    /// <summary>Moments of the training split with the default seed, shipped with the library and loaded when first asked for.</summary>
    public ProblemStatistics Statistics => _statistics.Value;

    /// <summary>What is believed of x before the measurement: the Gaussian with the training split's mean and covariance C + 1e-3 mean(diag
    /// C) I. Where principal components are shipped, see <see cref="ProblemStatistics.UnknownCovariance"/>, nothing is added: what they
    /// leave out varies already.</summary>
    public GaussianPrior Prior => _prior.Value;

    /// <summary>Names of the quantities that <see cref="Recover"/> makes of the unknown, for instance <c>c/m</c>; empty where it is the
    /// unknown itself.</summary>
    public virtual IReadOnlyList<string> RecoveredQuantities => [];

    /// <summary>The number of recovered quantities.</summary>
    public int RecoveredCount => RecoveredQuantities is { Count: > 0 } names ? names.Count : Unknowns;

    /// <summary>How many leading principal components of the training unknowns' covariance ship with the library; null for the whole
    /// covariance, which is small enough up to some hundred unknowns.</summary>
    internal virtual int? CovarianceComponents => null;

    /// <summary>F for many samples.</summary>
    internal RowMap ForwardRows => _forwardRows.Value;

    /// <summary>The random stream of a split; sample i is drawn from its <see cref="RandomStream.At"/>(i).</summary>
    /// <param name="split">The split.</param>
    /// <param name="seed">The seed.</param>
    public RandomStream Stream(Split split, ulong seed = DefaultSeed) => new(seed, $"{Name}/{NameOf(split)}");

    /// <summary>Draws one unknown.</summary>
    /// <param name="stream">The stream of the sample; it is drawn from.</param>
    /// <param name="x">Receives the unknown, of length n.</param>
    /// <exception cref="ArgumentException">x has another length.</exception>
    public void DrawUnknown(RandomStream stream, Span<double> x)
    {
        ArgumentNullException.ThrowIfNull(stream);
        RequireUnknown(x.Length, nameof(x));
        Draw(stream, x);
    }

    /// <summary>Adds noise to an observation: independent normal numbers times <see cref="Noise"/>, unless the problem says
    /// otherwise.</summary>
    /// <param name="stream">The stream of the noise, for sample i the child <c>noise</c> of the sample's; it is drawn from.</param>
    /// <param name="y">The noise-free observation, of length m; replaced by the noisy one.</param>
    /// <exception cref="ArgumentException">y has another length.</exception>
    public void AddNoise(RandomStream stream, Span<double> y)
    {
        ArgumentNullException.ThrowIfNull(stream);
        Disturb(
            stream,
            y.Length == Observations
                ? y
                : throw new ArgumentException($"The observation has {Observations} components, but {y.Length} were given.", nameof(y)));
    }

    /// <summary>The quantities that a solution is judged by: those of the unknown that the measurement can tell. Mostly x itself; where F
    /// is the same along a known curve of unknowns, what is constant along it.</summary>
    /// <param name="x">The unknown, of length n.</param>
    /// <param name="quantities">Receives the quantities, as many as <see cref="RecoveredQuantities"/> has names, or n where it has
    /// none.</param>
    /// <exception cref="ArgumentException">A length is another.</exception>
    public void Recover(ReadOnlySpan<double> x, Span<double> quantities)
    {
        RequireUnknown(x.Length, nameof(x));
        Quantify(x, quantities.Length == RecoveredCount
            ? quantities
            : throw new ArgumentException($"There are {RecoveredCount} quantities, but room for {quantities.Length}.", nameof(quantities)));
    }

    /// <summary>RMSE_x: the root mean square error of an estimate's recovered quantities.</summary>
    /// <param name="estimate">The estimate of x, of length n.</param>
    /// <param name="truth">The true x, of length n.</param>
    /// <exception cref="ArgumentException">A length is another.</exception>
    public double RecoveryError(ReadOnlySpan<double> estimate, ReadOnlySpan<double> truth)
    {
        RequireUnknown(estimate.Length, nameof(estimate));
        RequireUnknown(truth.Length, nameof(truth));
        double[] found = new double[RecoveredCount], sought = new double[RecoveredCount];
        Quantify(estimate, found);
        Quantify(truth, sought);
        double squares = 0;
        for (int i = 0; i < found.Length; i++)
        {
            squares += (found[i] - sought[i]) * (found[i] - sought[i]);
        }

        return Math.Sqrt(squares / found.Length);
    }

    /// <summary>Makes data: unknowns, their noise-free and noisy observations.</summary>
    /// <param name="split">Which part.</param>
    /// <param name="count">How many samples, at least 1; the split's size when null. More than that continues the split's random
    /// stream.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="threads">How many threads to use, all when null; the data do not depend on it.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count is below 1 or more than an array holds, or there are no threads.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public DataSet Generate(
        Split split, int? count = null, ulong seed = DefaultSeed, int? threads = null, CancellationToken cancellationToken = default)
    {
        (double[] x, double[] clean) = DataGenerator.Draw(this, split, count ?? Sizes[split], seed, threads, cancellationToken);
        double[] noisy = [.. clean];
        RandomStream stream = Stream(split, seed);
        for (int i = 0; i < noisy.Length / Observations; i++)
        {
            AddNoise(stream.At(i).Child("noise"), noisy.AsSpan(i * Observations, Observations));
        }

        return new DataSet(this, split, seed, x, clean, noisy);
    }

    /// <summary>The problem for a solver: F with bounds, noise, <see cref="Prior"/>, and residuals reported in the standard deviations of
    /// the training observations. For a solve without a prior write <c>problem.ToInverseProblem() with { Prior = null }</c>.</summary>
    public InverseProblem ToInverseProblem() => new(Forward)
    {
        Bounds = Bounds,
        Noise = Noise,
        ObservationScale = Scale.PerComponent(Statistics.ObservationDeviation),
        Prior = Prior,
    };

    /// <summary>The name and the title.</summary>
    public override string ToString() => $"{Name}: {Title}";

    /// <summary>The forward model, written for one sample.</summary>
    private protected abstract Value Observe(Value x);

    /// <summary>Draws an unknown of checked length.</summary>
    private protected abstract void Draw(RandomStream stream, Span<double> x);

    /// <summary>Adds noise to an observation of checked length.</summary>
    private protected virtual void Disturb(RandomStream stream, Span<double> y)
    {
        Scale noise = Noise;
        for (int i = 0; i < y.Length; i++)
        {
            y[i] += noise[i] * stream.NextNormal();
        }
    }

    /// <summary>The recovered quantities, of checked lengths.</summary>
    private protected virtual void Quantify(ReadOnlySpan<double> x, Span<double> quantities) => x.CopyTo(quantities);

    private void RequireUnknown(int length, string parameter)
    {
        if (length != Unknowns)
        {
            throw new ArgumentException($"The unknown has {Unknowns} components, but {length} were given.", parameter);
        }
    }

    private static string NameOf(Split split) => split switch
    {
        Split.Train => "train",
        Split.Validation => "validation",
        Split.Test => "test",
        _ => throw new ArgumentOutOfRangeException(nameof(split), split, "There is no such split."),
    };
}
