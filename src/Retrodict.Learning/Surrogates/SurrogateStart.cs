using Retrodict.Randomness;

namespace Retrodict.Learning;

/// <summary>
/// The parameters that surrogate training begins with: of the affine module a fit, of others what their initializers give.
/// </summary>
internal static class SurrogateStart
{
    public static float[] Of(SurrogateMaps maps, PairedData data, SurrogateTraining training, RandomStream random)
    {
        float[] start = maps.Parameters.Initialize(random);
        if (training.Architecture is not AffineArchitecture affine || !training.RidgeStart)
        {
            return start;
        }

        (int n, int m) = (data.Shapes.Unknowns, data.Shapes.Observations);
        double[] target = data.Standardized(data.ObservationMean, data.ObservationDeviation);
        for (int i = 0; i < target.Length; i++)
        {
            target[i] = target[i] < 0 ? target[i] / affine.Slope : target[i];
        }

        (double[] w, double[] b) = RidgeStart.Forward(data.Unknowns.ToArray(), target, n, m);
        double[] v = training.Tied ? RidgeStart.Transposed(w, m, n) : RidgeStart.Reverse(w, n, m);
        LinearParts names = maps.Linear!;
        Put(names.ForwardWeight, w);
        Put(names.ForwardBias, b);
        Put(names.ReverseBias, RidgeStart.ReverseBias(v, b));
        if (!training.Tied)
        {
            Put(names.ReverseWeight, v);
        }

        return start;

        void Put(string name, double[] values)
        {
            Span<float> into = maps.Parameters.Window(name, start.AsSpan());
            for (int i = 0; i < into.Length; i++)
            {
                into[i] = (float)values[i];
            }
        }
    }
}
