using Retrodict.Autodiff;
using Retrodict.Catalogue;
using Retrodict.Data;

namespace Retrodict.Benchmarks;

/// <summary>Solvers with the learned pair of the reference run of heat-1d, on its 300 measurements, in single precision.</summary>
internal static class LearnedCases
{
    private const int Size = 64;
    private const int Instances = 300;

    private static readonly string[] _arrays =
    [
        "weight", "bias", "observations", "plus.0.weight", "plus.0.bias", "plus.2.weight", "plus.2.bias",
    ];

    private static readonly Lazy<Dictionary<string, double[]>> _reference = new(Read);

    private static readonly Lazy<ReverseMap> _map = new(Map);

    /// <summary>One solve after another; the published implementation takes 23.9 ms for the first.</summary>
    public static IReadOnlyList<Case> All { get; } =
    [
        new("heat-1d learned, published D-IPG", team => InTurn(Published(team))) { Limit = 100 },
        new("heat-1d learned, published Levenberg-Marquardt", team => InTurn(
            (new LevenbergMarquardtPublished { Precision = Precision.Float32, Team = team }).Prepare(Surrogate()))) { Limit = 1000 },
        new(
            "heat-1d learned, D-IPG on the model itself",
            team => OnModel(team, new DeceptronGradient { ReverseMap = Standardized(), Team = team })),
        new("heat-1d learned, D-IPG that its estimate ends", team => OnModel(team, Estimating(team))),
        new(
            "heat-1d learned, Levenberg-Marquardt on the model itself with prior",
            team => OnModel(team, new LevenbergMarquardt { Team = team })),
    ];

    /// <summary>All measurements at once, per instance.</summary>
    public static IReadOnlyList<Case> Batches { get; } =
    [
        new(
            "heat-1d learned, published D-IPG, batch of 300",
            team => Batch(Published(team), _reference.Value["observations"])) { Limit = 20_000 },
        new(
            "heat-1d learned, D-IPG on the model itself, batch of 300",
            team => Batch(OnModel(new DeceptronGradient { ReverseMap = Standardized(), Team = team }), ModelObservations())),
        new("heat-1d learned, D-IPG that its estimate ends, batch of 300", team => Batch(OnModel(Estimating(team)), ModelObservations())),
    ];

    private static Session Published(ThreadTeam team) =>
        new DeceptronGradientPublished { ReverseMap = _map.Value, Precision = Precision.Float32, Team = team }.Prepare(Surrogate());

    private static Work InTurn(Session session) => InTurn(session, _reference.Value["observations"], Instances);

    private static Work InTurn(Session session, double[] observations, int count)
    {
        (double[] start, double[] solution) = (new double[Size], new double[Size]);
        int next = 0;
        return new Work(() =>
        {
            session.Solve(observations.AsSpan(next * Size, Size), start, solution);
            next = (next + 1) % count;
        });
    }

    private static Work OnModel(ThreadTeam team, Solver solver) =>
        InTurn(OnModel(solver with { Team = team }), ModelObservations(), Instances);

    private static Session OnModel(Solver solver) => solver.Prepare(ProblemCatalogue.Find("heat-1d").ToInverseProblem());

    /// <summary>Ends at every estimate, as for a map that was trained for the problem: the reference map, trained for the learned forward
    /// map, meets the noise nowhere.</summary>
    private static DeceptronGradient Estimating(ThreadTeam team) =>
        new() { ReverseMap = Standardized(), Team = team, Stopping = new StoppingRule { DiscrepancyTolerance = double.MaxValue } };

    private static double[] ModelObservations() => [.. ProblemCatalogue.Find("heat-1d").Generate(Split.Test, Instances).Y];

    private static Work Batch(Session session, double[] observations)
    {
        (double[] start, double[] solutions) = (new double[Size], new double[Instances * Size]);
        var summaries = new SolveSummary[Instances];
        return new Work(() => session.SolveBatch(observations, start, solutions, summaries), Instances);
    }

    private static InverseProblem Surrogate()
    {
        (double[] weight, double[] bias) = (_reference.Value["weight"], _reference.Value["bias"]);
        return new(
            x => Value.LeakyRelu(Value.MatMul(Value.Constant(weight, [Size, Size]), x) + Value.Constant(bias), 0.1),
            Size) { Bounds = new Box(0, 1) };
    }

    private static ReverseMap Map() => new(Function.Trace(
        s =>
        {
            Dictionary<string, double[]> r = _reference.Value;
            Value hidden = Value.LeakyRelu(
                Value.MatMul(Value.Constant(r["plus.0.weight"], [2 * Size, Size]), s) + Value.Constant(r["plus.0.bias"]), 0.1);
            return Value.MatMul(Value.Constant(r["plus.2.weight"], [Size, 2 * Size]), hidden) + Value.Constant(r["plus.2.bias"]);
        },
        Size));

    private static ReverseMap Standardized()
    {
        ProblemStatistics statistics = ProblemCatalogue.Find("heat-1d").Statistics;
        return _map.Value with
        {
            ObservationMean = [.. statistics.ObservationMean],
            ObservationDeviation = [.. statistics.ObservationDeviation],
        };
    }

    private static Dictionary<string, double[]> Read()
    {
        using NpzFile file = NpzFile.Open(Path.Combine(AppContext.BaseDirectory, "heat1d_published.npz"));
        return _arrays.ToDictionary(name => name, name => file[name].ToDoubles());
    }
}
