using Retrodict.Catalogue;
using Retrodict.Data;

namespace Retrodict.Benchmarks;

/// <summary>Solvers on heat-1d, per instance, beside SciPy's on the same objective and instances.</summary>
internal static class HeatCases
{
    /// <summary>How many instances are solved in turn.</summary>
    public const int Instances = 100;

    private delegate SolveSummary SolveInstance(
        ReadOnlySpan<double> observation, ReadOnlySpan<double> start, Span<double> solution, int instance);

    private static readonly BenchmarkProblem _problem = ProblemCatalogue.Find("heat-1d");
    private static readonly Lazy<DataSet> _data = new(() => _problem.Generate(Split.Test, Instances));

    /// <summary>As MINPACK, with directions that the Jacobian hardly determines, and the general tolerances of 1e-8, which are
    /// SciPy's.</summary>
    private static readonly LevenbergMarquardt _untruncated =
        new() { TruncatesRank = false, Stopping = new StoppingRule { MaxIterations = 1000 } };

    public static IReadOnlyList<Case> All { get; } =
    [
        Solve(
            "Levenberg-Marquardt without prior, box or truncation, to SciPy's cost", _untruncated, PlainFit(Box.Unbounded), "scipy-lm") with
        {
            Goal = 20,
            PrepareTo = (team, costs) => SolveTo(_untruncated with { Team = team }, PlainFit(Box.Unbounded), costs),
        },
        Solve(
            "Levenberg-Marquardt without prior, box or truncation, SciPy's tolerances", _untruncated, PlainFit(Box.Unbounded), "scipy-lm"),
        Solve("Levenberg-Marquardt without prior or box", new LevenbergMarquardt(), PlainFit(Box.Unbounded), "scipy-lm"),
        Solve("L-BFGS in the box, without prior, to SciPy's cost", new LBfgs(), PlainFit(_problem.Bounds), "scipy-l-bfgs-b") with
        {
            Goal = 20,
            PrepareTo = (team, costs) => SolveTo(new LBfgs { Team = team }, PlainFit(_problem.Bounds), costs),
        },
        Solve("L-BFGS in the box, without prior, to its own tolerance", new LBfgs(), PlainFit(_problem.Bounds), "scipy-l-bfgs-b"),
        Solve(
            "Levenberg-Marquardt with prior and box",
            new LevenbergMarquardt(),
            _problem.ToInverseProblem(),
            "scipy-map-bounded") with { Goal = 100 },
        Solve(
            "Gauss-Newton with prior and box",
            new GaussNewton(),
            _problem.ToInverseProblem(),
            "scipy-map-bounded") with { Limit = 200, Goal = 1 },
    ];

    /// <summary>The fit without a prior in units of the training split's standard deviations, as SciPy's solvers without a prior have
    /// it.</summary>
    public static InverseProblem PlainFit(Box bounds) =>
        new(_problem.Forward) { Bounds = bounds, Noise = Scale.PerComponent(_problem.Statistics.ObservationDeviation) };

    /// <summary>Writes what scipy_peer.py reads.</summary>
    public static void WritePeerData(string path)
    {
        DataSet data = _data.Value;
        DataSet train = _problem.Generate(Split.Train);
        NpzFile.Write(
            path,
            [
                ("x", NumpyArray.Create(data.X, data.Count, _problem.Unknowns)),
                ("y", NumpyArray.Create(data.Y, data.Count, _problem.Observations)),
                ("y_std", NumpyArray.Create(data.YStd)),
                ("noise", NumpyArray.Create<double>([_problem.Noise[0]], [])),
                ("x_train", NumpyArray.Create(train.X, train.Count, _problem.Unknowns)),
            ],
            compressed: false);
    }

    private static Case Solve(string name, Solver solver, InverseProblem problem, string peer) => new(
        $"heat-1d, {name}",
        team =>
        {
            Session session = (solver with { Team = team }).Prepare(problem);
            return InTurn((observation, start, solution, _) => session.Solve(observation, start, solution));
        })
    {
        Peer = new PeerCase(PeerCase.SciPy, peer),
    };

    /// <summary>Solves each of which ends at the cost of its instance, or by its own rule.</summary>
    private static Work SolveTo(Solver solver, InverseProblem problem, double[] costs)
    {
        Session session = solver.Prepare(problem);
        return InTurn((observation, start, solution, i) =>
        {
            using var target = new CostTarget(costs[i]);
            return session.Solve(observation, start, solution, target, target.Reached);
        });
    }

    private static Work InTurn(SolveInstance solve)
    {
        var solution = new double[_problem.Unknowns];
        double[] start = [.. _problem.Start];
        int next = 0;
        SolveSummary Solve(int i) => solve(_data.Value.Observation(i), start, solution, i);
        return new Work(
            () =>
            {
                Solve(next);
                next = (next + 1) % Instances;
            },
            Costs: count => [.. Enumerable.Range(0, count).Select(i => Solve(i).Cost)]);
    }
}
