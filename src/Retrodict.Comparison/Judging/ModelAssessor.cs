using Retrodict.Autodiff;
using Retrodict.Catalogue;
using Retrodict.Learning;

namespace Retrodict.Comparison;

/// <summary>Judges the estimates g(y) of models on fresh data.</summary>
public static class ModelAssessor
{
    private const int MostInstances = 200;

    /// <summary>Certificates have dense Jacobians; up to this size there are several of them.</summary>
    private const int SmallJacobian = 1 << 14;

    /// <summary>On instances of the problem's validation split, which no training sees: at most 200.</summary>
    /// <param name="model">The model.</param>
    /// <param name="problem">Its problem.</param>
    /// <param name="seed">The seed of the instances.</param>
    /// <param name="threads">How many threads draw them, all when null; the measures do not depend on it.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static ModelAssessment Assess(
        DeceptronModel model,
        BenchmarkProblem problem,
        ulong seed = BenchmarkProblem.DefaultSeed,
        int? threads = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(problem);
        DataSet data = problem.Generate(Split.Validation, Math.Min(MostInstances, problem.Sizes.Validation), seed, threads, cancellation);
        var judge = new Judge(InstanceSet.Of(data), ObservationMoments.Of(model));
        var solver = new DeceptronGradient { ReverseMap = model.ToReverseMap(), Team = ThreadTeam.SingleThread };
        Session session = solver.Prepare(problem.ToInverseProblem());
        int certified = Math.Min(data.Count, problem.Unknowns * problem.Observations <= SmallJacobian ? 10 : 2);
        var measures = new PointMeasures[data.Count];
        var certificates = new LearnedCertificate[certified];
        using var estimates = new Estimates(model);
        for (int i = 0; i < data.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            double[] x = [.. estimates.Of(data.Observation(i))];
            problem.Bounds.Project(x);
            measures[i] = judge.Measure(i, x);
            if (i < certified)
            {
                certificates[i] = session.Certify(data.Observation(i), x);
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

    /// <summary>On pairs without a forward model: residuals are those of the learned one, and there are no certificates.</summary>
    /// <param name="model">The model, with a forward map.</param>
    /// <param name="pairs">Pairs that were kept from training.</param>
    /// <exception cref="InvalidOperationException">The model has no forward map.</exception>
    public static ModelAssessment Assess(DeceptronModel model, PairedData pairs)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(pairs);
        (int n, int m) = (model.Shapes.Unknowns, model.Shapes.Observations);
        using var estimates = new Estimates(model);
        using Workspace<double> forward = model.ForwardFunction.Compile<double>(new PlanOptions { Team = ThreadTeam.SingleThread }).Rent();
        (double error, double residual) = (0, 0);
        for (int i = 0; i < pairs.Count; i++)
        {
            ReadOnlySpan<double> y = pairs.Observations.Slice(i * m, m);
            ReadOnlySpan<double> x = estimates.Of(y);
            x.CopyTo(forward.Input(0));
            forward.Run();
            (double errors, double misfits) = (0, 0);
            for (int j = 0; j < n; j++)
            {
                errors += Square(x[j] - pairs.Unknowns[(i * n) + j]);
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
            Rjcp = model.CompositionError(pairs.Unknowns),
            CompositionError = double.NaN,
            GainError = double.NaN,
        };
    }

    private static double Square(double value) => value * value;
}
