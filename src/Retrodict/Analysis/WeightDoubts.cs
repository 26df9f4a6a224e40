namespace Retrodict.Analysis;

// The misfit of noise of the stated size with d degrees of freedom is the root of a chi-square number, normal with the deviation
// 1 / sqrt(2 d) of itself (R. A. Fisher): hence the limits of three deviations. How far a solution may be from that of robust
// cross-validation is measured by what the noise, of the size found there, makes of the latter.

/// <summary>What speaks against a weight that meets its rule.</summary>
internal sealed class WeightDoubts(PriorWeightSearch options, WeightEvaluations evaluations, CrossValidated reference, int observations)
{
    /// <summary>How many standard deviations the size of the noise may be off.</summary>
    public const double Deviations = 3;

    private const double Competition = 1.5;
    private const double Agreement = 2;
    private const double AgreementOfCorner = 1;

    public PriorWeightDoubt Of(double weight)
    {
        PriorWeightPoint point = evaluations.At(weight);
        bool known = options.Rule == PriorWeightRule.Discrepancy;
        if (known && options.Target is null && Noise() is var noise and not PriorWeightDoubt.None)
        {
            return noise;
        }

        if (!known && !CrossValidated.Suffices(observations - point.SignalDegreesOfFreedom, observations))
        {
            return PriorWeightDoubt.FewDegreesOfFreedom;
        }

        return options.Rule == PriorWeightRule.GeneralizedCrossValidation && IsCompeting(point) ? PriorWeightDoubt.CompetingMinimum
            : IsFar(weight) ? PriorWeightDoubt.FarFromCrossValidation
            : PriorWeightDoubt.None;
    }

    private PriorWeightDoubt Noise()
    {
        PriorWeightPoint[] telling = [.. evaluations.Points.Where(point => observations - point.SignalDegreesOfFreedom >= 2)];
        return telling.Length > 0 && telling.All(point => Excess(point) > Deviations) ? PriorWeightDoubt.NoiseIsLarger
            : reference.IsTrusted && Excess(reference.Point) < -Deviations ? PriorWeightDoubt.NoiseIsSmaller
            : PriorWeightDoubt.None;
    }

    /// <summary>By how many standard deviations the noise that a misfit tells is above the stated.</summary>
    private double Excess(PriorWeightPoint point)
    {
        double degrees = observations - point.SignalDegreesOfFreedom;
        return ((point.Misfit / Math.Sqrt(degrees)) - 1) * Math.Sqrt(2 * degrees);
    }

    private bool IsCompeting(PriorWeightPoint point) =>
        evaluations.Points.Any(other => Competition * other.CrossValidation < point.CrossValidation);

    private bool IsFar(double weight)
    {
        double agreement = options.Rule == PriorWeightRule.LCurve ? AgreementOfCorner : Agreement;
        double allowed = agreement * reference.Noise * reference.Point.PropagatedNoise;

        // Written so that NaN is far.
        return reference.IsTrusted && !(evaluations.Distance(weight, reference.Point.Weight) <= allowed);
    }
}
