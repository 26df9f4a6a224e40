using Retrodict.Autodiff;
using Retrodict.Catalogue;
using Retrodict.Cli.Readers;
using Retrodict.Cli.Solving;
using Retrodict.Learning;

namespace Retrodict.Cli.Deceptron;

/// <summary>How good a model's estimates g(y) are on validation data, which no training sees. Means over the instances, those of certificates over the first ones.</summary>
internal sealed record ModelAssessment
{
    private const int MostInstances = 200;

    /// <summary>Certificates have dense Jacobians; up to this size there are several of them.</summary>
    private const int SmallJacobian = 1 << 14;

    /// <summary>How many instances.</summary>
    public required int Instances { get; init; }

    public required double RmseX { get; init; }

    public required double Residual { get; init; }

    public required double Discrepancy { get; init; }

    /// <summary>How many of the instances have a certificate.</summary>
    public required int Certified { get; init; }

    public required double Rjcp { get; init; }

    public required double CompositionError { get; init; }

    /// <summary>NaN where the model has no head for the gain.</summary>
    public required double GainError { get; init; }

    public static ModelAssessment Of(DeceptronModel model, BenchmarkProblem problem, ulong seed, int threads, CancellationToken cancellation)
    {
        DataSet data = problem.Generate(Split.Validation, Math.Min(MostInstances, problem.Sizes.Validation), seed, threads, cancellation);
        SolveCase solveCase = Case(model, problem, data);
        var judge = new Judge(solveCase);
        (int n, int m) = (problem.Unknowns, problem.Observations);
        int certified = Math.Min(data.Count, n * m <= SmallJacobian ? 10 : 2);
        Session session = solveCase.Solver.Prepare(solveCase.Problem);
        using Workspace<double> workspace = model.ReverseFunction.Compile<double>(new PlanOptions { Team = ThreadTeam.SingleThread }).Rent();
        var measures = new (double Residual, double Discrepancy, double RmseX)[data.Count];
        var certificates = new LearnedCertificate[certified];
        var x = new double[n];
        for (int i = 0; i < data.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            ReadOnlySpan<double> y = solveCase.Observations[i];
            Standardize(model, y, workspace.Input(0));
            workspace.Run();
            workspace.Output(0).CopyTo(x);
            problem.Bounds.Project(x);
            measures[i] = judge.Measure(i, x);
            if (i < certified)
            {
                certificates[i] = session.Certify(y, x);
            }
        }

        return new ModelAssessment
        {
            Instances = data.Count,
            RmseX = measures.Average(measure => measure.RmseX),
            Residual = measures.Average(measure => measure.Residual),
            Discrepancy = measures.Average(measure => measure.Discrepancy),
            Certified = certified,
            Rjcp = certificates.Average(certificate => certificate.MeanSquareComposition),
            CompositionError = certificates.Average(certificate => certificate.CompositionError),
            GainError = model.GainParameters is null ? double.NaN : certificates.Average(certificate => certificate.GainError),
        };
    }

    /// <summary>On pairs without a forward model: the composition error is that of the learned one, and there are no certificates.</summary>
    public static ModelAssessment Of(DeceptronModel model, PairedData pairs)
    {
        (int n, int m) = (model.Shapes.Unknowns, model.Shapes.Observations);
        using Workspace<double> reverse = model.ReverseFunction.Compile<double>(new PlanOptions { Team = ThreadTeam.SingleThread }).Rent();
        using Workspace<double> forward = model.ForwardFunction.Compile<double>(new PlanOptions { Team = ThreadTeam.SingleThread }).Rent();
        (double error, double residual) = (0, 0);
        for (int i = 0; i < pairs.Count; i++)
        {
            ReadOnlySpan<double> y = pairs.Observations.Slice(i * m, m);
            Standardize(model, y, reverse.Input(0));
            reverse.Run();
            reverse.Output(0).CopyTo(forward.Input(0));
            forward.Run();
            (double errors, double misfits) = (0, 0);
            for (int j = 0; j < n; j++)
            {
                errors += Square(reverse.Output(0)[j] - pairs.Unknowns[(i * n) + j]);
            }

            for (int j = 0; j < m; j++)
            {
                misfits += Square((forward.Output(0)[j] - y[j]) / model.ObservationDeviation[j]);
            }

            error += Math.Sqrt(errors / n) / pairs.Count;
            residual += Math.Sqrt(misfits / m) / pairs.Count;
        }

        return new ModelAssessment
        {
            Instances = pairs.Count,
            RmseX = error,
            Residual = residual,
            Discrepancy = double.NaN,
            Certified = 0,
            Rjcp = Learning.CompositionError.Mean(model, pairs.Unknowns),
            CompositionError = double.NaN,
            GainError = double.NaN,
        };
    }

    private static double Square(double value) => value * value;

    private static void Standardize(DeceptronModel model, ReadOnlySpan<double> y, Span<double> standardized)
    {
        for (int j = 0; j < y.Length; j++)
        {
            standardized[j] = (y[j] - model.ObservationMean[j]) / model.ObservationDeviation[j];
        }
    }

    private static SolveCase Case(DeceptronModel model, BenchmarkProblem problem, DataSet data) => new()
    {
        Benchmark = problem,
        Problem = problem.ToInverseProblem(),
        Solver = new DeceptronGradient { ReverseMap = model.ToReverseMap(), Team = ThreadTeam.SingleThread },
        Count = data.Count,
        Observations = new Rows(data.Y.ToArray(), problem.Observations),
        Starts = new Rows(problem.Start.ToArray(), problem.Unknowns),
        Truth = new Rows(data.X.ToArray(), problem.Unknowns),
        Moments = new ObservationMoments([.. model.ObservationMean], [.. model.ObservationDeviation]),
        Tolerance = problem.Tolerance,
    };
}
